"""Guidance: exaggerate what the class changes about the predicted noise, or let a classifier steer it."""

from __future__ import annotations

from functools import cache

import numpy as np
from scipy.stats import norm, qmc

from paradigms.protocols import Classifier, Denoiser

_STEP = 0.01  # of the differences, in plane units


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
    """The denoiser ε̂(x) − w σ ∇ log p(y|x): a function steers a distribution that knows no classes.

    The ``classifier`` knows clean points. What it says of a noisy one is its mean over what may lie behind,
    E[p(y|x₀) | x], here over draws from N(x̂₀, r² I) with x̂₀ = x − σε̂ and r² = σ²s²/(σ² + s²), s being the
    ``scale`` of the data; for Gaussian data that is exact, and w = 1 samples p(x) p(y|x). The slope is taken
    by central differences. Dhariwal and Nichol (2021), Diffusion models beat GANs on image synthesis,
    algorithm 2; the draws: Song et al. (2023), Loss-guided diffusion models for plug-and-play controllable
    generation, eq. 12.
    """

    def __init__(self, denoiser: Denoiser, classifier: Classifier, weight: float, scale: float = 1.0) -> None:
        self.denoiser, self.classifier, self.weight, self.scale = denoiser, classifier, weight, scale

    def predict_noise(self, X: np.ndarray, noise_level: float, y: np.ndarray | None = None) -> np.ndarray:
        """As ``(n, d)``; without labels nobody steers."""
        noise = self.denoiser.predict_noise(X, noise_level)
        if y is None or self.weight == 0:
            return noise
        slope = np.empty_like(noise)
        for j, direction in enumerate(_STEP * np.eye(X.shape[1])):
            ahead, behind = (self._log_probability(X + way * direction, noise_level, y) for way in (1, -1))
            slope[:, j] = (ahead - behind) / (2 * _STEP)
        return noise - self.weight * noise_level * slope

    def _log_probability(self, X: np.ndarray, noise_level: float, y: np.ndarray) -> np.ndarray:
        clean = X - noise_level * self.denoiser.predict_noise(X, noise_level)
        spread = noise_level * self.scale / np.hypot(noise_level, self.scale)
        behind = (clean + spread * _draws(X.shape[1])[:, None]).reshape(-1, X.shape[1])
        columns = np.tile(np.searchsorted(self.classifier.classes_, y), len(_draws(X.shape[1])))
        probabilities = self.classifier.predict_proba(behind)[np.arange(len(behind)), columns]
        return np.log(np.maximum(probabilities.reshape(-1, len(X)).mean(axis=0), 1e-12))


@cache
def _draws(d: int) -> np.ndarray:
    """Evenly spread standard normal draws, ``(16, d)``; always the same, so that slopes are smooth."""
    draws = norm.ppf(qmc.Sobol(d, rng=np.random.default_rng(0)).random(16))
    draws -= draws.mean(axis=0)
    return draws / draws.std(axis=0)
