"""The velocity field of a trained network: noise at time 0, data at time 1, both of unit variance."""

from __future__ import annotations

import numpy as np

from paradigms.diffusion.denoising_network import DenoisingNetwork


class LearnedVelocity:
    """v(x, t) from F, for points x_t = (1 − t)x₀ + tx₁ between noise x₀ and data x₁.

    z = x_t/n with n² = t² + (1 − t)² has variance 1, and what it says of x₁ − x₀ by itself is taken out: v =
    ((2t − 1)z + F)/n. The guess of the data point is x̂₁ = x + (1 − t)v.

    In the noise level ℓ = 1 − t the same stream is dx/dℓ = (x − x̂₁)/ℓ, just as in a diffusion: samplers of
    denoisers follow it too, from ℓ = 1 to 0.
    """

    def __init__(self, network: DenoisingNetwork) -> None:
        self.network = network

    def velocity(self, X: np.ndarray, time: float, y: np.ndarray) -> np.ndarray:
        """dx/dt as ``(n, d)``, until just before time 1; y are network classes."""
        level = max(1 - time, 1e-3)
        return (self._predict_clean(X, level, y) - X) / level

    def predict_noise(self, X: np.ndarray, level: float, y: np.ndarray) -> np.ndarray:
        """dx/dℓ = −v as ``(n, d)``, at ℓ = 1 − t: what a denoiser calls the noise."""
        return (X - self._predict_clean(X, level, y)) / level

    def clean_and_jacobian(
        self, X: np.ndarray, level: float, network_class: int
    ) -> tuple[np.ndarray, np.ndarray]:
        """x̂₁ ``(n, d)`` and ∂x̂₁/∂x ``(n, d, d)``, for points of one class."""
        z, n, log_sigma = self._seen(X, level)
        features = self.network.features(z, log_sigma, np.full(len(X), network_class))
        F, jacobian = self.network.with_jacobian(features)
        clean = X + level / n * ((1 - 2 * level) * z + F)
        own = np.eye(X.shape[1])
        return clean, own + level / n**2 * ((1 - 2 * level) * own + jacobian)

    def _predict_clean(self, X: np.ndarray, level: float, y: np.ndarray) -> np.ndarray:
        z, n, log_sigma = self._seen(X, level)
        F = self.network(self.network.features(z, log_sigma, y))
        return X + level / n * ((1 - 2 * level) * z + F)

    def _seen(self, X: np.ndarray, level: float) -> tuple[np.ndarray, float, float]:
        """z, n and ln σ, the noise level σ = (1 − t)/t being how the network counts time."""
        time = max(1 - level, 1e-3)
        n = np.hypot(time, level)
        return X / n, n, np.log(level / time)


def weight_of_time(time: np.ndarray) -> np.ndarray:
    """1/n²: |v − (x₁ − x₀)|² over |F − target|²."""
    return 1 / (time**2 + (1 - time) ** 2)
