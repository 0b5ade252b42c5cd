"""What a page shows of a fitted model, computed once: its picture on the plane and its held-out numbers.

Everything in an assessment is immutable, so it may be cached, and handed from thread to thread. Fields are
``(H, W)`` over the plane, H = W the resolution that was asked for.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

import numpy as np
from scipy.special import logsumexp

from paradigms import grid
from paradigms.data.dataset import Dataset
from paradigms.densities.tabulated_density import TabulatedDensity
from paradigms.evaluation import measures
from paradigms.evaluation.adaptive_cubature import adaptive_cubature
from paradigms.evaluation.distances import energy_distance
from paradigms.evaluation.mass_levels import Contours, contours
from paradigms.protocols import DifferentiableDensity, JointModel, can

RESOLUTION = 200
N_SAMPLES = 300  # that stand for a model without a density
N_FLOORS = 5  # times that training points are drawn to be compared with held-out ones
N_ARROWS = 19  # in a row of the field of slopes


@dataclass(frozen=True, eq=False)
class FunctionAssessment:
    """A fitted classifier, p(y|x) on the plane ``(H, W, K)``, and how it does on held-out points.

    The numbers are None where nothing was held out. ``seconds`` is what the fit took. A machine with a
    margin has its value f(x) on the plane, ``margin (H, W)``, where there are two classes, and knows which
    points of the data set are its ``support_vectors (n,)``.
    """

    model: Any
    probabilities: np.ndarray
    accuracy: float | None
    log_loss: float | None
    seconds: float
    margin: np.ndarray | None = None
    support_vectors: np.ndarray | None = None

    @property
    def slots(self) -> tuple[int, ...]:
        return tuple(int(label) for label in self.model.classes_)


@dataclass(frozen=True, eq=False)
class DistributionAssessment:
    """A fitted joint model, log p(x, y) on the plane ``(H, W, K)``, and how it does on held-out points.

    A cell that the density is narrower than shows the mean over it; ``narrow`` is the mass in such cells.
    ``held_out_log_density (m,)`` is log p of the held-out points, which familiarity is measured against; its
    mean is None where log p is known only up to a constant. ``integral`` is that of p over the plane: of an
    exact density what is missing to 1 lies outside it, of a bound what it is loose by is missing too.
    """

    model: Any
    log_joint: np.ndarray
    accuracy: float | None
    log_loss: float | None
    mean_log_density: float | None
    held_out_log_density: np.ndarray
    seconds: float
    integral: float | None = None
    narrow: float = 0.0
    contours: Contours = field(default_factory=Contours)

    @property
    def slots(self) -> tuple[int, ...]:
        return tuple(int(label) for label in self.model.classes_)

    @property
    def log_density(self) -> np.ndarray:
        """log p(x) on the plane, ``(H, W)``."""
        return logsumexp(self.log_joint, axis=-1)

    @property
    def cell_width(self) -> float:
        """How wide a cell of the picture is, in plane units."""
        return 2 * grid.HALF_WIDTH / len(self.log_joint)

    @cached_property
    def table(self) -> TabulatedDensity:
        """log p(x) and its slope as quick as a look: for models that are slow to ask."""
        return TabulatedDensity(self.log_density, grid.HALF_WIDTH)

    @property
    def density_kind(self) -> str:
        return self.model.density_kind

    def frontier_level(self, quantile: float) -> float:
        """The level of log p(x) below which at most that share of the held-out points lies.

        That is just under one of theirs, so that what is tied with it counts as on the frontier.
        """
        n_below = min(int(quantile * len(self.held_out_log_density)), len(self.held_out_log_density) - 1)
        level = np.sort(self.held_out_log_density)[n_below]
        return float(level - measures.tie_width(level))


@dataclass(frozen=True, eq=False)
class SampleAssessment:
    """A fitted model that makes points and cannot say how likely one is: some of its ``samples (m, 2)``.

    ``sample_slots (m,)`` are the classes they were made for. ``distance`` is the energy distance of the first
    ``n_compared`` of them to the held-out points, and ``floor`` that of as many training points, drawn with
    replacement: the distance depends on how many there are. Both are None where nothing was held out. Where
    the model knows the slope of log p, ``slopes`` are ``(places (a, 2), arrows (a, 2))``.
    """

    model: Any
    samples: np.ndarray
    sample_slots: np.ndarray
    distance: float | None
    floor: float | None
    n_compared: int
    seconds: float
    slopes: tuple[np.ndarray, np.ndarray] | None = None

    @property
    def slots(self) -> tuple[int, ...]:
        return tuple(int(label) for label in self.model.classes_)


Assessment = FunctionAssessment | DistributionAssessment | SampleAssessment


def assess_function(
    model: Any, dataset: Dataset, seconds: float, resolution: int = RESOLUTION
) -> FunctionAssessment:
    """Look at a fitted classifier: K must not exceed the plane's four classes."""
    axis = grid.axis(resolution)
    probabilities = _frozen(grid.class_probabilities(model, axis, axis).astype(np.float32))
    margin = supporting = None
    if hasattr(model, "margins_on_grid") and len(model.classes_) == 2:
        margin = _frozen(model.margins_on_grid(axis, axis)[..., 0].astype(np.float32))
    if hasattr(model, "support_vectors_"):
        among = (dataset.X[:, None] == model.support_vectors_).all(axis=2).any(axis=1)
        supporting = _frozen(among & ~dataset.held_out_mask)
    return FunctionAssessment(
        model, probabilities, *_classification(model, dataset), seconds, margin, supporting
    )


