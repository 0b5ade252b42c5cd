"""Two arms of an Archimedean spiral."""

import numpy as np

from paradigms.data.preset import Preset
from paradigms.data.shapes.blurred_curve import BlurredCurve

_FIRST_ANGLE, _LAST_ANGLE = 0.35 * np.pi, 3.3 * np.pi
_OUTER_RADIUS = 3.3


def _arm(turned_by: float, noise: float) -> BlurredCurve:
    def path(u: np.ndarray) -> np.ndarray:
        # A speed of nearly one: the arc length of r = bθ grows about as θ².
        angle = np.sqrt(_FIRST_ANGLE**2 + u * (_LAST_ANGLE**2 - _FIRST_ANGLE**2))
        radius = _OUTER_RADIUS * angle / _LAST_ANGLE
        return radius[:, None] * np.column_stack([np.cos(angle + turned_by), np.sin(angle + turned_by)])

    return BlurredCurve(path, noise)


PRESET = Preset(
    title="Spiral",
    description="Two arms wound round one another, where a boundary needs many turns and every point counts.",
    make=lambda noise: (_arm(0.0, noise), _arm(np.pi, noise)),
    noise=0.14,
    rank=70,
)
