"""The banana: a Gaussian sheared along a parabola."""

from __future__ import annotations

from typing import Any

import numpy as np
from scipy.stats import norm

from paradigms.densities.formula_target import FormulaTarget
from paradigms.randomness import generator


class Banana:
    """x₁ ~ N(0, a²), x₂ ~ N(b (x₁² − a²), s²). Haario, Saksman and Tamminen (1999) bend one like it."""

    density_kind = "exact"

    def __init__(self, a: float = 1.2, b: float = 0.5, s: float = 0.35) -> None:
        self.a, self.b, self.s = a, b, s

    def score_samples(self, X: np.ndarray) -> np.ndarray:
        """log p(x) as ``(n,)`` for ``X (n, 2)``."""
        x1, x2 = X.T
        return norm.logpdf(x1, scale=self.a) + norm.logpdf(x2 - self._middle(x1), scale=self.s)

    def log_density_gradient(self, X: np.ndarray) -> np.ndarray:
        """∇ log p(x) as ``(n, 2)``."""
        x1, x2 = X.T
        pull = (x2 - self._middle(x1)) / self.s**2
        return np.column_stack([-x1 / self.a**2 + 2 * self.b * x1 * pull, -pull])

    def sample(self, n_samples: int, random_state: Any = None) -> np.ndarray:
        """x ~ p(x) as ``(n, 2)``."""
        rng = generator(random_state)
        x1 = self.a * rng.standard_normal(n_samples)
        return np.column_stack([x1, self._middle(x1) + self.s * rng.standard_normal(n_samples)])

    def mean_and_covariance(self) -> tuple[np.ndarray, np.ndarray]:
        """x₁² has mean a² and variance 2a⁴, and x₁³ has mean 0."""
        return np.zeros(2), np.diag([self.a**2, 2 * self.b**2 * self.a**4 + self.s**2])

    def _middle(self, x1: np.ndarray) -> np.ndarray:
        return self.b * (x1**2 - self.a**2)


TARGET = FormulaTarget(
    "Banana", Banana(), "The ridge is narrow and bent, so a straight step soon leaves it.", rank=20
)
