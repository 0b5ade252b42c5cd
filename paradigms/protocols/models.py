"""What is learned: p(y|x), p(x), p(x, y), step by step or at once."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, Protocol, Self, runtime_checkable

import numpy as np

from paradigms.protocols.distributions import Density

if TYPE_CHECKING:
    from paradigms.training import Progress

Array = np.ndarray


@runtime_checkable
class Classifier(Protocol):
    """p(y|x). After ``fit``, ``classes_ (K,)`` holds the labels in the order of the columns."""

    def fit(self, X: Array, y: Array) -> Self: ...

    def predict_proba(self, X: Array) -> Array:
        """p(y|x) as ``(n, K)``; rows sum to one."""


@runtime_checkable
class Regressor(Protocol):
    """p(y|x) for real y."""

    def fit(self, X: Array, y: Array) -> Self: ...

    def predict(self, X: Array) -> Array:
        """The conditional mean ``(n,)``."""


@runtime_checkable
class ConditionalDensity(Protocol):
    """A regressor that knows the whole of p(y|x)."""

    def log_conditional_density(self, X: Array, y: Array) -> Array:
        """log p(y|x) as ``(n,)`` for ``X (n, d)`` and real ``y (n,)``."""


@runtime_checkable
class DensityModel(Density, Protocol):
    """p(x), learned. The attribute ``density_kind`` is "exact", "lower_bound" or "unnormalised"."""

    def fit(self, X: Array, y: Array | None = None) -> Self: ...


@runtime_checkable
class JointModel(Protocol):
    """p(x, y). After ``fit``, ``class_log_prior_ (K,)`` holds log p(y). Without y there is one class."""

    def log_joint(self, X: Array) -> Array:
        """log p(x, y) as ``(n, K)``; its softmax is p(y|x), its logsumexp log p(x)."""

    def log_conditional(self, X: Array) -> Array:
        """log p(x|y) as ``(n, K)``: log_joint less the log prior."""

    def sample_joint(self, n_samples: int, random_state: Any = None) -> tuple[Array, Array]:
        """Points and their labels, (x, y) ~ p(x, y): ``(n, d)`` and ``(n,)``."""


@runtime_checkable
class Trainable(Protocol):
    """A model that learns step by step."""

    def fit_steps(self, X: Array, y: Array | None = None) -> Iterator[Progress]:
        """Learn step by step; usable after every yield; ``close()`` cancels; ``fit`` drains it."""

    def frozen(self) -> Self:
        """An equal model that stays as it is while this one learns on: what others may look at."""


@runtime_checkable
class PosteriorDraws(Protocol):
    def predict_proba_draws(self, X: Array, n_draws: int, random_state: Any = None) -> Array:
        """p(y|x, θ) for θ drawn from the posterior: ``(n_draws, n, K)``."""


@runtime_checkable
class MarginClassifier(Protocol):
    """A classifier by margins. After ``fit``, ``support_vectors_ (m, d)`` are the points that hold them."""

    def margins(self, X: Array) -> Array:
        """f(x), ``(n, 1)`` for two classes, else ``(n, K)``; |f| < 1 is the margin."""

    def margins_on_grid(self, x_axis: Array, y_axis: Array) -> Array:
        """The same on a tensor grid: ``(H, W, 1)`` for two classes, else ``(H, W, K)``."""


@runtime_checkable
class Storable(Protocol):
    def to_arrays(self) -> dict[str, Array]:
        """Everything a fitted model knows, as arrays that ``np.savez`` stores without pickle."""


@runtime_checkable
class AnomalyScorer(Protocol):
    def anomaly_score(self, X: Array) -> Array:
        """How strange each point is, ``(n,)``; higher is stranger."""
