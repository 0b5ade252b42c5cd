"""The function: p(y|x) with its boundary on the plane, and its numbers."""

from __future__ import annotations

from typing import Any

import numpy as np
import streamlit as st

from pages.parts.pictures.alternatives import in_words
from pages.parts.pictures.painted import painted
from pages.parts.pictures.scenes import show_scene
from pages.parts.text.numbers import UNKNOWN
from pages.parts.text.story import tell, words
from pages.start.two_souls.held_out_numbers import accuracy_in_words, classification, fit_time
from paradigms.data.dataset import Dataset
from paradigms.fits.assessment import Assessment
from paradigms.scene import pictures
from paradigms.scene.layers import Layer


def function_panel(
    data: Dataset,
    assessment: Assessment | None,
    truth: Assessment | None = None,
    ringed: np.ndarray | None = None,
    dimmed: str | None = None,
    verdict: str | None = None,
    **standing: Any,
) -> None:
    """p(y|x) with its boundary over the points; ``standing`` is that of a training."""
    layers: tuple[Layer, ...] = ()
    alt = words("playground", "alt no function", data=in_words(data))
    if assessment is not None:
        layers = painted(pictures.function, assessment)
        accuracy = accuracy_in_words(assessment)
        alt = words("playground", "alt function", data=in_words(data), accuracy=accuracy)
    if truth is not None:
        layers += painted(pictures.true_boundary, truth)
    supporting = assessment and assessment.boundary.support_vectors
    layers += (pictures.data(data, ringed, supporting),)
    show_scene("function", alt, layers, data, dimmed=dimmed, probe=True, verdict=verdict, **standing)


def function_numbers(assessment: Assessment | None) -> None:
    with st.container(horizontal=True, key="function_numbers"):
        classification(assessment)
        st.metric("mean ln p(x)", UNKNOWN, help=words("playground", "no log likelihood"))
        fit_time(assessment)
    boundary = assessment and assessment.boundary
    if boundary and boundary.support_vectors is not None:
        n = str(boundary.support_vectors.sum())
        tell("playground", "support vectors" if boundary.margin is None else "margin", n=n)
