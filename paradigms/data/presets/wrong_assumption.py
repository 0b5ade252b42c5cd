"""One class in two far lumps: a single Gaussian is the wrong assumption for it."""

from paradigms.data.preset import Preset
from paradigms.data.shapes.gaussian_blobs import GaussianBlobs


def _make(noise: float) -> tuple[GaussianBlobs, ...]:
    return GaussianBlobs([[-2.5, 1.0], [2.5, -1.0]], noise**2), GaussianBlobs([[0.0, 0.0]], noise**2)


PRESET = Preset(
    title="Wrong assumption",
    description="One class lies in two far lumps, so a single Gaussian peaks where that class never is.",
    make=_make,
    noise=0.5,
    rank=30,
)
