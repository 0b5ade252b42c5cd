"""Four bent arms that meet in the middle."""

import numpy as np

from paradigms.data.preset import Preset
from paradigms.data.shapes.twisted_gaussian import TwistedGaussian


def _make(noise: float) -> tuple[TwistedGaussian, ...]:
    angles = np.pi / 2 * np.arange(4)
    return tuple(TwistedGaussian(2.1, 0.6, noise, angle, twist=0.75) for angle in angles)


PRESET = Preset(
    title="Pinwheel",
    description="Four bent arms, one a class, each a Gaussian twisted about the middle.",
    make=_make,
    noise=0.24,
    class_names=("A", "B", "C", "D"),
    rank=80,
)
