"""The exact denoiser of a density that can be convolved with Gaussian noise."""

from __future__ import annotations

import numpy as np

from paradigms.protocols import ConditionallyDifferentiable, can


class ExactDenoiser:
    """E[ε | x] = −σ ∇ log p_σ(x), for models with ``noised`` and ``log_density_gradient``.

    References
    ----------
    Efron (2011), Tweedie's formula and selection bias, eq. 1.4 (after Robbins 1956).
    """

    def predict_noise(self, X: np.ndarray, noise_level: float, y: np.ndarray | None = None) -> np.ndarray:
        """E[ε | x] for x = x₀ + σε as ``(n, d)``, σ = ``noise_level``.

        With labels ``y (n,)``, given each point's class; a density that is blind to classes ignores them.
        """
        noised = self.noised(noise_level)
        if y is None or not can(noised, ConditionallyDifferentiable):
            return -noise_level * noised.log_density_gradient(X)
        return -noise_level * noised.log_conditional_gradient(X, y)
