"""The three linked planes of the playground: the points, the function and the distribution."""

from __future__ import annotations

from typing import Any

import numpy as np

from pages.parts.pictures.alternatives import accuracy_in_words, in_words
from pages.parts.pictures.painted import painted
from pages.parts.pictures.scenes import show_scene
from pages.parts.workspace import state
from paradigms.data.dataset import Dataset
from paradigms.fits.assessment import Assessment
from paradigms.scene import pictures
from paradigms.scene.layers import SAMPLED, Layer, Points


def draw_panel(data: Dataset) -> None:
    """The plane that can be drawn on."""
    shape = "your drawing" if state.is_drawn() else "the chosen preset"
    show_scene("draw", f"The data, {shape}: {in_words(data)}.", (pictures.data(data),), data, draw=True)


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
    alt = f"The function. No model is fitted. {in_words(data)}."
    if assessment is not None:
        layers = painted(pictures.function, assessment)
        alt = (
            f"The function p(y given x), shaded, with its boundary, over {in_words(data)}; "
            f"{accuracy_in_words(assessment.held_out.accuracy)}."
        )
    if truth is not None:
        layers += painted(pictures.true_boundary, truth)
    supporting = assessment and assessment.boundary.support_vectors
    layers += (pictures.data(data, ringed, supporting),)
    show_scene("function", alt, layers, data, dimmed=dimmed, probe=True, verdict=verdict, **standing)


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
    alt = f"The distribution. No model is fitted. {in_words(data)}."
    shown: tuple[Layer, ...] = (pictures.data(data, ringed),)
    if assessment and not assessment.density:
        alt = (
            f"The distribution: {len(assessment.samples.points)} points that it made, over {in_words(data)}."
        )
        shown = (pictures.data(data, faded=True), *painted(pictures.samples, assessment))
    elif assessment is not None:
        layers = painted(pictures.density, assessment) + painted(pictures.bayes_boundary, assessment)
        over = f"{len(samples[0])} new points drawn from it" if samples is not None else in_words(data)
        alt = (
            f"The distribution p(x, y): its density with contours and the Bayes boundary, over {over}; "
            f"{accuracy_in_words(assessment.held_out.accuracy)}."
        )
    if truth is not None:
        layers += painted(pictures.true_density, truth) + painted(pictures.true_boundary, truth)
    if frontier is not None:
        layers += (pictures.anomaly_threshold(frontier),)
    if samples is not None:
        shown = (Points(*samples, SAMPLED),)
    layers += shown
    show_scene("distribution", alt, layers, data, dimmed=dimmed, probe=True, verdict=verdict, **standing)


def density_panel(
    name: str,
    title: str,
    data: Dataset,
    assessment: Assessment | None,
    dimmed: str | None,
    **standing: Any,
) -> None:
    """A density by itself over the points: no classes, no boundary."""
    layers = painted(pictures.density, assessment) if assessment else ()
    alt = f"{title}: its density with contours, over {in_words(data)}."
    layers += (pictures.data(data, faded=True),)
    # Models and the truth have names that settings have, too.
    show_scene(name, alt, layers, data, key=f"density_{name}", dimmed=dimmed, **standing)
