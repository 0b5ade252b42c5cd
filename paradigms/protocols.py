"""What a model can be asked.

A capability *is* a method: a model that cannot say how likely a point is has no ``score_samples``, and
every page can see that with :func:`can`. There are no flags to keep in step. Conventions are
scikit-learn's: ``__init__`` only stores, learned attributes end in ``_``, ``fit`` returns self and
forgets any earlier fit. Shapes: ``X (n, d)`` float, ``y (n,)`` labels, ``K`` classes in the order of
``classes_``. All logarithms are natural.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, Protocol, runtime_checkable

import numpy as np

if TYPE_CHECKING:
    from paradigms.training import Progress

Array = np.ndarray


class CannotFit(ValueError):
    """The model cannot be fitted to these data; the message is a sentence for people."""


@runtime_checkable
class Classifier(Protocol):
    """p(y|x). After ``fit``, ``classes_ (K,)`` holds the labels in the order of the columns."""

    def fit(self, X: Array, y: Array) -> Any: ...

    def predict_proba(self, X: Array) -> Array:
        """p(y|x) as ``(n, K)``; rows sum to one."""
        ...


@runtime_checkable
class Regressor(Protocol):
    """p(y|x) for real y."""

    def fit(self, X: Array, y: Array) -> Any: ...

    def predict(self, X: Array) -> Array:
        """The conditional mean ``(n,)``."""
        ...


@runtime_checkable
class DensityModel(Protocol):
    """p(x). The attribute ``density_kind`` is "exact", "lower_bound" or "unnormalised"."""

    def fit(self, X: Array, y: Array | None = None) -> Any: ...

    def score_samples(self, X: Array) -> Array:
        """log p(x) as ``(n,)``; a bound on it, or it up to a constant, as ``density_kind`` says."""
        ...


@runtime_checkable
class JointModel(Protocol):
    """p(x, y). After ``fit``, ``class_log_prior_ (K,)`` holds log p(y). Without y there is one class."""

    def log_joint(self, X: Array) -> Array:
        """log p(x, y) as ``(n, K)``; its softmax is p(y|x), its logsumexp log p(x)."""
        ...

    def log_conditional(self, X: Array) -> Array:
        """log p(x|y) as ``(n, K)``: log_joint less the log prior."""
        ...

    def sample_joint(self, n_samples: int, random_state: Any = None) -> tuple[Array, Array]:
        """Points and their labels, (x, y) ~ p(x, y): ``(n, d)`` and ``(n,)``."""
        ...


@runtime_checkable
class Sampleable(Protocol):
    def sample(self, n_samples: int, random_state: Any = None) -> Array:
        """x ~ p(x) as ``(n, d)``."""
        ...


@runtime_checkable
class ConditionalSampleable(Protocol):
    def sample_given(self, y: Array, random_state: Any = None) -> Array:
        """x ~ p(x|y), one point for each label: ``(len(y), d)``."""
        ...


@runtime_checkable
class DifferentiableDensity(Protocol):
    def log_density_gradient(self, X: Array) -> Array:
        """∇ₓ log p(x) as ``(n, d)``, which the papers call the score."""
        ...


@runtime_checkable
class Noisable(Protocol):
    def noised(self, sigma: float) -> Any:
        """The same model convolved with N(0, σ²I), exactly."""
        ...


@runtime_checkable
class Denoiser(Protocol):
    def predict_noise(self, X: Array, noise_level: float, y: Array | None = None) -> Array:
        """E[ε | x] for x = x₀ + σε as ``(n, d)``, σ = ``noise_level``; it equals −σ ∇ log p_σ(x).

        With labels ``y (n,)``, the noise given the class of each point.
        """
        ...


@runtime_checkable
class VelocityField(Protocol):
    def velocity(self, X: Array, time: float, y: Array | None = None) -> Array:
        """dx/dt as ``(n, d)``; time 0 is noise, time 1 is data."""
        ...


@runtime_checkable
class LatentModel(Protocol):
    def encode(self, X: Array) -> tuple[Array, Array]:
        """Mean and standard deviation of q(z|x)."""
        ...

    def decode(self, Z: Array) -> Array:
        """The mean of p(x|z) as ``(n, d)``."""
        ...


@runtime_checkable
class LatentMap(Protocol):
    """A map from codes z ~ N(0, I) of ``latent_dimension`` numbers to points."""

    def warp(self, Z: Array, y: Array | None = None) -> Array:
        """Where the codes ``Z (n, latent_dimension)`` are on their way to data: ``(stages, n, d)``.

        All in the units of the data: first mean + scale · z, last the point; a flow has a stage a layer.
        """
        ...


@runtime_checkable
class PosteriorDraws(Protocol):
    def predict_proba_draws(self, X: Array, n_draws: int, random_state: Any = None) -> Array:
        """p(y|x, θ) for θ drawn from the posterior: ``(n_draws, n, K)``."""
        ...


@runtime_checkable
class GridEvaluable(Protocol):
    def on_grid(self, x_axis: Array, y_axis: Array) -> Array:
        """The model's own answer on a tensor grid, faster than point by point.

        A joint model answers log_joint ``(H, W, K)``, a density log p ``(H, W)``, a classifier p(y|x)
        ``(H, W, K)``; entry ``[i, j]`` belongs to the point ``(x_axis[j], y_axis[i])``.
        """
        ...


@runtime_checkable
class Trainable(Protocol):
    def fit_steps(self, X: Array, y: Array | None = None) -> Iterator[Progress]:
        """Learn step by step; usable after every yield; ``close()`` cancels; ``fit`` drains it."""
        ...

    def frozen(self) -> Any:
        """An equal model that stays as it is while this one learns on: what others may look at."""
        ...


@runtime_checkable
class AnomalyScorer(Protocol):
    def anomaly_score(self, X: Array) -> Array:
        """How strange each point is, ``(n,)``; higher is stranger."""
        ...


def can(model: Any, *protocols: type) -> bool:
    """Whether a model (or a model's class) has every method of the given protocols."""
    return all(hasattr(model, name) for protocol in protocols for name in methods_of(protocol))


def methods_of(protocol: type) -> tuple[str, ...]:
    """The names of the methods that a protocol asks for."""
    return tuple(name for name in vars(protocol) if not name.startswith("_"))
