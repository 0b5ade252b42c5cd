"""Uniform squares, blurred by isotropic Gaussian noise."""

from __future__ import annotations

import numpy as np
from scipy.special import log_ndtr, logsumexp, ndtr


class BlurredSquares:
    """Squares of one ``side`` at ``centres (m, 2)``, equally likely; ``noise`` may be 0.

    A blurred interval has the density (Φ((x − left)/noise) − Φ((x − right)/noise)) / side, and a blurred
    square the product of two such.
    """

    def __init__(self, centres: np.ndarray, side: float, noise: float) -> None:
        self.centres, self.side, self.noise = np.asarray(centres, dtype=float), side, noise

    def log_density(self, X: np.ndarray) -> np.ndarray:
        log_terms = self._log_interval(X[:, 0], 0) + self._log_interval(X[:, 1], 1)
        return logsumexp(log_terms, axis=0) - np.log(len(self.centres))

    def log_density_on_grid(self, x_axis: np.ndarray, y_axis: np.ndarray) -> np.ndarray:
        log_terms = self._log_interval(y_axis, 1)[:, :, None] + self._log_interval(x_axis, 0)[:, None, :]
        return logsumexp(log_terms, axis=0) - np.log(len(self.centres))

    def mass_within(self, half_width: float) -> float:
        """∫ Φ(t) dt = t Φ(t) + φ(t) gives the distribution function of a blurred interval."""
        edges = np.stack([self.centres - self.side / 2, self.centres + self.side / 2])

        def below(place: float) -> np.ndarray:
            if self.noise == 0:
                ramps = np.maximum(place - edges, 0.0)
            else:
                t = (place - edges) / self.noise
                ramps = self.noise * (t * ndtr(t) + np.exp(-0.5 * t**2) / np.sqrt(2 * np.pi))
            return (ramps[0] - ramps[1]) / self.side

        return float((below(half_width) - below(-half_width)).prod(axis=1).mean())

    def sample(self, n: int, rng: np.random.Generator) -> np.ndarray:
        normals = rng.standard_normal((n, 5))
        uniforms = ndtr(normals[:, :3])
        which = np.minimum((uniforms[:, 0] * len(self.centres)).astype(int), len(self.centres) - 1)
        return self.centres[which] + self.side * (uniforms[:, 1:] - 0.5) + self.noise * normals[:, 3:]

    def _log_interval(self, values: np.ndarray, coordinate: int) -> np.ndarray:
        """The log density of one coordinate in each square, ``(m, n)``."""
        centres, which = np.unique(self.centres[:, coordinate], return_inverse=True)
        # By symmetry only the distance from the centre counts; beyond it both edges lie in a lower tail.
        distance = np.abs(values - centres[:, None])
        if self.noise == 0:
            with np.errstate(divide="ignore"):
                return (np.log(distance <= self.side / 2) - np.log(self.side))[which]
        near = log_ndtr((self.side / 2 - distance) / self.noise)
        far = log_ndtr((-self.side / 2 - distance) / self.noise)
        return (near + np.log1p(-np.exp(far - near)) - np.log(self.side))[which]
