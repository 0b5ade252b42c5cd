"""The multivariate Student t distribution: an ellipse with heavy tails."""

from __future__ import annotations

from typing import Self

import numpy as np
from scipy.special import gammaln
from sklearn.base import BaseEstimator
from sklearn.utils.validation import check_is_fitted

from paradigms.cards import Card, Control
from paradigms.densities.gaussians import raised, variance_floor
from paradigms.estimators.fitted_arrays import FittedArrays
from paradigms.estimators.input_checks import query_points, training_points
from paradigms.estimators.parameters import parameters
from paradigms.randomness import generator


@parameters
class StudentT(FittedArrays, BaseEstimator):
    """p(x) ∝ (1 + (x − μ)ᵀ Σ⁻¹ (x − μ)/ν)^(−(ν + d)/2), ν given, μ and Σ by expectation-maximisation.

    No eigenvalue of Σ falls below ``relative_floor`` of the data's mean variance.

    Liu and Rubin (1995), ML estimation of the t distribution using EM and its extensions, section 2.
    """

    density_kind = "exact"
    _learned = ("mean_", "shape_")

    degrees_of_freedom: float = 5.0
    n_iterations: int = 50
    relative_floor: float = 0.003

    def fit(self, X: np.ndarray, y: np.ndarray | None = None) -> Self:
        X = training_points(self, X)
        nu, d, floor = self.degrees_of_freedom, X.shape[1], variance_floor(X, self.relative_floor)
        mean, shape = X.mean(axis=0), raised(np.cov(X.T, bias=True).reshape(d, d), floor)
        for _ in range(self.n_iterations):
            away = X - mean
            weights = (nu + d) / (nu + (away @ np.linalg.inv(shape) * away).sum(axis=1))
            mean = weights @ X / weights.sum()
            away = X - mean
            shape = raised((weights[:, None] * away).T @ away / len(X), floor)
        return self._learn(mean_=mean, shape_=shape)

    def _prepare(self) -> None:
        self._precision = np.linalg.inv(self.shape_)

    def _squares(self, X: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        pull = (query_points(self, X) - self.mean_) @ self._precision
        return (pull * (X - self.mean_)).sum(axis=1), pull

    def score_samples(self, X: np.ndarray) -> np.ndarray:
        """log p(x) as ``(n,)``."""
        nu, d = self.degrees_of_freedom, len(self.mean_)
        squares, _ = self._squares(X)
        constant = gammaln((nu + d) / 2) - gammaln(nu / 2) - d / 2 * np.log(nu * np.pi)
        log_volume = np.linalg.slogdet(self.shape_)[1] / 2
        return constant - log_volume - (nu + d) / 2 * np.log1p(squares / nu)

    def log_density_gradient(self, X: np.ndarray) -> np.ndarray:
        """∇ log p(x) as ``(n, d)``."""
        squares, pull = self._squares(X)
        nu = self.degrees_of_freedom
        return -(nu + len(self.mean_)) * pull / (nu + squares)[:, None]

    def sample(self, n_samples: int, random_state: object = None) -> np.ndarray:
        """A normal draw over the root of a χ² draw, ``(n, d)``."""
        check_is_fitted(self)
        rng, nu = generator(random_state), self.degrees_of_freedom
        normal = rng.standard_normal((n_samples, len(self.mean_))) @ np.linalg.cholesky(self.shape_).T
        return self.mean_ + normal / np.sqrt(rng.chisquare(nu, n_samples) / nu)[:, None]

    def mean_and_covariance(self) -> tuple[np.ndarray, np.ndarray]:
        """μ and Σ ν/(ν − 2)."""
        check_is_fitted(self)
        return self.mean_, self.shape_ * self.degrees_of_freedom / (self.degrees_of_freedom - 2)


CARD = Card(
    title="Student t",
    estimator=StudentT,
    estimates=r"p(x)",
    source="Liu and Rubin (1995), ML estimation of the t distribution using EM and its extensions",
    controls=(Control("degrees_of_freedom", "Degrees of freedom", low=3.0, high=30.0, scale="log"),),
)
