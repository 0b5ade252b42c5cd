"""Preconditioning: a network of unit-variance inputs and outputs read as a denoiser."""

from __future__ import annotations

import numpy as np

from paradigms.diffusion.denoising_network import DenoisingNetwork


class PreconditionedDenoiser:
    """x̂₀ and ε̂ from F, for points x = x₀ + σε in units where the clean ones have variance 1.

    With z = x/√(1+σ²), which has variance 1 too, one network is read three ways:

        x̂₀ = (z + σF)/√(1+σ²),    ε̂ = (σz − F)/√(1+σ²),    v̂ = (ε̂ − σx̂₀)/√(1+σ²) = −F.

    It is the preconditioning of Karras et al. (2022), Elucidating the design space of diffusion-based
    generative models, table 1, for σ_data = 1, and the v of Salimans and Ho (2022), Progressive distillation
    for fast sampling of diffusion models, section 4.
    """

    def __init__(self, network: DenoisingNetwork) -> None:
        self.network = network

    def predict_clean(self, X: np.ndarray, sigma: float, y: np.ndarray) -> np.ndarray:
        """x̂₀ as ``(n, d)``; y are network classes."""
        shrink = 1 / np.sqrt(1 + sigma**2)
        z = shrink * X
        F = self.network(self.network.features(z, np.log(sigma), y))
        return shrink * (z + sigma * F)

    def predict_noise(self, X: np.ndarray, sigma: float, y: np.ndarray) -> np.ndarray:
        """ε̂ = (x − x̂₀)/σ as ``(n, d)``."""
        return (X - self.predict_clean(X, sigma, y)) / sigma

    def clean_and_jacobian(
        self, X: np.ndarray, sigma: float, network_class: int
    ) -> tuple[np.ndarray, np.ndarray]:
        """x̂₀ ``(n, d)`` and ∂x̂₀/∂x ``(n, d, d)``, for points of one class."""
        shrink = 1 / np.sqrt(1 + sigma**2)
        z = shrink * X
        features = self.network.features(z, np.log(sigma), np.full(len(X), network_class))
        F, jacobian = self.network.with_jacobian(features)
        return shrink * (z + sigma * F), shrink**2 * (np.eye(X.shape[1]) + sigma * jacobian)


def input_and_target(
    clean: np.ndarray, noisy: np.ndarray, sigma: np.ndarray
) -> tuple[np.ndarray, np.ndarray]:
    """z, and the F that would be read as ``clean``: its squared error is that of x̂₀ times (1+σ²)/σ²."""
    shrink = 1 / np.sqrt(1 + sigma**2)
    z = shrink * noisy
    return z, (clean / shrink - z) / sigma
