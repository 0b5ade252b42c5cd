"""One arm of a pinwheel: a Gaussian, twisted about the origin."""

from __future__ import annotations

import numpy as np

from paradigms import grid

_CELLS, _FAR = 120, 6.0  # of the midpoint rule, a side, and standard deviations to its edge


class TwistedGaussian:
    """z ~ N((radius, 0), diag(radial², tangential²)), then turned about the origin by angle + twist · |z|.

    The turn depends on the distance from the origin only and keeps it. So the inverse turns back by the same
    angle, areas are kept (the Jacobian determinant is 1), and the density is the Gaussian's at the point
    turned back.
    """

    def __init__(self, radius: float, radial: float, tangential: float, angle: float, twist: float) -> None:
        self.mean = np.array([radius, 0.0])
        self.std = np.array([radial, tangential])
        self.angle, self.twist = angle, twist

    def log_density(self, X: np.ndarray) -> np.ndarray:
        standard = (self._turned(X, -1) - self.mean) / self.std
        return -0.5 * (standard**2).sum(axis=1) - np.log(2 * np.pi * self.std.prod())

    def mass_within(self, half_width: float) -> float:
        """By the midpoint rule on z, since no formula says which points come to lie within when turned.

        To 2e-3 where the edge goes through the thick of it, and to 1e-5 where it cuts off a thousandth.
        """
        axis = grid.axis(_CELLS, _FAR)
        Z = grid.points(axis, axis)
        weights = np.exp(-0.5 * (Z**2).sum(axis=1))
        inside = (np.abs(self._turned(self.mean + self.std * Z, 1)) <= half_width).all(axis=1)
        return float(weights[inside].sum() / weights.sum())

    def sample(self, n: int, rng: np.random.Generator) -> np.ndarray:
        return self._turned(self.mean + self.std * rng.standard_normal((n, 2)), 1)

    def _turned(self, X: np.ndarray, direction: int) -> np.ndarray:
        angle = direction * (self.angle + self.twist * np.hypot(X[:, 0], X[:, 1]))
        cos, sin = np.cos(angle), np.sin(angle)
        return np.column_stack([cos * X[:, 0] - sin * X[:, 1], sin * X[:, 0] + cos * X[:, 1]])
