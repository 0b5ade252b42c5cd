"""What a distribution answers, learned or given by a formula."""

from __future__ import annotations

from typing import Any, Protocol, runtime_checkable

import numpy as np

Array = np.ndarray


@runtime_checkable
class Density(Protocol):
    """p(x), fitted or given by a formula."""

    def score_samples(self, X: Array) -> Array:
        """log p(x) as ``(n,)``; a bound on it, or it up to a constant, as ``density_kind`` says."""


@runtime_checkable
class Sampleable(Protocol):
    def sample(self, n_samples: int, random_state: Any = None) -> Array:
        """x ~ p(x) as ``(n, d)``."""


@runtime_checkable
class ConditionalSampleable(Protocol):
    def sample_given(self, y: Array, random_state: Any = None) -> Array:
        """x ~ p(x|y), one point for each label: ``(len(y), d)``."""


@runtime_checkable
class DifferentiableDensity(Protocol):
    def log_density_gradient(self, X: Array) -> Array:
        """∇ₓ log p(x) as ``(n, d)``, which the papers call the score."""


@runtime_checkable
class DensityWithGradient(Protocol):
    def log_density_and_gradient(self, X: Array) -> tuple[Array, Array]:
        """log p(x) and its gradient at the price of one: ``(n,)`` and ``(n, d)``."""


@runtime_checkable
class ConditionallyDifferentiable(Protocol):
    def log_conditional_gradient(self, X: Array, y: Array) -> Array:
        """∇ₓ log p(x|y) as ``(n, d)``, with each point's own label ``y (n,)``."""


@runtime_checkable
class Moments(Protocol):
    def mean_and_covariance(self) -> tuple[Array, Array]:
        """The first two moments of p(x): ``(d,)`` and ``(d, d)``."""


@runtime_checkable
class CoordinateFactors(Protocol):
    """p(x) = p(x₁) p(x₂|x₁), for two columns."""

    def marginal_density(self, x1_axis: Array) -> Array:
        """p(x₁) as ``(n,)``."""

    def conditional_density(self, x1: Array, x2_axis: Array) -> Array:
        """p(x₂|x₁), a slice for each x₁: ``(len(x1), len(x2_axis))``."""


@runtime_checkable
class QuickDensity(Protocol):
    def quick_score_samples(self, X: Array) -> Array:
        """Nearly log p(x), ``(n,)``, where ``score_samples`` is slow: what a proposal may look at."""


@runtime_checkable
class Bounded(Protocol):
    def nearest_inside(self, X: Array) -> Array:
        """The nearest place to each point that the density knows of itself, ``(n, d)``."""


@runtime_checkable
class GridEvaluable(Protocol):
    def on_grid(self, x_axis: Array, y_axis: Array) -> Array:
        """The model's own answer on a tensor grid, faster than point by point.

        A joint model answers log_joint ``(H, W, K)``, a density log p ``(H, W)``, a classifier p(y|x)
        ``(H, W, K)``; entry ``[i, j]`` belongs to the point ``(x_axis[j], y_axis[i])``.
        """
