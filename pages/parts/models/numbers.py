"""The held-out numbers of both sides; each says what it means when it is hovered over or focused."""

from __future__ import annotations

import streamlit as st

from pages.parts.text.story import tell, words
from paradigms.fits.assessment import DistributionAssessment, FunctionAssessment, SampleAssessment

UNKNOWN = "—"
INTEGRALS = {"exact": "integral", "lower_bound": "integral of a bound", "unnormalised": "no integral"}
WORTH_SAYING = 0.005  # of the probability, in places that the picture cannot show
LIKELIHOODS = {
    "exact": "log likelihood",
    "lower_bound": "log likelihood bound",
    "unnormalised": "log likelihood up to a constant",
}


def function_numbers(assessment: FunctionAssessment | None) -> None:
    with st.container(horizontal=True, key="function_numbers"):
        _classification(assessment)
        st.metric("mean ln p(x)", UNKNOWN, help=words("playground", "no log likelihood"))
        _fit_time(assessment)
    if assessment and assessment.support_vectors is not None:
        n = str(assessment.support_vectors.sum())
        if assessment.margin is None:
            tell("playground", "support vectors", n=n)
        else:
            tell("playground", "margin", n=n)


def distribution_numbers(assessment: DistributionAssessment | SampleAssessment | None) -> None:
    with st.container(horizontal=True, key="distribution_numbers"):
        if isinstance(assessment, SampleAssessment):
            _classification(None)
            st.metric(
                "distance",
                rounded(assessment.distance),
                help=words(
                    "playground",
                    "sample distance",
                    floor=rounded(assessment.floor),
                    n=str(assessment.n_compared),
                ),
            )
        else:
            _classification(assessment)
            meaning = LIKELIHOODS[assessment.density_kind if assessment else "exact"]
            st.metric("mean ln p(x)", _mean_log_density(assessment), help=words("playground", meaning))
        _fit_time(assessment)
    if isinstance(assessment, DistributionAssessment):
        _what_cannot_be_shown(assessment)


def density_numbers(assessment: DistributionAssessment) -> None:
    kind = assessment.density_kind
    integral = rounded(None if kind == "unnormalised" else assessment.integral, 3)
    with st.container(horizontal=True):
        mean_help = words("density", "mean") if kind == "exact" else words("playground", LIKELIHOODS[kind])
        st.metric("mean ln p(x), held out", _mean_log_density(assessment), help=mean_help)
        st.metric("integral over the plane", integral, help=words("density", INTEGRALS[kind]))
    _what_cannot_be_shown(assessment)


def _what_cannot_be_shown(assessment: DistributionAssessment) -> None:
    """Sentences where the density is narrower than a cell of the picture."""
    width = rounded(assessment.cell_width)
    if assessment.narrow > WORTH_SAYING:
        tell("density", "narrow", share=f"{100 * assessment.narrow:.0f} %", width=width)
    if assessment.contours.left_out:
        masses = ", ".join(f"{100 * mass:.0f}" for mass in assessment.contours.left_out)
        tell("density", "lines left out", masses=masses, width=width)


def _mean_log_density(assessment: DistributionAssessment | None) -> str:
    """A density that is known up to a constant has no such number."""
    known = assessment is not None and assessment.mean_log_density is not None
    return log_density(assessment.mean_log_density, assessment.density_kind) if known else UNKNOWN


def log_density(value: float, density_kind: str) -> str:
    """A value of ln p(x) that says so where it is a lower bound, or known up to a constant c."""
    shown = {"exact": "{}", "lower_bound": "≥ {}", "unnormalised": "{} + c"}[density_kind]
    return shown.format(rounded(value))


def rounded(value: float | None, digits: int = 2) -> str:
    """The number with a true minus sign, or a dash where there is none."""
    # Adding zero to what was rounded makes no minus of a zero.
    return UNKNOWN if value is None else f"{round(value, digits) + 0.0:.{digits}f}".replace("-", "−")


def percent(share: float) -> str:
    return f"{100 * share:.1f} %"


def _classification(assessment: FunctionAssessment | DistributionAssessment | None) -> None:
    st.metric("accuracy", rounded(assessment and assessment.accuracy), help=words("playground", "accuracy"))
    st.metric("log loss", rounded(assessment and assessment.log_loss), help=words("playground", "log loss"))


def _fit_time(assessment: FunctionAssessment | DistributionAssessment | SampleAssessment | None) -> None:
    milliseconds = assessment and 1000 * assessment.seconds
    st.metric("fit, ms", rounded(milliseconds, 0), help=words("playground", "fit time"))


def worth_of(draws: float) -> str:
    """How many independent draws some weighted ones are worth, in words where that is next to none."""
    return "less than 1" if draws < 1 else f"about {draws:.0f}"
