"""The Gaussian mixture, fitted by expectation-maximisation."""

from __future__ import annotations

import warnings
from copy import copy
from typing import Any, Self

import numpy as np
from sklearn.base import BaseEstimator
from sklearn.exceptions import ConvergenceWarning
from sklearn.mixture import GaussianMixture as ExpectationMaximisation
from sklearn.utils.validation import check_is_fitted

from paradigms.cards import Card, Control
from paradigms.densities.gaussians import Gaussians, convolved, mixture_moments, variance_floor
from paradigms.estimators.exact_denoiser import ExactDenoiser
from paradigms.estimators.fitted_arrays import FittedArrays
from paradigms.estimators.input_checks import query_points, training_points
from paradigms.estimators.parameters import parameters
from paradigms.randomness import generator


@parameters
class GaussianMixture(ExactDenoiser, FittedArrays, BaseEstimator):
    """p(x) = Σ_k w_k N(x; μ_k, Σ_k), blind to classes.

    Expectation-maximisation is scikit-learn's, started from k-means. A ridge of 0.001 of the data's mean
    variance (at least 1e-6) is added to each covariance: without it the likelihood is unbounded, since a
    component may shrink onto one point.

    Parameters
    ----------
    n_components
        K, or the number of distinct points where that is smaller.
    covariance
        "full", "tied", "diag" or "spherical".

    Attributes
    ----------
    weights_, means_, covariances_
        w ``(K,)``, μ ``(K, d)`` and Σ ``(K, d, d)`` whatever the type.

    References
    ----------
    Dempster, Laird and Rubin (1977), Maximum likelihood from incomplete data via the EM algorithm.
    """

    density_kind = "exact"
    _learned = ("weights_", "means_", "covariances_")

    n_components: int = 3
    covariance: str = "full"
    random_state: Any = 0

    def fit(self, X: np.ndarray, y: np.ndarray | None = None) -> Self:
        """``X (n, d)``; y is ignored."""
        X = training_points(self, X)
        ridge = variance_floor(X)
        n_components = min(self.n_components, len(np.unique(X, axis=0)))
        if n_components == 1 and len(X) == 1:  # scikit-learn asks for two points
            return self._learn(weights_=[1.0], means_=X, covariances_=[ridge * np.eye(X.shape[1])])
        mixture = ExpectationMaximisation(
            n_components,
            covariance_type=self.covariance,
            reg_covar=ridge,
            random_state=np.random.RandomState(generator(self.random_state).integers(2**31)),
        )
        with warnings.catch_warnings():  # a hundred steps are near enough to the optimum for a picture
            warnings.simplefilter("ignore", ConvergenceWarning)
            mixture.fit(X)
        return self._learn(
            weights_=mixture.weights_,
            means_=mixture.means_,
            covariances_=_as_matrices(mixture.covariances_, self.covariance, mixture.means_.shape),
        )

    def _prepare(self) -> None:
        self.gaussians_ = Gaussians(self.means_, self.covariances_)
        self.log_weights_ = np.log(np.maximum(self.weights_, np.finfo(float).tiny))

    def score_samples(self, X: np.ndarray) -> np.ndarray:
        """log p(x) as ``(n,)``."""
        X = query_points(self, X)
        return self.gaussians_.mixture_log_density(X, self.log_weights_)

    def on_grid(self, x_axis: np.ndarray, y_axis: np.ndarray) -> np.ndarray:
        """log p(x) on a tensor grid, ``(H, W)``, for models of two columns."""
        check_is_fitted(self)
        logits = self.gaussians_.log_density_on_grid(x_axis, y_axis) + self.log_weights_
        peak = logits.max(axis=2)
        return peak + np.log(np.exp(logits - peak[:, :, None]).sum(axis=2))

    def sample(self, n_samples: int, random_state: Any = None) -> np.ndarray:
        """x ~ p(x) as ``(n, d)``: a component by its weight, then a point of it."""
        check_is_fitted(self)
        rng = generator(random_state)
        components = rng.choice(len(self.weights_), size=n_samples, p=self.weights_ / self.weights_.sum())
        return self.gaussians_.sample(components, rng)

    def log_density_gradient(self, X: np.ndarray) -> np.ndarray:
        """∇ log p(x) as ``(n, d)``."""
        return self.log_density_and_gradient(X)[1]

    def log_density_and_gradient(self, X: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """log p(x) and its gradient at the price of one: ``(n,)`` and ``(n, d)``."""
        X = query_points(self, X)
        return self.gaussians_.mixture_log_density_and_gradient(X, self.log_weights_)

    def noised(self, sigma: float) -> Self:
        """The mixture of x + σε: every covariance becomes Σ_k + σ²I."""
        check_is_fitted(self)
        noisy = convolved(self.covariances_, sigma)
        return copy(self)._learn(weights_=self.weights_, means_=self.means_, covariances_=noisy)

    def mean_and_covariance(self) -> tuple[np.ndarray, np.ndarray]:
        """The first two moments of p(x): ``(d,)`` and ``(d, d)``."""
        check_is_fitted(self)
        return mixture_moments(self.weights_, self.means_, self.covariances_)


def _as_matrices(covariances: np.ndarray, kind: str, shape: tuple[int, int]) -> np.ndarray:
    """scikit-learn's four shapes of covariance as ``(K, d, d)``."""
    n_components, dimension = shape
    identity = np.eye(dimension)
    if kind == "tied":
        return np.broadcast_to(covariances, (n_components, dimension, dimension))
    if kind == "diag":
        return covariances[:, :, None] * identity
    if kind == "spherical":
        return covariances[:, None, None] * identity
    return covariances


CARD = Card(
    title="Gaussian mixture",
    estimator=GaussianMixture,
    estimates=r"p(x)",
    source="Dempster, Laird and Rubin (1977), Maximum likelihood from incomplete data via the EM algorithm",
    controls=(
        Control("n_components", "Components", low=1, high=12, step=1, help="How many Gaussians."),
        Control(
            "covariance",
            "Shape",
            options=("full", "tied", "diag", "spherical"),
            help="Any ellipse; the same ellipse for all; ellipses along the axes; circles.",
        ),
    ),
    rank=30,
)
