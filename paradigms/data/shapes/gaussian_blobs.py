"""A finite mixture of Gaussians."""

from __future__ import annotations

import numpy as np
from scipy.special import logsumexp, ndtr

_NODES, _WEIGHTS = np.polynomial.legendre.leggauss(64)
_FAR = 9.0  # standard deviations, beyond which lies less than 1e-18


class GaussianBlobs:
    """Equally likely Gaussians at ``means (m, 2)``, with ``covariances`` ``(m, 2, 2)`` or one for all.

    A number stands for that variance in each direction.
    """

    def __init__(self, means: np.ndarray, covariances: np.ndarray | float) -> None:
        self.means = np.atleast_2d(np.asarray(means, dtype=float))
        covariances = np.asarray(covariances, dtype=float)
        if covariances.ndim == 0:
            covariances = covariances * np.eye(2)
        self.covariances = np.broadcast_to(covariances, (len(self.means), 2, 2))
        self._cholesky = np.linalg.cholesky(self.covariances)

    def log_density(self, X: np.ndarray) -> np.ndarray:
        whitened = np.linalg.solve(self._cholesky, (X[None] - self.means[:, None]).transpose(0, 2, 1))
        log_scale = np.log(np.diagonal(self._cholesky, axis1=1, axis2=2)).sum(axis=1)
        log_terms = -0.5 * (whitened**2).sum(axis=1) - log_scale[:, None]
        return logsumexp(log_terms, axis=0) - np.log(2 * np.pi * len(self.means))

    def mass_within(self, half_width: float) -> float:
        """The second coordinate given the first by its formula, the first by Gauss–Legendre quadrature."""
        deviation, (slope, rest) = self._cholesky[:, 0, 0], self._cholesky[:, 1].T
        edges = (np.array([[-half_width], [half_width]]) - self.means[:, 0]) / deviation
        low, high = np.clip(edges, -_FAR, _FAR)
        first = (low + high + (high - low) * _NODES[:, None]) / 2  # standardised, (nodes, m)
        middle = self.means[:, 1] + slope * first
        second = ndtr((half_width - middle) / rest) - ndtr((-half_width - middle) / rest)
        heights = np.exp(-0.5 * first**2) / np.sqrt(2 * np.pi) * second
        return float(np.mean((high - low) / 2 * (_WEIGHTS @ heights)))

    def sample(self, n: int, rng: np.random.Generator) -> np.ndarray:
        normals = rng.standard_normal((n, 3))
        which = (ndtr(normals[:, 0]) * len(self.means)).astype(int)
        which = np.minimum(which, len(self.means) - 1)
        return self.means[which] + np.einsum("nij,nj->ni", self._cholesky[which], normals[:, 1:])
