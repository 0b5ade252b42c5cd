"""The three linked planes of the playground: the points, the function and the distribution."""

from __future__ import annotations

import numpy as np
import streamlit as st

from pages.parts import pointing, state
from pages.parts.alternatives import accuracy_in_words, in_words
from pages.parts.plane import plane
from paradigms.data.dataset import Dataset
from paradigms.evaluation.assessment import DistributionAssessment, FunctionAssessment, SampleAssessment
from paradigms.scene import pictures
from paradigms.scene.layers import SAMPLED, Layer, Points, Probe
from paradigms.scene.scene import Scene


def draw_panel(data: Dataset) -> None:
    """The plane that can be drawn on."""
    shape = "your drawing" if state.is_drawn() else "the chosen preset"
    _show("draw", f"The data, {shape}: {in_words(data)}.", data, (pictures.data(data),), draw=True)


def function_panel(
    data: Dataset,
    assessment: FunctionAssessment | None,
    truth: DistributionAssessment | None = None,
    ringed: np.ndarray | None = None,
    dimmed: str | None = None,
) -> None:
    """p(y|x) with its boundary over the points."""
    layers: tuple[Layer, ...] = ()
    alt = f"The function. No model is fitted. {in_words(data)}."
    if assessment is not None:
        layers = pictures.function(assessment)
        alt = (
            f"The function p(y given x), shaded, with its boundary, over {in_words(data)}; "
            f"{accuracy_in_words(assessment.accuracy)}."
        )
    if truth is not None:
        layers += pictures.true_boundary(truth)
    supporting = assessment and assessment.support_vectors
    layers += (pictures.data(data, ringed, supporting), *_probed())
    _show("function", alt, data, layers, dimmed=dimmed, probe=True)


def distribution_panel(
    data: Dataset,
    assessment: DistributionAssessment | SampleAssessment | None,
    truth: DistributionAssessment | None = None,
    ringed: np.ndarray | None = None,
    frontier: float | None = None,
    samples: tuple[np.ndarray, np.ndarray] | None = None,
    dimmed: str | None = None,
    verdict: str | None = None,
) -> None:
    """The density with its contours and the Bayes boundary; over the points, or over new samples.

    Of a model without a density, points that it made, over the faded data.
    """
    layers: tuple[Layer, ...] = ()
    alt = f"The distribution. No model is fitted. {in_words(data)}."
    shown: tuple[Layer, ...] = (pictures.data(data, ringed),)
    if isinstance(assessment, SampleAssessment):
        alt = f"The distribution: {len(assessment.samples)} points that it made, over {in_words(data)}."
        shown = (pictures.data(data, faded=True), *pictures.samples(assessment))
    elif assessment is not None:
        layers = pictures.density(assessment) + pictures.bayes_boundary(assessment)
        over = f"{len(samples[0])} new points drawn from it" if samples is not None else in_words(data)
        alt = (
            f"The distribution p(x, y): its density with contours and the Bayes boundary, over {over}; "
            f"{accuracy_in_words(assessment.accuracy)}."
        )
    if verdict:
        alt += f" The place that was pointed at: {verdict}."
    if truth is not None:
        layers += pictures.true_density(truth) + pictures.true_boundary(truth)
    if frontier is not None:
        layers += (pictures.frontier(frontier),)
    if samples is not None:
        shown = (Points(*samples, SAMPLED),)
    _show("distribution", alt, data, (*layers, *shown, *_probed()), dimmed=dimmed, probe=True)


def density_panel(
    name: str, title: str, data: Dataset, assessment: DistributionAssessment | None, dimmed: str | None
) -> None:
    """A density by itself over the points: no classes, no boundary."""
    layers = pictures.density(assessment) if assessment else ()
    alt = f"{title}: its density with contours, over {in_words(data)}."
    _show(name, alt, data, (*layers, pictures.data(data, faded=True)), dimmed=dimmed)


def _probed() -> tuple[Layer, ...]:
    at = pointing.probe()
    return (Probe(at),) if at else ()


def _show(
    name: str, alt: str, data: Dataset, layers: tuple[Layer, ...], *, draw: bool = False,
    probe: bool = False, dimmed: str | None = None,
) -> None:  # fmt: skip
    scene = Scene(
        name=name,
        alt=alt,
        layers=layers,
        class_names=data.class_names,
        revision=state.revision(),
        origin=state.origin(),
        commit=state.commit(),
        drawn=state.is_drawn(),
        draw=draw,
        probe=probe,
        dimmed=dimmed,
    )
    plane(scene, key=name)
    if probe and pointing.adopt_probe(name):
        st.rerun()
