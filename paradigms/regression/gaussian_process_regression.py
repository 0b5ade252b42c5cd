"""Gaussian-process regression with a squared-exponential kernel."""

from __future__ import annotations

from typing import Any, Self

import numpy as np
from scipy.spatial.distance import cdist
from sklearn.base import BaseEstimator, RegressorMixin

from paradigms.cards import Card, Control
from paradigms.estimators.fitted_arrays import FittedArrays
from paradigms.estimators.input_checks import query_points
from paradigms.estimators.parameters import parameters
from paradigms.estimators.regression_inputs import (
    noise_floor,
    normal_log_density,
    query_pairs,
    regression_inputs,
)
from paradigms.randomness import generator

MOST_POINTS = 500  # the work grows with the cube of the number of points
_NOISE_RATIOS = np.logspace(-4, 2, 31)
_BLOCK = 4096  # points whose kernel values are in memory at a time


@parameters
class GaussianProcessRegression(RegressorMixin, FittedArrays, BaseEstimator):
    """p(y|x) = N(y; E f(x), Var f(x) + σ²), y = m + f(x) + σε, f ~ GP(0, v exp(−|x − x'|²/2ℓ²)).

    ``length_scale`` is ℓ in units of √Var X; m is the mean of y; v and σ² are those that make the points most
    likely, σ²/v out of 31 values from 1e-4 to 100. Of more than 500 points a random 500 serve; the others
    are not looked at. Rasmussen & Williams (2006), Gaussian processes for machine learning, algorithm 2.1
    (with K diagonalised once, K = UΛUᵀ, instead of a Cholesky factor for each σ²).
    """

    _learned = ("points_", "length_", "mean_", "weights_", "variance_", "noise_variance_", "whitening_")

    length_scale: float = 0.3
    random_state: Any = 0

    def fit(self, X: np.ndarray, y: np.ndarray) -> Self:
        """``X (n, d)``, real ``y (n,)``; at most MOST_POINTS are used. Raises CannotFit without any."""
        X, y = regression_inputs(self, X, y)
        if len(X) > MOST_POINTS:
            used = generator(self.random_state).choice(len(X), MOST_POINTS, replace=False)
            X, y = X[used], y[used]
        length = self.length_scale * np.sqrt(X.var(axis=0).mean() or 1.0)
        sizes, U = np.linalg.eigh(np.exp(-0.5 * cdist(X, X, "sqeuclidean") / length**2))
        target = U.T @ (y - y.mean())

        spectrum = np.maximum(sizes, 0) + _NOISE_RATIOS[:, None]  # of K/v + (σ²/v) I, for each ratio
        variances = np.maximum((target**2 / spectrum).mean(axis=1), noise_floor(y))  # the best v for each
        log_evidence = -0.5 * (
            len(y) * np.log(variances)
            + np.log(spectrum).sum(axis=1)
            + (target**2 / spectrum).sum(axis=1) / variances
        )
        best = log_evidence.argmax()
        return self._learn(
            points_=X,
            length_=length,
            mean_=y.mean(),
            weights_=U @ (target / spectrum[best]),
            variance_=variances[best],
            noise_variance_=variances[best] * _NOISE_RATIOS[best],
            whitening_=U / np.sqrt(spectrum[best]),
        )

    def predict(self, X: np.ndarray) -> np.ndarray:
        """E[y|x] as ``(n,)``."""
        return self.predict_latent(X)[0]

    def predict_latent(self, X: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """Mean and variance of m + f(x), each ``(n,)``, without the noise σ² (2.1, lines 4–6)."""
        X = query_points(self, X)
        means, variances = [], []
        for block in np.split(X, range(_BLOCK, len(X), _BLOCK)):
            k = np.exp(-0.5 * cdist(block, self.points_, "sqeuclidean") / self.length_**2)
            means.append(self.mean_ + k @ self.weights_)
            variances.append(self.variance_ * np.maximum(1 - ((k @ self.whitening_) ** 2).sum(axis=1), 0))
        return np.concatenate(means), np.concatenate(variances)

    def log_conditional_density(self, X: np.ndarray, y: np.ndarray) -> np.ndarray:
        """log p(y|x) as ``(n,)``."""
        X, y = query_pairs(self, X, y)
        mean, variance = self.predict_latent(X)
        return normal_log_density(y, mean, variance + self.noise_variance_)


CARD = Card(
    title="Gaussian process",
    estimator=GaussianProcessRegression,
    estimates=r"p(y \mid x)",
    source="C. E. Rasmussen & C. K. I. Williams (2006), Gaussian processes for machine learning, chapter 2",
    controls=(
        Control(
            "length_scale",
            "Length scale",
            low=0.05,
            high=3.0,
            step=0.05,
            scale="log",
            help="How far a point is heard, as a share of the data's spread.",
        ),
    ),
    rank=20,
)
