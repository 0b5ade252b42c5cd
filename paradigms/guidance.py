"""Guidance: exaggerate what the class changes about the predicted noise, or let a classifier steer it."""

from __future__ import annotations

import numpy as np

from paradigms.protocols import Classifier, Denoiser


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


class SteeredByClassifier:
    """The denoiser ε̂(x) − w σ ∇ log p(y|x̂₀(x)): a function steers a distribution that knows no classes.

    p(y|·) is a ``classifier`` of clean points, so it is asked about the clean guess x̂₀ = x − σε̂. The slope is
    taken by central differences, of ``step`` plane units. Dhariwal and Nichol (2021), Diffusion models beat
    GANs on image synthesis, algorithm 2, where the classifier sees the noisy point itself; at the clean
    guess: Bansal et al. (2023), Universal guidance for diffusion models, eq. 6.
    """

    def __init__(self, denoiser: Denoiser, classifier: Classifier, weight: float, step: float = 0.01) -> None:
        self.denoiser, self.classifier, self.weight, self.step = denoiser, classifier, weight, step

    def predict_noise(self, X: np.ndarray, noise_level: float, y: np.ndarray | None = None) -> np.ndarray:
        """As ``(n, d)``; without labels nobody steers."""
        noise = self.denoiser.predict_noise(X, noise_level)
        if y is None or self.weight == 0:
            return noise
        slope = np.empty_like(noise)
        for j, direction in enumerate(self.step * np.eye(X.shape[1])):
            ahead, behind = (self._log_probability(X + way * direction, noise_level, y) for way in (1, -1))
            slope[:, j] = (ahead - behind) / (2 * self.step)
        return noise - self.weight * noise_level * slope

    def _log_probability(self, X: np.ndarray, noise_level: float, y: np.ndarray) -> np.ndarray:
        clean = X - noise_level * self.denoiser.predict_noise(X, noise_level)
        columns = np.searchsorted(self.classifier.classes_, y)
        probabilities = self.classifier.predict_proba(clean)[np.arange(len(X)), columns]
        return np.log(np.maximum(probabilities, 1e-12))
