"""Squares of two colours."""

import numpy as np

from paradigms.data.preset import Preset
from paradigms.data.shapes.blurred_squares import BlurredSquares

_SIDE = 1.5


def _make(noise: float) -> tuple[BlurredSquares, ...]:
    column, row = np.divmod(np.arange(16), 4)
    centres = _SIDE * (np.column_stack([column, row]) - 1.5)
    dark = (column + row) % 2 == 0
    return BlurredSquares(centres[dark], _SIDE, noise), BlurredSquares(centres[~dark], _SIDE, noise)


PRESET = Preset(
    title="Checkerboard",
    description="Sixteen squares of two colours: p(x) is flat and tells nothing, p(y|x) is all corners.",
    make=_make,
    noise=0.05,
    rank=110,
)
