"""Bayes' rule: one density for each class and the classes' shares make a joint model p(x, y)."""

from __future__ import annotations

from collections.abc import Iterator
from copy import copy
from typing import Any, Self

import numpy as np
from scipy.special import softmax
from sklearn.base import BaseEstimator, clone
from sklearn.utils.metaestimators import available_if
from sklearn.utils.validation import check_is_fitted

from paradigms import grid, protocols
from paradigms.densities.gaussians import mixture_moments
from paradigms.estimators.exact_denoiser import ExactDenoiser
from paradigms.estimators.fitted_arrays import read_only
from paradigms.estimators.input_checks import class_index_of, labelled_points, query_points
from paradigms.estimators.joint_model import JointModelMixin
from paradigms.estimators.side_by_side import class_named, side_by_side
from paradigms.randomness import generator
from paradigms.training import Progress


def _the_density_can(protocol: type) -> Any:
    return available_if(lambda self: protocols.can(self.density, protocol))


def _value_and_gradient(density: protocols.Density, X: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    if protocols.can(density, protocols.DensityWithGradient):
        return density.log_density_and_gradient(X)
    return density.score_samples(X), density.log_density_gradient(X)


class BayesRule(JointModelMixin, ExactDenoiser, BaseEstimator):
    """p(x, y) = p(y) p(x|y): a clone of ``density`` for each class, p(y) the classes' shares.

    What the density can do, this can do: sample, gradient, noise. The kind of density is passed on; it is
    "unnormalised" where fitted densities are compared by estimates of their constants. After ``fit``:
    ``densities_`` (one a class), ``classes_``, ``class_log_prior_ (K,)``. The class index is that of
    :mod:`paradigms.protocols`.
    """

    def __init__(self, density: protocols.DensityModel) -> None:
        self.density = density

    @property
    def density_kind(self) -> str:
        densities = getattr(self, "densities_", ())  # a fitted one may know less than its kind promises
        return densities[0].density_kind if densities else self.density.density_kind

    def fit(self, X: np.ndarray, y: np.ndarray | None = None) -> Self:
        """``X (n, d)``, ``y (n,)`` of any labels; without y there is one class, 0.

        Raises ValueError for a density known only up to a constant, CannotFit where it cannot be fitted.
        """
        densities, parts, classes, log_prior = self._one_a_class(X, y)
        for density, part, label in zip(densities, parts, classes, strict=True):
            with class_named(label):
                density.fit(part)
        return self._learn(densities, classes, log_prior)

    @_the_density_can(protocols.Trainable)
    def fit_steps(self, X: np.ndarray, y: np.ndarray | None = None) -> Iterator[Progress]:
        """The densities of all classes learn side by side, one step each; the loss is their mean."""
        densities, parts, classes, log_prior = self._one_a_class(X, y)
        for progress in side_by_side(densities, parts, classes):
            self._learn(densities, classes, log_prior)
            yield progress

    def _one_a_class(self, X: np.ndarray, y: np.ndarray | None) -> tuple[tuple, list, np.ndarray, np.ndarray]:
        """For each class an unfitted density, its points ``(n_k, d)``, its label, and log p(y)."""
        X, classes, class_index = labelled_points(self, X, y)
        densities = tuple(clone(self.density) for _ in classes)
        if densities[0].density_kind == "unnormalised":
            raise ValueError("Bayes' rule cannot compare densities that are known only up to a constant.")
        parts = [X[class_index == k] for k in range(len(classes))]
        return densities, parts, classes, np.log(np.bincount(class_index) / len(X))

    def _learn(self, densities: tuple, classes: np.ndarray, log_prior: np.ndarray) -> Self:
        self.densities_ = densities
        self.classes_, self.class_log_prior_ = read_only(classes), read_only(log_prior)
        return self

    @_the_density_can(protocols.Trainable)
    def frozen(self) -> Self:
        """An equal model that stays as it is while this one learns on."""
        frozen = copy(self)
        frozen.densities_ = tuple(density.frozen() for density in self.densities_)
        return frozen

    def log_joint(self, X: np.ndarray) -> np.ndarray:
        """log p(y) + log p(x|y) as ``(n, K)``."""
        X = query_points(self, X)
        conditionals = [density.score_samples(X) for density in self.densities_]
        return self.class_log_prior_ + np.column_stack(conditionals)

    def on_grid(self, x_axis: np.ndarray, y_axis: np.ndarray) -> np.ndarray:
        """log p(x, y) on a tensor grid, ``(H, W, K)``, by the density's own fast way where it has one."""
        check_is_fitted(self)
        conditionals = [grid.log_density(density, x_axis, y_axis) for density in self.densities_]
        return self.class_log_prior_ + np.stack(conditionals, axis=-1)

    @_the_density_can(protocols.Sampleable)
    def sample_given(self, y: np.ndarray, random_state: Any = None) -> np.ndarray:
        """One point from the density of each label's class: ``(len(y), d)``."""
        check_is_fitted(self)
        class_index, rng = class_index_of(y, self.classes_), generator(random_state)
        points = np.empty((len(class_index), self.n_features_in_))
        for k, density in enumerate(self.densities_):
            own = class_index == k
            points[own] = density.sample(np.count_nonzero(own), rng)
        return points

    @_the_density_can(protocols.Sampleable)
    def sample_joint(self, n_samples: int, random_state: Any = None) -> tuple[np.ndarray, np.ndarray]:
        """Labels from p(y), then points from p(x|y): ``(n, d)`` and ``(n,)``."""
        return super().sample_joint(n_samples, random_state)

    @_the_density_can(protocols.Sampleable)
    def sample(self, n_samples: int, random_state: Any = None) -> np.ndarray:
        """x ~ p(x) as ``(n, d)``."""
        return super().sample(n_samples, random_state)

    @_the_density_can(protocols.DifferentiableDensity)
    def log_density_gradient(self, X: np.ndarray) -> np.ndarray:
        """∇ log p(x) = Σ_y p(y|x) ∇ log p(x|y) as ``(n, d)``."""
        X = query_points(self, X)
        log_conditionals, gradients = zip(*(_value_and_gradient(p, X) for p in self.densities_), strict=True)
        shares = softmax(self.class_log_prior_[:, None] + np.stack(log_conditionals), axis=0)
        return sum(share[:, None] * gradient for share, gradient in zip(shares, gradients, strict=True))

    @_the_density_can(protocols.DifferentiableDensity)
    def log_conditional_gradient(self, X: np.ndarray, y: np.ndarray) -> np.ndarray:
        """∇ log p(x|y) as ``(n, d)``, with each point's own label ``y (n,)``."""
        X = query_points(self, X)
        class_index = class_index_of(y, self.classes_)
        gradient = np.empty_like(X)
        for k, density in enumerate(self.densities_):
            own = class_index == k
            if own.any():
                gradient[own] = density.log_density_gradient(X[own])
        return gradient

    @_the_density_can(protocols.Noisable)
    def noised(self, sigma: float) -> Self:
        """The model of x + σε: every class's density noised, the prior as it was."""
        check_is_fitted(self)
        noisy = copy(self)
        noisy.densities_ = tuple(density.noised(sigma) for density in self.densities_)
        return noisy

    @_the_density_can(protocols.Noisable)
    def predict_noise(self, X: np.ndarray, noise_level: float, y: np.ndarray | None = None) -> np.ndarray:
        """E[ε | x] = −σ ∇ log p_σ(x) as ``(n, d)``; with labels, given each point's class."""
        return super().predict_noise(X, noise_level, y)

    @property
    def latent_dimension(self) -> int:
        return self.densities_[0].latent_dimension

    @_the_density_can(protocols.LatentMap)
    def warp(self, Z: np.ndarray, y: np.ndarray) -> np.ndarray:
        """Codes ``Z (n, latent_dimension)`` on their way to each label's class: ``(stages, n, d)``."""
        check_is_fitted(self)
        class_index = class_index_of(y, self.classes_)
        parts = {k: density.warp(Z[class_index == k]) for k, density in enumerate(self.densities_)}
        stages = np.empty((len(parts[0]), len(Z), self.n_features_in_))
        for k, part in parts.items():
            stages[:, class_index == k] = part
        return stages

    @_the_density_can(protocols.Moments)
    def mean_and_covariance(self) -> tuple[np.ndarray, np.ndarray]:
        """The first two moments of p(x): ``(d,)`` and ``(d, d)``."""
        check_is_fitted(self)
        moments = [density.mean_and_covariance() for density in self.densities_]
        means, covariances = (np.stack(parts) for parts in zip(*moments, strict=True))
        return mixture_moments(np.exp(self.class_log_prior_), means, covariances)

    @_the_density_can(protocols.Storable)
    def to_arrays(self) -> dict[str, np.ndarray]:
        """Everything the fitted model knows; the arrays of class k's density are named ``k/…``."""
        check_is_fitted(self)
        arrays = {"classes_": np.array(self.classes_.tolist()), "class_log_prior_": self.class_log_prior_}
        for k, density in enumerate(self.densities_):
            arrays |= {f"{k}/{name}": value for name, value in density.to_arrays().items()}
        return arrays

    @classmethod
    def from_arrays(cls, density: protocols.DensityModel, arrays: dict[str, np.ndarray]) -> Self:
        """The fitted model that ``to_arrays`` wrote; ``density`` is an estimator of the same kind."""
        model, densities = cls(density), []
        for k in range(len(arrays["classes_"])):
            own = {name.removeprefix(f"{k}/"): v for name, v in arrays.items() if name.startswith(f"{k}/")}
            densities.append(type(density).from_arrays(own))
        model.n_features_in_ = densities[0].n_features_in_
        return model._learn(tuple(densities), arrays["classes_"], arrays["class_log_prior_"])
