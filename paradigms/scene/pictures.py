"""From data and fields to layers: how this app draws points, a function and a distribution."""

from __future__ import annotations

from typing import Any

import numpy as np
from scipy.special import softmax

from paradigms import grid, protocols
from paradigms.data.dataset import Dataset
from paradigms.evaluation.mass_levels import mass_levels
from paradigms.experiments.sample.score_fields import ScoreField
from paradigms.fits.assessment import N_ARROWS, RESOLUTION, Assessment
from paradigms.scene.layers import (
    HELD_OUT,
    RINGED,
    SAMPLED,
    SUPPORTING,
    Arrows,
    Boundary,
    Contour,
    Density,
    Layer,
    Points,
    Probability,
)

HIGHEST_ABOVE_LINES = 1.5  # nats; a Gaussian's peak is 0.3 above the line that holds a quarter
LONGEST_ARROW = 0.38  # in plane units, a little less than the distance between two


def data(
    dataset: Dataset,
    ringed: np.ndarray | None = None,
    supporting: np.ndarray | None = None,
    faded: bool = False,
) -> Points:
    """The points of a data set; held-out ones hollow, those in the masks ``(n,)`` with a ring."""
    flags = np.where(dataset.held_out_mask, HELD_OUT, 0)
    for mask, flag in ((ringed, RINGED), (supporting, SUPPORTING)):
        if mask is not None:
            flags = flags | np.where(mask, flag, 0)
    return Points(dataset.X, dataset.y, flags, faded)


def function(assessment: Assessment) -> tuple[Layer, ...]:
    """p(y|x) shaded, with the boundary that it draws; the edges of the margin |f| = 1 where there is one."""
    layers: tuple[Layer, ...] = (
        Probability(assessment.boundary.probabilities, assessment.labels),
        Boundary("probability", "function", "dashed"),
    )
    if assessment.boundary.margin is not None:
        near = np.clip(assessment.boundary.margin, -4.0, 4.0)  # so that the edges keep their digits
        layers += (
            Density(near, id="margin", visible=False, label="f(x)"),
            Contour("margin", (-1.0, 1.0), "function", "thin"),
        )
    return layers


def density(assessment: Assessment) -> tuple[Layer, ...]:
    """log p(x), summed over the classes, with its contours.

    A cell that stands for a needle shows little more than the innermost line, so that the rest is seen.
    """
    log_density, levels = assessment.density.log_density, assessment.density.contours.levels
    if assessment.density.narrow and levels:
        log_density = np.minimum(log_density, levels[0] + HIGHEST_ABOVE_LINES)
    return Density(log_density), Contour("density", levels, "distribution", "thin")


def samples(assessment: Assessment) -> tuple[Layer, ...]:
    """Points that the model made, over the gradient of log p where it knows that.

    The length of an arrow tells small gradients from large ones: g/(1 + |g|) of the longest.
    """
    points = Points(assessment.samples.points, assessment.samples.labels, SAMPLED)
    if assessment.samples.scores is None:
        return (points,)
    return _arrows(assessment.samples.places, assessment.samples.scores), points


def target_density(target: Any) -> tuple[Layer, ...]:
    """What chains sample from: log p with its contours, and its gradient, as far as the target knows them."""
    layers: tuple[Layer, ...] = ()
    if protocols.can(target, protocols.Density):
        axis = grid.axis(RESOLUTION)
        log_density = target.score_samples(grid.points(axis, axis)).reshape(RESOLUTION, RESOLUTION)
        levels = tuple(dict.fromkeys(mass_levels(log_density)))
        layers = Density(log_density), Contour("density", levels, "distribution", "thin")
    if protocols.can(target, protocols.DifferentiableDensity):
        places = grid.points(*[grid.axis(N_ARROWS)] * 2)
        layers += (_arrows(places, target.log_density_gradient(places), 0.7 * LONGEST_ARROW),)
    return layers


def vectors(field: ScoreField, *, shaded: bool) -> tuple[Layer, ...]:
    """A field of gradients as arrows; ``shaded`` the darker the longer they are, up to 1."""
    arrows = _arrows(field.xy, field.uv)
    if not shaded:
        return (arrows,)
    tones = 2 * np.log(np.clip(field.lengths, 1e-12, 1.0))
    return Density(tones, id="lengths", label=""), arrows


def _arrows(places: np.ndarray, gradients: np.ndarray, longest: float = LONGEST_ARROW) -> Arrows:
    norms = np.linalg.norm(gradients, axis=1, keepdims=True)
    return Arrows(places, longest * gradients / (1 + norms), "distribution")


def bayes_boundary(assessment: Assessment) -> tuple[Layer, ...]:
    """The boundary that p(x, y) implies; none for a single class."""
    if len(assessment.labels) < 2:
        return ()
    posterior = softmax(assessment.density.log_joint, axis=-1)
    return (
        Probability(posterior, assessment.labels, id="posterior", visible=False),
        Boundary("posterior", "distribution", "dashed"),
    )


def true_boundary(truth: Assessment) -> tuple[Layer, ...]:
    """The Bayes-optimal boundary, solid."""
    posterior = softmax(truth.density.log_joint, axis=-1)
    return (
        Probability(posterior, truth.labels, id="true_posterior", visible=False),
        Boundary("true_posterior", "truth", "solid"),
    )


def true_density(truth: Assessment) -> tuple[Layer, ...]:
    """The contours of the true log p(x), solid; they hold the same masses as an estimate's."""
    log_density = truth.density.log_density
    return (
        Density(log_density, id="true_density", visible=False),
        Contour("true_density", truth.density.contours.levels, "truth", "solid"),
    )


def anomaly_threshold(level: float) -> Contour:
    """Where log p(x) falls below ``level``."""
    return Contour("density", (level,), "anomaly", "solid")
