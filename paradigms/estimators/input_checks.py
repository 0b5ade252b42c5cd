"""Input checks of models of points and classes, and the class index of labels."""

from __future__ import annotations

import numpy as np
from sklearn.base import BaseEstimator
from sklearn.utils.multiclass import check_classification_targets
from sklearn.utils.validation import check_is_fitted, validate_data

from paradigms.protocols import CannotFit


def training_points(model: BaseEstimator, X: np.ndarray) -> np.ndarray:
    """X as a finite float array ``(n, d)``; raises CannotFit when there is no point."""
    X = validate_data(model, X, dtype=np.float64, ensure_min_samples=0)
    if len(X) == 0:
        raise CannotFit("There is no point to fit to: draw at least one.")
    return X


def labelled_points(
    model: BaseEstimator, X: np.ndarray, y: np.ndarray | None
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Check X and y for ``fit``.

    Returns
    -------
    X, classes, class_index
        Finite floats ``(n, d)``, the distinct labels in order ``(K,)``, and the class index of each point
        ``(n,)``. Without y there is one class, 0.

    Raises
    ------
    CannotFit
        When there is no point.
    """
    if y is None:
        X = training_points(model, X)
        return X, np.array([0]), np.zeros(len(X), dtype=int)
    X, y = validate_data(model, X, y, dtype=np.float64, ensure_min_samples=0)
    if len(X) == 0:
        raise CannotFit("There is no point to fit to: draw at least one.")
    check_classification_targets(y)
    classes, class_index = np.unique(y, return_inverse=True)
    return X, classes, class_index


def query_points(model: BaseEstimator, X: np.ndarray) -> np.ndarray:
    """X as a finite float array ``(n, d)`` that a fitted model can answer for."""
    check_is_fitted(model)
    # A chain asks hundreds of times with arrays that need no conversion: they are only looked through.
    plain = type(X) is np.ndarray and X.dtype == np.float64 and X.shape[1:] == (model.n_features_in_,)
    if plain and len(X) and not hasattr(model, "feature_names_in_") and np.isfinite(X).all():
        return X
    return validate_data(model, X, dtype=np.float64, reset=False)


def class_index_of(y: np.ndarray, classes: np.ndarray) -> np.ndarray:
    """The position of each label among ``classes``, ``(n,)``.

    Raises
    ------
    ValueError
        For a label that the model was not fitted to.
    """
    y = np.asarray(y)
    class_index = np.minimum(np.searchsorted(classes, y), len(classes) - 1)
    if not np.array_equal(classes[class_index], y):
        unknown = sorted(set(y.tolist()) - set(classes.tolist()))
        raise ValueError(f"The model knows no class {unknown[0]!r}; it was fitted to {classes.tolist()}.")
    return class_index
