"""Neal's funnel: one coordinate sets the standard deviation of the other."""

from __future__ import annotations

from typing import Any

import numpy as np
from scipy.stats import norm

from paradigms.densities.formula_target import FormulaTarget
from paradigms.randomness import generator


class Funnel:
    """x₂ ~ N(0, 1), x₁ ~ N(0, (w exp(x₂))²). Neal (2003), Slice sampling, section 8."""

    density_kind = "exact"

    def __init__(self, width: float = 0.5) -> None:
        self.width = width

    def score_samples(self, X: np.ndarray) -> np.ndarray:
        """log p(x) as ``(n,)`` for ``X (n, 2)``."""
        x1, x2 = X.T
        scaled = x1 * np.exp(-x2) / self.width
        return norm.logpdf(x2) + norm.logpdf(scaled) - np.log(self.width) - x2

    def log_density_gradient(self, X: np.ndarray) -> np.ndarray:
        """∇ log p(x) as ``(n, 2)``."""
        x1, x2 = X.T
        inverse = np.exp(-2 * x2) / self.width**2
        return np.column_stack([-x1 * inverse, x1**2 * inverse - 1 - x2])

    def sample(self, n_samples: int, random_state: Any = None) -> np.ndarray:
        """x ~ p(x) as ``(n, 2)``."""
        rng = generator(random_state)
        x2 = rng.standard_normal(n_samples)
        return np.column_stack([self.width * np.exp(x2) * rng.standard_normal(n_samples), x2])

    def mean_and_covariance(self) -> tuple[np.ndarray, np.ndarray]:
        """E exp(2x₂) = e²."""
        return np.zeros(2), np.diag([(self.width * np.e) ** 2, 1.0])


TARGET = FormulaTarget(
    "Funnel", Funnel(), "A step that suits the wide mouth is far too large for the neck.", rank=40
)