def assess_distribution(
    model: Any, dataset: Dataset, seconds: float, resolution: int = RESOLUTION
) -> DistributionAssessment | SampleAssessment:
    """Look at a fitted joint model, or at one that only makes points."""
    if not can(model, JointModel):
        return _assess_samples(model, dataset, seconds)
    axis = grid.axis(resolution)
    mass = adaptive_cubature(model, grid.log_joint(model, axis, axis))
    log_joint = _frozen(mass.log_joint.astype(np.float32))
    held_out, _ = dataset.held_out
    log_density = _frozen(model.score_samples(held_out) if len(held_out) else np.empty(0))
    comparable = len(held_out) and model.density_kind != "unnormalised"
    mean_log_density = measures.mean_log_density(log_density) if comparable else None
    numbers = (*_classification(model, dataset), mean_log_density, log_density, seconds)
    return DistributionAssessment(model, log_joint, *numbers, mass.integral, mass.narrow, contours(mass))


def _assess_samples(model: Any, dataset: Dataset, seconds: float) -> SampleAssessment:
    samples, labels = model.sample_joint(N_SAMPLES, random_state=0)
    (train, _), (held_out, _) = dataset.train, dataset.held_out
    distance = floor = slopes = None
    n = min(len(samples), len(train))
    if len(held_out):
        rng = np.random.default_rng(0)
        again = [train[rng.integers(len(train), size=n)] for _ in range(N_FLOORS)]
        distance = energy_distance(samples[:n], held_out)
        floor = float(np.mean([energy_distance(points, held_out) for points in again]))
    if can(model, DifferentiableDensity):
        axis = grid.axis(N_ARROWS)
        places = grid.points(axis, axis)
        slopes = _frozen(places), _frozen(model.log_density_gradient(places))
    return SampleAssessment(model, _frozen(samples), _frozen(labels), distance, floor, n, seconds, slopes)


def _classification(model: Any, dataset: Dataset) -> tuple[float | None, float | None]:
    X, y = dataset.held_out
    if len(X) == 0:
        return None, None
    probabilities = model.predict_proba(X)
    predicted = model.classes_[probabilities.argmax(axis=1)]
    return measures.accuracy(y, predicted), measures.log_loss(y, probabilities, model.classes_)


def _frozen(array: np.ndarray) -> np.ndarray:
    array.setflags(write=False)
    return array
