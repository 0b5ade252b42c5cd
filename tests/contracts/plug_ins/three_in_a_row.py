"""Three Gaussians of one class each, side by side."""

from paradigms.data.preset import Preset
from paradigms.data.shapes.gaussian_blobs import GaussianBlobs

PRESET = Preset(
    title="Three in a row",
    description="Three Gaussians side by side, of which the middle one needs two boundaries.",
    make=lambda noise: tuple(GaussianBlobs([[x, 0.0]], noise**2) for x in (-2.2, 0.0, 2.2)),
    noise=0.5,
    class_names=("A", "B", "C"),
    rank=200,
)
