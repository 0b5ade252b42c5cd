"""Nineteen of one class to one of the other."""

import numpy as np

from paradigms.data.preset import Preset
from paradigms.data.shapes.gaussian_blobs import GaussianBlobs


def _make(noise: float) -> tuple[GaussianBlobs, ...]:
    common = noise**2 * np.array([[1.3, 0.35], [0.35, 0.8]])
    return GaussianBlobs([[-0.6, -0.4]], common), GaussianBlobs([[1.7, 1.3]], (0.6 * noise) ** 2)


PRESET = Preset(
    title="Imbalanced, 95 to 5",
    description="One class is nineteen times rarer, so accuracy flatters and the prior p(y) decides.",
    make=_make,
    noise=0.9,
    balance=0.95,
    rank=120,
)
