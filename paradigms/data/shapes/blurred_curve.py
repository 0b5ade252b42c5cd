"""A curve, with points spread along it and blurred by isotropic Gaussian noise."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from scipy.spatial import KDTree
from scipy.special import ndtr

_NODES_PER_PANEL = 8
_LARGEST_TABLE = 2_000_000  # entries of the table of distances that are held at once
_UNDERFLOW = 1e-280


class BlurredCurve:
    """x = path(u) + noise · ε with u uniform on [0, 1] and ε standard normal.

    ``path`` takes ``(n,)`` to ``(n, 2)`` and runs at a nearly even speed. The density, which is the integral
    of N(x; path(u), noise² I) du, is taken by Gauss–Legendre quadrature in panels no longer than ``panel``
    standard deviations. Eight nodes in a panel of three leave a relative error below 1e-5.
    """

    def __init__(self, path: Callable[[np.ndarray], np.ndarray], noise: float, panel: float = 3.0) -> None:
        if not noise > 0:
            raise ValueError("A curve without noise has no density in the plane.")
        self.path, self.noise = path, noise
        polyline = path(np.linspace(0, 1, 2001))
        steps = np.hypot(*np.diff(polyline, axis=0).T)
        self.length = float(steps.sum())
        # The lower limit serves curves that bend within the noise.
        n_panels = max(32, int(np.ceil(steps.max() * 2000 / (panel * noise))))
        nodes, weights = np.polynomial.legendre.leggauss(_NODES_PER_PANEL)
        self._nodes = path(((np.arange(n_panels)[:, None] + (nodes + 1) / 2) / n_panels).ravel())
        self._weights = np.tile(weights / 2 / n_panels, n_panels)

    def log_density(self, X: np.ndarray) -> np.ndarray:
        rows = max(1, _LARGEST_TABLE // len(self._nodes))
        parts = [self._log_density(X[start : start + rows]) for start in range(0, len(X), rows)]
        return np.concatenate(parts) if parts else np.zeros(0)

    def _log_density(self, X: np.ndarray) -> np.ndarray:
        exponent = X @ self._nodes.T
        exponent -= 0.5 * (self._nodes**2).sum(axis=1)
        exponent -= 0.5 * (X**2).sum(axis=1)[:, None]
        exponent /= self.noise**2
        largest = exponent.max(axis=1)
        exponent -= largest[:, None]
        total = np.exp(exponent, out=exponent) @ self._weights
        return largest + np.log(total) - np.log(2 * np.pi * self.noise**2)

    def log_density_on_grid(self, x_axis: np.ndarray, y_axis: np.ndarray) -> np.ndarray:
        """Two thin tables and one matrix product, since the Gaussian is separable; for pictures.

        Where that underflows, some 35 standard deviations away, the curve is taken as straight.
        """
        along_x, along_y = (
            np.exp(-0.5 * ((axis[:, None] - self._nodes[:, i]) / self.noise) ** 2)
            for i, axis in enumerate((x_axis, y_axis))
        )
        density = (along_y * self._weights) @ along_x.T
        far = density < _UNDERFLOW
        log_density = np.log(np.where(far, 1.0, density)) - np.log(2 * np.pi * self.noise**2)
        if far.any():
            rows, columns = np.nonzero(far)
            curve = KDTree(self.path(np.linspace(0, 1, int(self.length / self.noise) + 33)), leafsize=64)
            distance, _ = curve.query(np.column_stack([x_axis[columns], y_axis[rows]]))
            across = -0.5 * (distance / self.noise) ** 2 - 0.5 * np.log(2 * np.pi * self.noise**2)
            log_density[far] = across - np.log(self.length)
        return log_density

    def mass_within(self, half_width: float) -> float:
        """By the same quadrature along the curve, of the mass of a Gaussian about each of its points."""
        sides = ndtr((half_width - self._nodes) / self.noise) - ndtr((-half_width - self._nodes) / self.noise)
        return float(self._weights @ sides.prod(axis=1))

    def sample(self, n: int, rng: np.random.Generator) -> np.ndarray:
        normals = rng.standard_normal((n, 3))
        return self.path(ndtr(normals[:, 0])) + self.noise * normals[:, 1:]
