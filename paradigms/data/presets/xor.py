"""Exclusive or: the class is the product of two signs."""

from paradigms.data.preset import Preset
from paradigms.data.shapes.gaussian_blobs import GaussianBlobs

_REACH = 1.6


def _make(noise: float) -> tuple[GaussianBlobs, ...]:
    alike = [[_REACH, _REACH], [-_REACH, -_REACH]]
    opposite = [[-_REACH, _REACH], [_REACH, -_REACH]]
    return GaussianBlobs(alike, noise**2), GaussianBlobs(opposite, noise**2)


PRESET = Preset(
    title="Exclusive or",
    description="Neither coordinate says anything about the class alone, and both together say nearly all.",
    make=_make,
    noise=0.6,
    rank=60,
)
