"""Two long Gaussians that cross at a right angle."""

from typing import Any

import numpy as np

from paradigms.densities.formula_target import FormulaTarget
from paradigms.densities.gaussians import Gaussians, mixture_moments
from paradigms.randomness import generator


class CrossedGaussians:
    """½ N(0, diag(a², b²)) + ½ N(0, diag(b², a²))."""

    density_kind = "exact"

    def __init__(self, a: float = 1.5, b: float = 0.4) -> None:
        self.weights = np.array([0.5, 0.5])
        self.gaussians = Gaussians(np.zeros((2, 2)), np.array([np.diag([a**2, b**2]), np.diag([b**2, a**2])]))

    def score_samples(self, X: np.ndarray) -> np.ndarray:
        return self.gaussians.mixture_log_density(X, np.log(self.weights))

    def log_density_gradient(self, X: np.ndarray) -> np.ndarray:
        return self.gaussians.mixture_log_density_and_gradient(X, np.log(self.weights))[1]

    def sample(self, n_samples: int, random_state: Any = None) -> np.ndarray:
        rng = generator(random_state)
        return self.gaussians.sample(rng.choice(2, size=n_samples, p=self.weights), rng)

    def mean_and_covariance(self) -> tuple[np.ndarray, np.ndarray]:
        return mixture_moments(self.weights, self.gaussians.means, self.gaussians.covariances)


TARGET = FormulaTarget("Crossed Gaussians", CrossedGaussians(), "Each arm wants steps of its own.")
