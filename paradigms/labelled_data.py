"""What every classifier checks before it fits."""

from __future__ import annotations

from typing import Any

import numpy as np
from sklearn.utils.multiclass import check_classification_targets
from sklearn.utils.validation import validate_data

from paradigms.protocols import CannotFit


def labelled_data(estimator: Any, X: np.ndarray, y: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Points ``(n, d)`` float64, the class index of each ``(n,)`` in 0..K-1, and the K sorted labels.

    Notes the number of columns on the estimator, as scikit-learn asks. Raises ValueError for input that
    is no table of finite numbers, and :class:`CannotFit` where there is only one class.
    """
    X, y = validate_data(estimator, X, y, dtype=np.float64)
    check_classification_targets(y)
    classes, class_index = np.unique(y, return_inverse=True)
    if len(classes) < 2:
        raise CannotFit("There is only one class here. Add points of a second one, and try again.")
    return X, class_index, classes
