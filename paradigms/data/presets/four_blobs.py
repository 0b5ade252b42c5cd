"""Four classes, one Gaussian each."""

import numpy as np

from paradigms.data.preset import Preset
from paradigms.data.shapes.gaussian_blobs import GaussianBlobs

_CENTRES = [[-2.0, 1.4], [1.5, 2.0], [2.1, -1.3], [-1.2, -1.9]]
_STRETCHES = [[1.1, 0.7], [0.8, 0.8], [0.7, 1.1], [1.2, 0.6]]


def _make(noise: float) -> tuple[GaussianBlobs, ...]:
    return tuple(
        GaussianBlobs([centre], noise**2 * np.diag(stretch) ** 2)
        for centre, stretch in zip(_CENTRES, _STRETCHES, strict=True)
    )


PRESET = Preset(
    title="Four blobs",
    description="Four classes of one Gaussian each, where a model of each class is right and simple.",
    make=_make,
    noise=0.6,
    class_names=("A", "B", "C", "D"),
    rank=90,
)
