"""The held-out numbers that both sides have; each says what it means when it is hovered over or focused."""

from __future__ import annotations

import streamlit as st

from pages.parts.text.numbers import rounded
from pages.parts.text.story import words
from paradigms.fits.assessment import Assessment
from paradigms.fits.parts import HeldOut


def classification(assessment: Assessment | None) -> None:
    held_out = assessment.held_out if assessment else HeldOut(0)
    meaning = with_reason(words("playground", "accuracy"), assessment, "accuracy")
    st.metric("accuracy", rounded(held_out.accuracy), help=meaning)
    meaning = with_reason(words("playground", "log loss"), assessment, "log_loss")
    st.metric("log loss", rounded(held_out.log_loss), help=meaning)


def with_reason(meaning: str, assessment: Assessment | None, number: str) -> str:
    """What a number means; and where there is none, why."""
    reason = assessment and assessment.why_no(number)
    return f"{meaning} {words('playground', reason)}" if reason else meaning


def fit_time(assessment: Assessment | None) -> None:
    milliseconds = assessment and 1000 * assessment.seconds
    st.metric("fit, ms", rounded(milliseconds, 0), help=words("playground", "fit time"))


def accuracy_in_words(assessment: Assessment) -> str:
    accuracy = assessment.held_out.accuracy
    if accuracy is None:
        return words("playground", "no held-out points")
    return words("playground", "held-out accuracy", accuracy=rounded(accuracy))
