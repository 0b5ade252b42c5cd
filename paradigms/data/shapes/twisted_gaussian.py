"""One arm of a pinwheel: a Gaussian, twisted about the origin."""

from __future__ import annotations

import numpy as np


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

    def sample(self, n: int, rng: np.random.Generator) -> np.ndarray:
        return self._turned(self.mean + self.std * rng.standard_normal((n, 2)), 1)

    def _turned(self, X: np.ndarray, direction: int) -> np.ndarray:
        angle = direction * (self.angle + self.twist * np.hypot(X[:, 0], X[:, 1]))
        cos, sin = np.cos(angle), np.sin(angle)
        return np.column_stack([cos * X[:, 0] - sin * X[:, 1], sin * X[:, 0] + cos * X[:, 1]])
