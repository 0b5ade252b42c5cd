"""What a page shows of a fitted model, computed once: its picture on the plane and its held-out numbers.

Everything in an assessment is immutable, so it may be cached, and handed from thread to thread.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from scipy.special import logsumexp

from paradigms import grid
from paradigms.data.dataset import Dataset
from paradigms.evaluation import measures

RESOLUTION = 200


@dataclass(frozen=True, eq=False)
class FunctionAssessment:
    """A fitted classifier, p(y|x) on the plane ``(H, W, K)``, and how it does on held-out points.

    The numbers are None where nothing was held out. ``seconds`` is what the fit took.
    """

    model: Any
    probabilities: np.ndarray
    accuracy: float | None
    log_loss: float | None
    seconds: float

    @property
    def slots(self) -> tuple[int, ...]:
        return tuple(int(label) for label in self.model.classes_)


@dataclass(frozen=True, eq=False)
class DistributionAssessment:
    """A fitted joint model, log p(x, y) on the plane ``(H, W, K)``, and how it does on held-out points.

    ``held_out_log_density (m,)`` is log p of the held-out points, which familiarity is measured against.
    """

    model: Any
    log_joint: np.ndarray
    accuracy: float | None
    log_loss: float | None
    mean_log_density: float | None
    held_out_log_density: np.ndarray
    seconds: float

    @property
    def slots(self) -> tuple[int, ...]:
        return tuple(int(label) for label in self.model.classes_)

    @property
    def integral(self) -> float:
        """The integral of the density over the plane; what is missing to 1 lies outside it."""
        axis = grid.axis(RESOLUTION)
        return grid.integral(logsumexp(self.log_joint, axis=-1), axis, axis)

    def frontier_level(self, quantile: float) -> float:
        """The level of log p(x) below which that share of the held-out points lies."""
        return float(np.quantile(self.held_out_log_density, quantile))


def assess_function(model: Any, dataset: Dataset, seconds: float) -> FunctionAssessment:
    """Look at a fitted classifier: K must not exceed the plane's four classes."""
    axis = grid.axis(RESOLUTION)
    probabilities = _frozen(grid.class_probabilities(model, axis, axis).astype(np.float32))
    return FunctionAssessment(model, probabilities, *_classification(model, dataset), seconds)


def assess_distribution(model: Any, dataset: Dataset, seconds: float) -> DistributionAssessment:
    """Look at a fitted joint model."""
    axis = grid.axis(RESOLUTION)
    log_joint = _frozen(grid.log_joint(model, axis, axis).astype(np.float32))
    held_out, _ = dataset.held_out
    log_density = _frozen(model.score_samples(held_out) if len(held_out) else np.empty(0))
    mean_log_density = measures.mean_log_density(log_density) if len(held_out) else None
    return DistributionAssessment(
        model, log_joint, *_classification(model, dataset), mean_log_density, log_density, seconds
    )


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
