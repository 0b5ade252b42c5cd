"""Eight small Gaussians on a ring, the classes by turns."""

import numpy as np

from paradigms.data.preset import Preset
from paradigms.data.shapes.gaussian_blobs import GaussianBlobs


def _make(noise: float) -> tuple[GaussianBlobs, ...]:
    angles = np.pi / 4 * np.arange(8)
    centres = 2.6 * np.column_stack([np.cos(angles), np.sin(angles)])
    return GaussianBlobs(centres[0::2], noise**2), GaussianBlobs(centres[1::2], noise**2)


PRESET = Preset(
    title="Eight Gaussians",
    description="Eight separate lumps on a ring: a good test of whether a sampler visits them all.",
    make=_make,
    noise=0.25,
    rank=100,
)
