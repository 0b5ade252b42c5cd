"""A ring: a radius about a constant, and a uniform angle."""

from __future__ import annotations

from typing import Any

import numpy as np
from scipy.stats import norm

from paradigms.densities.formula_target import FormulaTarget
from paradigms.randomness import generator


class Ring:
    """p(x) ∝ exp(−(|x| − R)²/2s²)."""

    density_kind = "exact"

    def __init__(self, radius: float = 2.0, deviation: float = 0.25) -> None:
        self.radius, self.deviation = radius, deviation

    def score_samples(self, X: np.ndarray) -> np.ndarray:
        """log p(x) as ``(n,)`` for ``X (n, 2)``."""
        distance = np.linalg.norm(X, axis=1) - self.radius
        return -0.5 * (distance / self.deviation) ** 2 - np.log(2 * np.pi * self._moments()[0])

    def log_density_gradient(self, X: np.ndarray) -> np.ndarray:
        """∇ log p(x) as ``(n, 2)``."""
        r = np.linalg.norm(X, axis=1, keepdims=True)
        return (self.radius - r) / self.deviation**2 * X / np.maximum(r, 1e-12)

    def sample(self, n_samples: int, random_state: Any = None) -> np.ndarray:
        """r has the density ∝ r exp(−(r − R)²/2s²): a normal number, kept with a probability ∝ r."""
        rng, kept = generator(random_state), np.empty(0)
        while len(kept) < n_samples:
            r = self.radius + self.deviation * rng.standard_normal(2 * n_samples)
            kept = np.append(kept, r[rng.random(len(r)) < r / (self.radius + 8 * self.deviation)])
        angle = 2 * np.pi * rng.random(n_samples)
        return kept[:n_samples, None] * np.column_stack([np.cos(angle), np.sin(angle)])

    def mean_and_covariance(self) -> tuple[np.ndarray, np.ndarray]:
        """E[x] ``(2,)`` and the covariance ``(2, 2)``."""
        first, third = self._moments()
        return np.zeros(2), third / first / 2 * np.eye(2)

    def _moments(self) -> tuple[float, float]:
        """∫ r φ dr and ∫ r³ φ dr over r > 0, φ = exp(−(r − R)²/2s²), by parts."""
        R, s = self.radius, self.deviation
        at_zero = np.exp(-0.5 * (R / s) ** 2)
        mass = s * np.sqrt(2 * np.pi) * norm.cdf(R / s)
        first = R * mass + s**2 * at_zero
        second = R * first + s**2 * mass
        return float(first), float(R * second + 2 * s**2 * first)


TARGET = FormulaTarget(
    "Ring", Ring(), "Going round takes long, since every step that leaves the ring is refused.", rank=30
)
