"""Input checks of discriminative models: at least two classes."""

from __future__ import annotations

from typing import Any

import numpy as np

from paradigms.estimators.input_checks import labelled_points
from paradigms.protocols import CannotFit


def classification_inputs(
    model: Any, X: np.ndarray, y: np.ndarray
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """X ``(n, d)``, the K ≥ 2 distinct labels in order, and the class index of each point, ``(n,)``.

    Raises ValueError for input that is no table of finite numbers, :class:`CannotFit` for a single class.
    """
    if y is None:
        raise ValueError(f"{type(model).__name__} requires y to be passed, but the target y is None.")
    X, classes, class_index = labelled_points(model, X, y)
    if len(classes) < 2:
        raise CannotFit("There is only one class here. Add points of a second one, and try again.")
    return X, classes, class_index
