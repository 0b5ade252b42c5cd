"""The exact denoiser of raw points: it knows nothing but them, and leads back to nothing but them."""

from __future__ import annotations

import numpy as np
from scipy.special import softmax

_BLOCK = 2048  # noisy points answered at a time


class EmpiricalDenoiser:
    """ε̂ = (x − E[x₀|x])/σ for x₀ one of the points ``X (m, d)``, each as likely as the others.

    It is what a network that minimises the denoising loss to its very minimum would say: every sample is then
    a training point. ``y (m,)`` are the points' labels, where a class may be asked for. Karras et al. (2022),
    Elucidating the design space of diffusion-based generative models, appendix B.3.
    """

    def __init__(self, X: np.ndarray, y: np.ndarray | None = None) -> None:
        self.points, self.labels = np.asarray(X, dtype=float), y

    def predict_noise(self, X: np.ndarray, noise_level: float, y: np.ndarray | None = None) -> np.ndarray:
        """ε̂ as ``(n, d)``; with labels, of the points of each one's class."""
        noise = np.empty(np.shape(X))
        half_squares = 0.5 * (self.points**2).sum(axis=1)
        for start in range(0, len(X), _BLOCK):
            rows = slice(start, start + _BLOCK)
            logits = (X[rows] @ self.points.T - half_squares) / noise_level**2
            if y is not None:
                logits[np.asarray(y)[rows, None] != self.labels] = -np.inf
            noise[rows] = (X[rows] - softmax(logits, axis=1) @ self.points) / noise_level
        return noise


def n_memorised(samples: np.ndarray, points: np.ndarray, within: float = 0.02) -> int:
    """How many ``samples (n, d)`` lie within that distance of one of the ``points (m, d)``."""
    nearest = [np.linalg.norm(points - sample, axis=1).min() for sample in samples]
    return int(np.count_nonzero(np.array(nearest) < within))
