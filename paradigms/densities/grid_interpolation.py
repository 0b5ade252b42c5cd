"""Bilinear interpolation of values on a regular grid over the plane."""

from __future__ import annotations

import numpy as np


class Table:
    """``values (H, H, C)`` at the centres of a grid of cells over [-half_width, half_width]², bilinearly.

    Row 0 is at the lowest y. Beyond the outermost centres the nearest place inside answers.
    """

    def __init__(self, values: np.ndarray, half_width: float) -> None:
        self.values = values
        self._cell = 2 * half_width / len(values)
        self._edge = half_width - self._cell / 2  # where the outermost centres are
        self.centres = np.linspace(-self._edge, self._edge, len(values))

    def nearest_inside(self, X: np.ndarray) -> np.ndarray:
        """``(n, 2)``, between the outermost centres."""
        return np.clip(X, -self._edge, self._edge)

    def __call__(self, X: np.ndarray) -> np.ndarray:
        """``(n, C)`` at the places ``(n, 2)``."""
        place = (self.nearest_inside(X) + self._edge) / self._cell
        corner = np.clip(place.astype(int), 0, len(self.values) - 2)
        (column, row), (u, v) = corner.T, (place - corner).T[:, :, None]
        low = (1 - u) * self.values[row, column] + u * self.values[row, column + 1]
        high = (1 - u) * self.values[row + 1, column] + u * self.values[row + 1, column + 1]
        return (1 - v) * low + v * high
