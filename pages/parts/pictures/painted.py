"""Pictures of what was assessed, painted once: pages are run over and over."""

from __future__ import annotations

from collections.abc import Callable

from pages.parts.computing.results import recorded
from paradigms.fits.assessment import Assessment
from paradigms.scene.layers import Layer

Picture = Callable[[Assessment], tuple[Layer, ...]]


def painted(picture: Picture, assessment: Assessment) -> tuple[Layer, ...]:
    """The layers of ``picture(assessment)``."""
    return recorded(assessment.digest, picture, assessment)
