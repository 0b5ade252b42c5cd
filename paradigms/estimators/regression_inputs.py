"""Input checks of regression models: a table of numbers, and one real number for each row."""

from __future__ import annotations

from typing import Any

import numpy as np
from sklearn.utils.validation import validate_data

from paradigms.estimators.input_checks import query_points
from paradigms.protocols import CannotFit


def regression_inputs(model: Any, X: np.ndarray, y: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """X ``(n, d)`` and y ``(n,)``, finite floats.

    Raises ValueError for input that is no table of finite numbers, :class:`CannotFit` when there is no point.
    """
    if y is None:
        raise ValueError(f"{type(model).__name__} requires y to be passed, but the target y is None.")
    X, y = validate_data(model, X, y, dtype=np.float64, y_numeric=True, ensure_min_samples=0)
    if len(X) == 0:
        raise CannotFit("There is no point to fit to: draw at least one.")
    return X, y.astype(np.float64)


def query_pairs(model: Any, X: np.ndarray, y: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """X ``(n, d)`` and y ``(n,)`` that a fitted model can answer for."""
    X, y = query_points(model, X), np.asarray(y, dtype=np.float64)
    if y.shape != (len(X),):
        raise ValueError(f"There are {len(X)} points but y has the shape {y.shape}.")
    return X, y


def noise_floor(y: np.ndarray) -> float:
    """The smallest variance of y about its mean that a model may take: a millionth of y's own."""
    return max(1e-6 * float(y.var()), 1e-12)


def normal_log_density(y: np.ndarray, mean: np.ndarray, variance: np.ndarray | float) -> np.ndarray:
    """log N(y; mean, variance)."""
    return -0.5 * (np.log(2 * np.pi * variance) + (y - mean) ** 2 / variance)
