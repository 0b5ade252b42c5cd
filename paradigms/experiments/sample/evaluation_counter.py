"""A denoiser or a velocity that counts how often it is asked."""

from __future__ import annotations

from typing import Any

import numpy as np


class EvaluationCounter:
    """Passes on what is asked of ``asked``; ``calls`` says how often that was."""

    def __init__(self, asked: Any) -> None:
        self.asked, self.calls = asked, 0

    def predict_noise(self, X: np.ndarray, noise_level: float, y: np.ndarray | None = None) -> np.ndarray:
        self.calls += 1
        return self.asked.predict_noise(X, noise_level, y)

    def velocity(self, X: np.ndarray, time: float, y: np.ndarray | None = None) -> np.ndarray:
        self.calls += 1
        return self.asked.velocity(X, time, y)
