"""A tight Gaussian inside a wide one: the best boundary is a closed curve."""

from paradigms.data.preset import Preset
from paradigms.data.shapes.gaussian_blobs import GaussianBlobs


def _make(noise: float) -> tuple[GaussianBlobs, ...]:
    tight, wide = (0.35 * noise) ** 2, (1.25 * noise) ** 2
    return GaussianBlobs([[-0.9, -0.4]], tight), GaussianBlobs([[0.5, 0.2]], wide)


PRESET = Preset(
    title="Two Gaussians, different spread",
    description="A tight Gaussian within a wide one, where the best boundary bends round the tight one.",
    make=_make,
    noise=0.95,
    rank=20,
)
