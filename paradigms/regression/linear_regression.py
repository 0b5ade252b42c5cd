"""Linear regression by least squares, with homoscedastic Gaussian noise."""

from __future__ import annotations

from typing import Self

import numpy as np
from sklearn.base import BaseEstimator, RegressorMixin

from paradigms.cards import Card
from paradigms.estimators.fitted_arrays import FittedArrays
from paradigms.estimators.input_checks import query_points
from paradigms.estimators.regression_inputs import (
    noise_floor,
    normal_log_density,
    query_pairs,
    regression_inputs,
)


class LinearRegression(RegressorMixin, FittedArrays, BaseEstimator):
    """p(y|x) = N(y; wᵀx + b, σ²), by maximum likelihood: least squares, and the mean squared residual.

    After ``fit``: ``coef_ (d,)`` is w, ``intercept_`` b and ``noise_variance_`` σ², no less than a millionth
    of y's variance. Where the points leave w open, the shortest one is taken. Bishop (2006), Pattern
    Recognition and Machine Learning, eq. 3.15 and 3.21.
    """

    _learned = ("coef_", "intercept_", "noise_variance_")

    def fit(self, X: np.ndarray, y: np.ndarray) -> Self:
        """``X (n, d)``, real ``y (n,)``. Raises CannotFit where there is no point."""
        X, y = regression_inputs(self, X, y)
        coef = np.linalg.lstsq(X - X.mean(axis=0), y - y.mean())[0]
        intercept = y.mean() - X.mean(axis=0) @ coef
        variance = np.mean((y - X @ coef - intercept) ** 2)
        return self._learn(coef_=coef, intercept_=intercept, noise_variance_=max(variance, noise_floor(y)))

    def predict(self, X: np.ndarray) -> np.ndarray:
        """E[y|x] as ``(n,)``."""
        return query_points(self, X) @ self.coef_ + self.intercept_

    def log_conditional_density(self, X: np.ndarray, y: np.ndarray) -> np.ndarray:
        """log p(y|x) as ``(n,)``."""
        X, y = query_pairs(self, X, y)
        return normal_log_density(y, self.predict(X), self.noise_variance_)


CARD = Card(
    title="Linear regression",
    estimator=LinearRegression,
    estimates=r"p(y \mid x)",
    source="C. F. Gauss (1809); Bishop (2006), Pattern Recognition and Machine Learning, chapter 3",
    rank=10,
)
