"""Two half circles that reach into one another."""

import numpy as np

from paradigms.data.preset import Preset
from paradigms.data.shapes.blurred_curve import BlurredCurve

_RADIUS = 1.9


def _upper(u: np.ndarray) -> np.ndarray:
    return _RADIUS * np.column_stack([np.cos(np.pi * u) - 0.5, np.sin(np.pi * u) - 0.25])


def _lower(u: np.ndarray) -> np.ndarray:
    return -_upper(u)


PRESET = Preset(
    title="Moons",
    description="Two half circles that reach into one another, which no straight line can separate.",
    make=lambda noise: (BlurredCurve(_upper, noise), BlurredCurve(_lower, noise)),
    noise=0.25,
    rank=40,
)
