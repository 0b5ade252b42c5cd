"""The exact denoiser of the empirical distribution: every sample it leads to is a training point."""

from __future__ import annotations

import numpy as np
from scipy.spatial import cKDTree

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
        if y is not None and (self.labels is None or len(np.setdiff1d(y, self.labels))):
            raise ValueError("There are no points of a class that was asked for.")
        noise = np.empty(np.shape(X))
        for start in range(0, len(X), _BLOCK):
            rows = slice(start, start + _BLOCK)
            own = None if y is None else np.asarray(y)[rows, None] == self.labels
            noise[rows] = X[rows] - shares_behind(X[rows], self.points, noise_level, own) @ self.points
        return noise / noise_level


def shares_behind(
    X: np.ndarray, points: np.ndarray, noise_level: float, among: np.ndarray | None = None
) -> np.ndarray:
    """How likely each of the ``points (m, d)`` lies behind the noisy ``X (n, d)``: ``(n, m)``, rows sum to 1.

    softmax of −|x − x_j|²/2σ², where it is looked for ``among (n, m)`` only the true ones.
    """
    shares = X @ points.T - 0.5 * (points**2).sum(axis=1)
    if among is not None:
        shares = np.where(among, shares, -np.inf)
    shares -= shares.max(axis=1, keepdims=True)  # a softmax in place, in half the time of one that is not
    shares /= noise_level**2
    np.exp(shares, out=shares)
    shares /= shares.sum(axis=1, keepdims=True)
    return shares


def n_memorised(samples: np.ndarray, points: np.ndarray, within: float) -> int:
    """How many ``samples (n, d)`` lie within that distance of one of the ``points (m, d)``."""
    distances, _ = cKDTree(points).query(samples)
    return int(np.count_nonzero(distances < within))
