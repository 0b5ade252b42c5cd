"""A ring round a ring."""

import numpy as np

from paradigms.data.preset import Preset
from paradigms.data.shapes.blurred_curve import BlurredCurve


def _ring(radius: float, noise: float) -> BlurredCurve:
    def path(u: np.ndarray) -> np.ndarray:
        return radius * np.column_stack([np.cos(2 * np.pi * u), np.sin(2 * np.pi * u)])

    return BlurredCurve(path, noise)


PRESET = Preset(
    title="Circles",
    description="A ring round a ring: both classes have the same mean, so only their shape tells them apart.",
    make=lambda noise: (_ring(1.25, noise), _ring(2.7, noise)),
    noise=0.25,
    rank=50,
)
