"""The first coordinate of a distribution in the plane, by itself: its density and its quantiles."""

from __future__ import annotations

import numpy as np
from scipy.special import logsumexp

from paradigms import grid
from paradigms.grid import HALF_WIDTH
from paradigms.protocols import Density
from paradigms.samplers.inverse_cdf import quantile_of_cells


class FirstCoordinate:
    """The marginal p(x₁) of a density of two columns, summed along x₂ over [−8, 8]².

    ln p is read off between the centres of the cells; beyond the outermost of them p is 0.
    """

    _axis = grid.axis(400, 2 * HALF_WIDTH)
    _cell = 4 * HALF_WIDTH / 400

    def __init__(self, target: Density) -> None:
        summed = logsumexp(grid.log_density(target, self._axis, self._axis), axis=0)
        self._log_density = summed - logsumexp(summed) - np.log(self._cell)

    def score_samples(self, X: np.ndarray) -> np.ndarray:
        """ln p(x₁) as ``(n,)`` for ``X (n, 1)``."""
        return np.interp(X[:, 0], self._axis, self._log_density, left=-np.inf, right=-np.inf)

    def quantile(self, u: np.ndarray) -> np.ndarray:
        """F⁻¹(u) as ``(n,)``, F rising in a straight line through each cell."""
        masses = np.broadcast_to(np.exp(self._log_density), (len(u), len(self._axis)))
        return -2 * HALF_WIDTH + self._cell * quantile_of_cells(masses, u)

    def curves(self, places: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
        """x₁ over the width of the plane and as far as the ``places`` lie, p and F there, ``(401,)`` each."""
        reach = max(HALF_WIDTH, float(np.abs(places).max()))
        x = np.linspace(-reach, reach, 401)
        density = np.exp(self.score_samples(x[:, None]))
        cumulative = np.cumsum(np.exp(self._log_density)) * self._cell
        return x, density, np.interp(x, self._axis + self._cell / 2, cumulative, left=0.0)
