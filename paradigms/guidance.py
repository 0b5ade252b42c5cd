"""Classifier-free guidance: exaggerate what the class changes about the predicted noise."""

from __future__ import annotations

import numpy as np

from paradigms.protocols import Denoiser


class Guided:
    """The denoiser ε̂(x) + w (ε̂(x|y) − ε̂(x)): w = 0 ignores the class, w = 1 is the model, more exaggerates.

    Any sampler takes it in the place of ``denoiser``. Ho and Salimans (2022), Classifier-free diffusion
    guidance, eq. 6, whose weight is ours less 1.
    """

    def __init__(self, denoiser: Denoiser, weight: float) -> None:
        self.denoiser = denoiser
        self.weight = weight

    def predict_noise(self, X: np.ndarray, noise_level: float, y: np.ndarray | None = None) -> np.ndarray:
        """As ``(n, d)``; without labels there is nothing to exaggerate."""
        blind = self.denoiser.predict_noise(X, noise_level)
        if y is None:
            return blind
        return blind + self.weight * (self.denoiser.predict_noise(X, noise_level, y) - blind)
