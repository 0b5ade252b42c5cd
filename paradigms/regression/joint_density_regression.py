"""Regression by a Gaussian mixture over (x, y), conditioned on x."""

from __future__ import annotations

import warnings
from typing import Any, Self

import numpy as np
from scipy.special import logsumexp, softmax
from sklearn.base import BaseEstimator, RegressorMixin
from sklearn.exceptions import ConvergenceWarning
from sklearn.mixture import GaussianMixture

from paradigms.cards import Card, Control
from paradigms.densities.gaussians import Gaussians, variance_floor
from paradigms.estimators.fitted_arrays import FittedArrays
from paradigms.estimators.input_checks import query_points
from paradigms.estimators.parameters import parameters
from paradigms.estimators.regression_inputs import normal_log_density, query_pairs, regression_inputs
from paradigms.estimators.standardising import spread
from paradigms.randomness import generator


@parameters
class JointDensityRegression(RegressorMixin, FittedArrays, BaseEstimator):
    """p(y|x) = p(x, y) / p(x) with p(x, y) a mixture of Gaussians: itself a mixture, of lines and widths.

    p(x, y) = Σ_k w_k N((x, y); μ_k, Σ_k) has log p(x) for nothing, and component k says, given x,
    y ~ N(μ_y + Σ_yx Σ_xx⁻¹ (x − μ_x), Σ_yy − Σ_yx Σ_xx⁻¹ Σ_xy), with weight w_k N(x; μ_x, Σ_xx) / p(x).
    ``n_components`` K, or the number of distinct points where that is smaller. All columns are standardised
    first; expectation-maximisation is scikit-learn's. Ghahramani & Jordan (1994), Supervised learning from
    incomplete data via an EM approach, section 4; Bishop (2006), eq. 2.81–2.82.
    """

    _learned = ("mean_", "scale_", "weights_", "means_", "covariances_")

    n_components: int = 6
    random_state: Any = 0

    def fit(self, X: np.ndarray, y: np.ndarray) -> Self:
        """``X (n, d)``, real ``y (n,)``. Raises CannotFit where there is no point."""
        X, y = regression_inputs(self, X, y)
        table = np.column_stack([X, y])
        mean, scale = table.mean(axis=0), spread(table)
        table = (table - mean) / scale
        ridge = variance_floor(table)
        n_components = min(self.n_components, len(np.unique(table, axis=0)))
        standard = {"mean_": mean, "scale_": scale}
        if n_components == 1:  # scikit-learn asks for two points
            covariance = np.cov(table.T, bias=True) + ridge * np.eye(table.shape[1])
            return self._learn(
                weights_=[1.0], means_=np.zeros((1, len(mean))), covariances_=[covariance], **standard
            )
        mixture = GaussianMixture(
            n_components,
            reg_covar=ridge,
            random_state=np.random.RandomState(generator(self.random_state).integers(2**31)),
        )
        with warnings.catch_warnings():  # a hundred steps are near enough to the optimum for a picture
            warnings.simplefilter("ignore", ConvergenceWarning)
            mixture.fit(table)
        return self._learn(
            weights_=mixture.weights_, means_=mixture.means_, covariances_=mixture.covariances_, **standard
        )

    def _prepare(self) -> None:
        to_x, to_y = self.covariances_[:, :-1, :-1], self.covariances_[:, :-1, -1]
        self._inputs = Gaussians(self.means_[:, :-1], to_x)
        self._coefficients = np.linalg.solve(to_x, to_y[:, :, None])[:, :, 0]  # Σ_xx⁻¹ Σ_xy, (K, d)
        self._offsets = self.means_[:, -1] - (self._coefficients * self.means_[:, :-1]).sum(axis=1)
        self._variances = self.covariances_[:, -1, -1] - (self._coefficients * to_y).sum(axis=1)

    def conditional_mixture(self, X: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
        """Log weight, mean and standard deviation of y given x in each component, each ``(n, K)``."""
        inputs, log_parts = self._log_parts(X)
        means = self.mean_[-1] + self.scale_[-1] * (inputs @ self._coefficients.T + self._offsets)
        log_weights = log_parts - logsumexp(log_parts, axis=1, keepdims=True)
        return log_weights, means, np.broadcast_to(self.scale_[-1] * np.sqrt(self._variances), means.shape)

    def predict(self, X: np.ndarray) -> np.ndarray:
        """E[y|x] as ``(n,)``."""
        log_weights, means, _ = self.conditional_mixture(X)
        return (softmax(log_weights, axis=1) * means).sum(axis=1)

    def log_conditional_density(self, X: np.ndarray, y: np.ndarray) -> np.ndarray:
        """log p(y|x) as ``(n,)``."""
        X, y = query_pairs(self, X, y)
        log_weights, means, deviations = self.conditional_mixture(X)
        return logsumexp(log_weights + normal_log_density(y[:, None], means, deviations**2), axis=1)

    def log_input_density(self, X: np.ndarray) -> np.ndarray:
        """log p(x) as ``(n,)``: how usual it is to be asked about this x at all."""
        return logsumexp(self._log_parts(X)[1], axis=1) - np.log(self.scale_[:-1]).sum()

    def _log_parts(self, X: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """Standardised inputs ``(n, d)`` and log w_k N(x; μ_x, Σ_xx) ``(n, K)``."""
        inputs = (query_points(self, X) - self.mean_[:-1]) / self.scale_[:-1]
        log_weights = np.log(np.maximum(self.weights_, np.finfo(float).tiny))
        return inputs, self._inputs.log_density(inputs) + log_weights


CARD = Card(
    title="Joint density, cut at x",
    estimator=JointDensityRegression,
    estimates=r"p(x, y)",
    source="Z. Ghahramani & M. I. Jordan (1994), Supervised learning from incomplete data via an EM approach",
    controls=(Control("n_components", "Components", low=1, high=20, step=1, help="How many Gaussians."),),
    rank=50,
)
