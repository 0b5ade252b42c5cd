"""What pages say of a density in numbers: its mean on held-out points, and what its picture cannot show."""

from __future__ import annotations

from pages.parts.text.numbers import UNKNOWN, log_density, percent, rounded
from pages.parts.text.story import tell
from paradigms.fits.assessment import Assessment
from paradigms.fits.parts import Density

WORTH_SAYING = 0.005  # of the probability, in places that the picture cannot show
LIKELIHOODS = {
    "exact": "log likelihood",
    "lower_bound": "log likelihood bound",
    "unnormalised": "log likelihood up to a constant",
}


def mean_log_density(assessment: Assessment | None) -> str:
    """A density that is known up to a constant has no such number."""
    mean = assessment and assessment.held_out.mean_log_density
    return UNKNOWN if mean is None else log_density(mean, assessment.density.kind)


def tell_what_cannot_be_shown(density: Density) -> None:
    """Sentences where the density is narrower than a cell of the picture."""
    width = rounded(density.cell_width)
    if density.narrow > WORTH_SAYING:
        tell("density", "narrow", share=percent(min(density.narrow, 1.0), 0), width=width)
    if density.contours.left_out:
        masses = ", ".join(f"{100 * mass:.0f}" for mass in density.contours.left_out)
        tell("density", "lines left out", masses=masses, width=width)
