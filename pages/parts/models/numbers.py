"""The held-out numbers of both sides; each says what it means when it is hovered over or focused."""

from __future__ import annotations

import streamlit as st

from pages.parts.text.numbers import UNKNOWN, log_density, rounded
from pages.parts.text.story import tell, words
from paradigms.fits.assessment import Assessment
from paradigms.fits.parts import Density, HeldOut

INTEGRALS = {"exact": "integral", "lower_bound": "integral of a bound", "unnormalised": "no integral"}
WORTH_SAYING = 0.005  # of the probability, in places that the picture cannot show
LIKELIHOODS = {
    "exact": "log likelihood",
    "lower_bound": "log likelihood bound",
    "unnormalised": "log likelihood up to a constant",
}


def function_numbers(assessment: Assessment | None) -> None:
    with st.container(horizontal=True, key="function_numbers"):
        _classification(assessment)
        st.metric("mean ln p(x)", UNKNOWN, help=words("playground", "no log likelihood"))
        _fit_time(assessment)
    boundary = assessment and assessment.boundary
    if boundary and boundary.support_vectors is not None:
        n = str(boundary.support_vectors.sum())
        if boundary.margin is None:
            tell("playground", "support vectors", n=n)
        else:
            tell("playground", "margin", n=n)


def distribution_numbers(assessment: Assessment | None) -> None:
    with st.container(horizontal=True, key="distribution_numbers"):
        if assessment and not assessment.density:
            _classification(assessment)
            st.metric(
                "distance",
                rounded(assessment.held_out.distance),
                help=_with_reason(
                    words(
                        "playground",
                        "sample distance",
                        floor=rounded(assessment.held_out.floor),
                        n=str(assessment.held_out.n_compared),
                    ),
                    assessment,
                    "distance",
                ),
            )
        else:
            _classification(assessment)
            kind = assessment.density.kind if assessment else "exact"
            meaning = words("playground", LIKELIHOODS[kind])
            if kind != "unnormalised":  # which is its own reason
                meaning = _with_reason(meaning, assessment, "mean_log_density")
            st.metric("mean ln p(x)", _mean_log_density(assessment), help=meaning)
        _fit_time(assessment)
    if assessment and assessment.density:
        _what_cannot_be_shown(assessment.density)


def density_numbers(assessment: Assessment) -> None:
    kind = assessment.density.kind
    integral = rounded(None if kind == "unnormalised" else assessment.density.integral, 3)
    with st.container(horizontal=True):
        mean_help = words("density", "mean") if kind == "exact" else words("playground", LIKELIHOODS[kind])
        st.metric("mean ln p(x), held out", _mean_log_density(assessment), help=mean_help)
        st.metric("integral over the plane", integral, help=words("density", INTEGRALS[kind]))
    _what_cannot_be_shown(assessment.density)


def _what_cannot_be_shown(density: Density) -> None:
    """Sentences where the density is narrower than a cell of the picture."""
    width = rounded(density.cell_width)
    if density.narrow > WORTH_SAYING:
        tell("density", "narrow", share=f"{100 * density.narrow:.0f} %", width=width)
    if density.contours.left_out:
        masses = ", ".join(f"{100 * mass:.0f}" for mass in density.contours.left_out)
        tell("density", "lines left out", masses=masses, width=width)


def _mean_log_density(assessment: Assessment | None) -> str:
    """A density that is known up to a constant has no such number."""
    mean = assessment and assessment.held_out.mean_log_density
    return UNKNOWN if mean is None else log_density(mean, assessment.density.kind)


def _classification(assessment: Assessment | None) -> None:
    held_out = assessment.held_out if assessment else HeldOut(0)
    meaning = _with_reason(words("playground", "accuracy"), assessment, "accuracy")
    st.metric("accuracy", rounded(held_out.accuracy), help=meaning)
    meaning = _with_reason(words("playground", "log loss"), assessment, "log_loss")
    st.metric("log loss", rounded(held_out.log_loss), help=meaning)


def _with_reason(meaning: str, assessment: Assessment | None, number: str) -> str:
    """What a number means; and where there is none, why."""
    reason = assessment and assessment.why_no(number)
    return f"{meaning} {words('playground', reason)}" if reason else meaning


def _fit_time(assessment: Assessment | None) -> None:
    milliseconds = assessment and 1000 * assessment.seconds
    st.metric("fit, ms", rounded(milliseconds, 0), help=words("playground", "fit time"))
