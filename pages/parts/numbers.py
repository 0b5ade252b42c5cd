"""The held-out numbers of both sides; each says what it means when it is hovered over or focused."""

from __future__ import annotations

import streamlit as st

from pages.parts.story import words
from paradigms.evaluation.assessment import DistributionAssessment, FunctionAssessment

UNKNOWN = "—"


def function_numbers(assessment: FunctionAssessment | None) -> None:
    with st.container(horizontal=True, key="function_numbers"):
        _classification(assessment)
        st.metric("log-likelihood", UNKNOWN, help=words("playground", "no log likelihood"))
        _fit_time(assessment)


def distribution_numbers(assessment: DistributionAssessment | None) -> None:
    with st.container(horizontal=True, key="distribution_numbers"):
        _classification(assessment)
        st.metric(
            "log-likelihood",
            rounded(assessment and assessment.mean_log_density),
            help=words("playground", "log likelihood"),
        )
        _fit_time(assessment)


def density_numbers(assessment: DistributionAssessment) -> None:
    mean, integral = rounded(assessment.mean_log_density), rounded(assessment.integral, 3)
    with st.container(horizontal=True):
        st.metric("mean ln p(x), held out", mean, help=words("density", "mean"))
        st.metric("integral over the plane", integral, help=words("density", "integral"))


def rounded(value: float | None, digits: int = 2) -> str:
    """The number with a true minus sign, or a dash where there is none."""
    return UNKNOWN if value is None else f"{value:.{digits}f}".replace("-", "−")


def _classification(assessment: FunctionAssessment | DistributionAssessment | None) -> None:
    st.metric("accuracy", rounded(assessment and assessment.accuracy), help=words("playground", "accuracy"))
    st.metric("log loss", rounded(assessment and assessment.log_loss), help=words("playground", "log loss"))


def _fit_time(assessment: FunctionAssessment | DistributionAssessment | None) -> None:
    milliseconds = assessment and 1000 * assessment.seconds
    st.metric("fit, ms", rounded(milliseconds, 0), help=words("playground", "fit time"))
