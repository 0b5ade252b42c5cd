"""A squiggle: a Gaussian whose second coordinate is shifted by a sine of the first."""

from __future__ import annotations

from typing import Any

import numpy as np

from paradigms.densities.formula_target import FormulaTarget
from paradigms.densities.gaussians import Gaussians
from paradigms.randomness import generator


class Squiggle:
    """(x₁, x₂ + sin(f x₁)) ~ N(0, Σ); the shift keeps all areas, so the density is that of the Gaussian."""

    density_kind = "exact"

    def __init__(self, frequency: float = 3.0) -> None:
        self.frequency = frequency
        self.covariance = np.array([[2.0, 0.25], [0.25, 0.3]])
        self.gaussian = Gaussians(np.zeros((1, 2)), self.covariance[None])

    def score_samples(self, X: np.ndarray) -> np.ndarray:
        """log p(x) as ``(n,)`` for ``X (n, 2)``."""
        return self.gaussian.log_density(self._to_gaussian(X))[:, 0]

    def log_density_gradient(self, X: np.ndarray) -> np.ndarray:
        """∇ log p(x) as ``(n, 2)``."""
        gradient = self.gaussian.component_gradient(self._to_gaussian(X), np.zeros(len(X), dtype=int))
        gradient[:, 0] += self.frequency * np.cos(self.frequency * X[:, 0]) * gradient[:, 1]
        return gradient

    def sample(self, n_samples: int, random_state: Any = None) -> np.ndarray:
        """x ~ p(x) as ``(n, 2)``."""
        Z = self.gaussian.sample(np.zeros(n_samples, dtype=int), generator(random_state))
        Z[:, 1] -= np.sin(self.frequency * Z[:, 0])
        return Z

    def mean_and_covariance(self) -> tuple[np.ndarray, np.ndarray]:
        """For z ~ N(0, v): Var sin(fz) = (1 − e^(−2f²v))/2, and by Stein E z sin(fz) = v f e^(−f²v/2)."""
        f, ((v, c), (_, w)) = self.frequency, self.covariance
        decay = f * np.exp(-0.5 * f**2 * v)
        across = c - v * decay
        own = w + (1 - np.exp(-2 * f**2 * v)) / 2 - 2 * c * decay
        return np.zeros(2), np.array([[v, across], [across, own]])

    def _to_gaussian(self, X: np.ndarray) -> np.ndarray:
        return np.column_stack([X[:, 0], X[:, 1] + np.sin(self.frequency * X[:, 0])])


TARGET = FormulaTarget(
    "Squiggle", Squiggle(), "The slope points across the path and hardly ever along it.", rank=50
)
