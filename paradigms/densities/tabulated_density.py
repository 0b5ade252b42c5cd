"""A surrogate of a density: its log and gradient on a grid, bilinearly interpolated."""

from __future__ import annotations

import numpy as np

from paradigms.densities.grid_interpolation import Table


class TabulatedDensity:
    """log p and ∇ log p between the centres of a grid of cells over [-half_width, half_width]², bilinearly.

    ``log_density (H, H)`` is the model's own at the centres, row 0 at the lowest y; gradients there are
    central differences. Beyond the outermost centres the nearest place inside answers, less half the squared
    distance to it, so that a chain that strays finds back. The error falls with the square of the cells'
    width.
    """

    def __init__(self, log_density: np.ndarray, half_width: float) -> None:
        log_density = log_density.astype(float)
        cell = 2 * half_width / len(log_density)
        down, across = np.gradient(log_density, cell)
        self._table = Table(np.stack([log_density, across, down], axis=-1), half_width)
        self.nearest_inside = self._table.nearest_inside
        # For its noised selves four cells are taken as one: three times as quick.
        log_density = log_density[: len(log_density) // 2 * 2, : len(log_density) // 2 * 2]
        fours = np.exp(log_density - log_density.max()).reshape(len(log_density) // 2, 2, -1, 2)
        self._masses = fours.sum(axis=(1, 3))
        self._middles = self._table.centres[: len(log_density)].reshape(-1, 2).mean(axis=1)
        self._softening = cell

    def score_samples(self, X: np.ndarray) -> np.ndarray:
        """log p as ``(n,)``."""
        beyond = X - self.nearest_inside(X)
        return self._table(X)[:, 0] - 0.5 * (beyond**2).sum(axis=1)

    def log_density_gradient(self, X: np.ndarray) -> np.ndarray:
        """∇ log p as ``(n, 2)``."""
        beyond = X - self.nearest_inside(X)
        return self._table(X)[:, 1:] * (beyond == 0) - beyond

    def predict_noise(self, X: np.ndarray, noise_level: float, y: np.ndarray | None = None) -> np.ndarray:
        """E[ε | x] for x = x₀ + σε as ``(n, 2)``, x₀ from the table, four cells softened to one N(c, w² I).

        w is the width of one; of this mixture it is exact. The kernel is separable, so that all of it is
        asked with two matrix products. ``y`` is of no account: a table knows no classes.
        """
        softened = noise_level**2 + self._softening**2
        to_centres = self._middles - X[:, :, None]  # (n, 2, H/2)
        half_squares = to_centres**2 / (2 * softened)
        across, up = np.moveaxis(np.exp(half_squares.min(axis=2, keepdims=True) - half_squares), 1, 0)
        by_row = across @ self._masses.T
        total = (by_row * up).sum(axis=1)
        first = ((across * to_centres[:, 0]) @ self._masses.T * up).sum(axis=1)
        second = (by_row * up * to_centres[:, 1]).sum(axis=1)
        # So far out that no cell is felt the nearest place inside answers.
        home = self.nearest_inside(X) - X
        shift = np.divide(
            np.column_stack([first, second]), total[:, None], out=home, where=total[:, None] > 1e-280
        )
        return -noise_level * shift / softened
