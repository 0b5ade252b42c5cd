"""A density by itself: its picture over the points, no classes and no boundary, and its numbers."""

from __future__ import annotations

from typing import Any

import streamlit as st

from pages.parts.models.numbers import LIKELIHOODS, mean_log_density, tell_what_cannot_be_shown
from pages.parts.pictures.alternatives import in_words
from pages.parts.pictures.painted import painted
from pages.parts.pictures.scenes import show_scene
from pages.parts.text.numbers import rounded
from pages.parts.text.story import words
from paradigms.data.dataset import Dataset
from paradigms.fits.assessment import Assessment
from paradigms.scene import pictures

INTEGRALS = {"exact": "integral", "lower_bound": "integral of a bound", "unnormalised": "no integral"}


def one_density(
    name: str, title: str, data: Dataset, assessment: Assessment | None, dimmed: str | None, **standing: Any
) -> None:
    """The plane of that ``name``; and the numbers beneath it, where there are any yet."""
    layers = painted(pictures.density, assessment) if assessment else ()
    layers += (pictures.data(data, faded=True),)
    alt = words("density", "alt", title=title, data=in_words(data))
    # Models and the truth have names that settings have, too.
    show_scene(name, alt, layers, data, key=f"density_{name}", dimmed=dimmed, **standing)
    if assessment:
        _numbers(assessment)


def _numbers(assessment: Assessment) -> None:
    kind = assessment.density.kind
    integral = rounded(None if kind == "unnormalised" else assessment.density.integral, 3)
    with st.container(horizontal=True):
        mean_help = words("density", "mean") if kind == "exact" else words("playground", LIKELIHOODS[kind])
        st.metric("mean ln p(x), held out", mean_log_density(assessment), help=mean_help)
        st.metric("integral over the plane", integral, help=words("density", INTEGRALS[kind]))
    tell_what_cannot_be_shown(assessment.density)
