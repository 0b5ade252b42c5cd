"""Two isotropic Gaussians of unequal weight, far apart."""

from __future__ import annotations

from typing import Any

import numpy as np

from paradigms.densities.formula_target import FormulaTarget
from paradigms.densities.gaussians import Gaussians, mixture_moments
from paradigms.randomness import generator


class TwoIslands:
    """w N((−2, 0), s² I) + (1 − w) N((2, 0), s² I)."""

    density_kind = "exact"

    def __init__(self, weight: float = 0.7, deviation: float = 0.5) -> None:
        self.weights = np.array([weight, 1 - weight])
        self.gaussians = Gaussians(
            np.array([[-2.0, 0.0], [2.0, 0.0]]), np.array([deviation**2 * np.eye(2)] * 2)
        )

    def score_samples(self, X: np.ndarray) -> np.ndarray:
        """log p(x) as ``(n,)`` for ``X (n, 2)``."""
        return self.gaussians.mixture_log_density(X, np.log(self.weights))

    def log_density_gradient(self, X: np.ndarray) -> np.ndarray:
        """∇ log p(x) as ``(n, 2)``."""
        return self.gaussians.mixture_log_density_and_gradient(X, np.log(self.weights))[1]

    def sample(self, n_samples: int, random_state: Any = None) -> np.ndarray:
        """x ~ p(x) as ``(n, 2)``."""
        rng = generator(random_state)
        return self.gaussians.sample(rng.choice(2, size=n_samples, p=self.weights), rng)

    def mean_and_covariance(self) -> tuple[np.ndarray, np.ndarray]:
        """E[x] ``(2,)`` and the covariance ``(2, 2)``."""
        return mixture_moments(self.weights, self.gaussians.means, self.gaussians.covariances)


TARGET = FormulaTarget(
    "Two islands",
    TwoIslands(),
    "A chain that takes small steps stays on the island where it began.",
    rank=10,
)
