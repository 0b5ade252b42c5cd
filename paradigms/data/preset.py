"""What a preset is: a recipe for p(x|y), with the settings that it opens with."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from paradigms.data.truth import Conditional, Truth


@dataclass(frozen=True)
class Preset:
    """``make(noise)`` gives one conditional a class; ``noise`` is a standard deviation in plane units.

    ``balance`` is the share of the first class, None for equal shares; the other classes share the rest.
    ``description`` is one plain sentence on what the preset teaches; ``rank`` orders the thumbnails.
    """

    title: str
    description: str
    make: Callable[[float], tuple[Conditional, ...]]
    noise: float
    rank: int
    class_names: tuple[str, ...] = ("A", "B")
    balance: float | None = None
    noise_range: tuple[float, float] = (0.02, 1.0)
    balance_range: tuple[float, float] = (0.01, 0.99)

    def truth(
        self, noise: float | None = None, balance: float | None = None, label_noise: float = 0.0
    ) -> Truth:
        """The p(x, y) that the preset's points are drawn from; None stands for the preset's own setting."""
        noise = self.noise if noise is None else noise
        return Truth(self.make(noise), self._prior(self.balance if balance is None else balance), label_noise)

    def _prior(self, balance: float | None) -> np.ndarray:
        n_classes = len(self.class_names)
        if balance is None:
            return np.full(n_classes, 1 / n_classes)
        return np.array([balance] + [(1 - balance) / (n_classes - 1)] * (n_classes - 1))
