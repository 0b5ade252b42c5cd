"""Uniform quantisation: real values as unsigned integers of few bytes."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from paradigms.data.drawn_points import HALF_RANGE


class Quantised(NamedTuple):
    """Real values as unsigned integers: ``shift + scale * stored``, to half a ``scale``."""

    stored: np.ndarray
    scale: float
    shift: float

    @classmethod
    def of(cls, values: np.ndarray, low: float, high: float, dtype: type = np.uint16) -> Quantised:
        """Values of [low, high] over the whole range of ``dtype``; values outside are clipped."""
        steps = np.iinfo(dtype).max
        scale = (high - low) / steps if high > low else 1.0
        return cls(np.clip(np.rint((values - low) / scale), 0, steps).astype(dtype), scale, low)

    @classmethod
    def on_the_lattice(cls, places: np.ndarray) -> Quantised:
        """Places in plane units ``(..., 2)``."""
        return cls.of(places, -HALF_RANGE, HALF_RANGE)
