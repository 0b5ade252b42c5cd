"""The distribution: its density, or points that it made, on the plane, and its numbers."""

from __future__ import annotations

from typing import Any

import numpy as np
import streamlit as st

from pages.parts.models.numbers import LIKELIHOODS, mean_log_density, tell_what_cannot_be_shown
from pages.parts.pictures.alternatives import in_words
from pages.parts.pictures.painted import painted
from pages.parts.pictures.scenes import show_scene
from pages.parts.text.numbers import rounded
from pages.parts.text.story import words
from pages.start.two_souls.held_out_numbers import accuracy_in_words, classification, fit_time, with_reason
from paradigms.data.dataset import Dataset
from paradigms.fits.assessment import Assessment
from paradigms.scene import pictures
from paradigms.scene.layers import SAMPLED, Layer, Points


def distribution_panel(
    data: Dataset,
    assessment: Assessment | None,
    truth: Assessment | None = None,
    ringed: np.ndarray | None = None,
    frontier: float | None = None,
    samples: tuple[np.ndarray, np.ndarray] | None = None,
    dimmed: str | None = None,
    verdict: str | None = None,
    **standing: Any,
) -> None:
    """The density with its contours and the Bayes boundary; over the points, or over new samples.

    Of a model without a density, points that it made, over the faded data.
    """
    layers: tuple[Layer, ...] = ()
    alt = words("playground", "alt no distribution", data=in_words(data))
    shown: tuple[Layer, ...] = (pictures.data(data, ringed),)
    if assessment and not assessment.density:
        n = str(len(assessment.samples.points))
        alt = words("playground", "alt points made", n=n, data=in_words(data))
        shown = (pictures.data(data, faded=True), *painted(pictures.samples, assessment))
    elif assessment is not None:
        layers = painted(pictures.density, assessment) + painted(pictures.bayes_boundary, assessment)
        over = in_words(data)
        if samples is not None:
            over = words("playground", "alt points drawn", n=str(len(samples[0])))
        alt = words("playground", "alt distribution of one class", over=over)
        if len(assessment.labels) > 1:
            accuracy = accuracy_in_words(assessment)
            alt = words("playground", "alt distribution", over=over, accuracy=accuracy)
    if truth is not None:
        layers += painted(pictures.true_density, truth) + painted(pictures.true_boundary, truth)
    if frontier is not None:
        layers += (pictures.anomaly_threshold(frontier),)
    if samples is not None:
        shown = (Points(*samples, SAMPLED),)
    layers += shown
    show_scene("distribution", alt, layers, data, dimmed=dimmed, probe=True, verdict=verdict, **standing)


def distribution_numbers(assessment: Assessment | None) -> None:
    with st.container(horizontal=True, key="distribution_numbers"):
        classification(assessment)
        if assessment and not assessment.density:
            _distance(assessment)
        else:
            _likelihood(assessment)
        fit_time(assessment)
    if assessment and assessment.density:
        tell_what_cannot_be_shown(assessment.density)


def _distance(assessment: Assessment) -> None:
    held_out = assessment.held_out
    about = {"floor": rounded(held_out.floor), "n": str(held_out.n_compared)}
    meaning = with_reason(words("playground", "sample distance", **about), assessment, "distance")
    st.metric("distance", rounded(held_out.distance), help=meaning)


def _likelihood(assessment: Assessment | None) -> None:
    kind = assessment.density.kind if assessment else "exact"
    meaning = words("playground", LIKELIHOODS[kind])
    if kind != "unnormalised":  # which is its own reason
        meaning = with_reason(meaning, assessment, "mean_log_density")
    st.metric("mean ln p(x)", mean_log_density(assessment), help=meaning)
