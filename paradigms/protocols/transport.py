"""What leads from noise to data and back: noised densities, denoisers, velocities, latent codes."""

from __future__ import annotations

from typing import Protocol, Self, runtime_checkable

import numpy as np

from paradigms.protocols.distributions import Moments, Sampleable

Array = np.ndarray


@runtime_checkable
class Noisable(Protocol):
    def noised(self, sigma: float) -> Self:
        """The same model convolved with N(0, σ²I), exactly."""


@runtime_checkable
class Denoiser(Protocol):
    def predict_noise(self, X: Array, noise_level: float, y: Array | None = None) -> Array:
        """E[ε | x] for x = x₀ + σε as ``(n, d)``, σ = ``noise_level``; it equals −σ ∇ log p_σ(x).

        With labels ``y (n,)``, the noise given the class of each point.
        """


@runtime_checkable
class SampleableDenoiser(Denoiser, Sampleable, Moments, Protocol):
    """A denoiser of a distribution that answers for itself, too: what denoising is held against."""


@runtime_checkable
class VelocityField(Protocol):
    def velocity(self, X: Array, time: float, y: Array | None = None) -> Array:
        """dx/dt as ``(n, d)``; time 0 is noise, time 1 is data."""


@runtime_checkable
class LatentModel(Protocol):
    def encode(self, X: Array) -> tuple[Array, Array]:
        """Mean and standard deviation of q(z|x)."""

    def decode(self, Z: Array) -> Array:
        """The mean of p(x|z) as ``(n, d)``."""


@runtime_checkable
class LatentMap(Protocol):
    """A map from codes z ~ N(0, I) of ``latent_dimension`` numbers to points."""

    def warp(self, Z: Array, y: Array | None = None) -> Array:
        """Where the codes ``Z (n, latent_dimension)`` are on their way to data: ``(stages, n, d)``.

        All in the units of the data: first mean + scale · z, last the point; a flow has a stage a layer.
        """
