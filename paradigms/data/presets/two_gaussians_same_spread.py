"""Two Gaussians with one covariance: what linear discriminant analysis assumes."""

import numpy as np

from paradigms.data.preset import Preset
from paradigms.data.shapes.gaussian_blobs import GaussianBlobs


def _make(noise: float) -> tuple[GaussianBlobs, ...]:
    covariance = noise**2 * np.array([[1.0, 0.45], [0.45, 0.8]])
    return GaussianBlobs([[-1.5, 0.5]], covariance), GaussianBlobs([[1.5, -0.5]], covariance)


PRESET = Preset(
    title="Two Gaussians, same spread",
    description="Two Gaussians of the same shape, where the best boundary is a straight line.",
    make=_make,
    noise=0.85,
    rank=10,
)
