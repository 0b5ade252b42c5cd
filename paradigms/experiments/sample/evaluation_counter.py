"""A denoiser or a velocity field that counts its evaluations."""

from __future__ import annotations

import numpy as np

from paradigms.protocols import Denoiser, VelocityField


class EvaluationCounter:
    """Evaluates ``field``, n points at a time; ``calls`` says how often."""

    def __init__(self, field: Denoiser | VelocityField) -> None:
        self.field, self.calls = field, 0

    def predict_noise(self, X: np.ndarray, noise_level: float, y: np.ndarray | None = None) -> np.ndarray:
        self.calls += 1
        return self.field.predict_noise(X, noise_level, y)

    def velocity(self, X: np.ndarray, time: float, y: np.ndarray | None = None) -> np.ndarray:
        self.calls += 1
        return self.field.velocity(X, time, y)
