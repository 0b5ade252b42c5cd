"""How a training goes: the number that a page shows of the model, on training points and on held-out ones."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np

from paradigms.data.dataset import Dataset
from paradigms.evaluation import measures
from paradigms.evaluation.distances import energy_distance
from paradigms.fits.assessment import N_SAMPLES, Assessment
from paradigms.protocols import Classifier, JointModel, can

MEAN_LOG_DENSITY, LOG_LOSS, DISTANCE = "mean_log_density", "log_loss", "distance"  # as assessments call them
MOST_TRAINING_POINTS = 400


@dataclass(frozen=True, eq=False)
class ScoreCurves:
    """One ``measure`` after the optimiser ``steps (k,)``: ``values`` by part of the data, ``(k,)`` each.

    The parts are "training" and, where points are, "held out". ``truth`` is what the truth behind the points
    scores on those held out, None where nobody knows it. All in the unit that ``measure_of`` names.
    """

    measure: str
    steps: np.ndarray
    values: dict[str, np.ndarray]
    truth: float | None


def measure_of(model: Any) -> str:
    """The measure that stands beside a fitted model.

    MEAN_LOG_DENSITY: mean log p(x), of a bound the bound, in nats per point on the plane's scale. LOG_LOSS:
    mean −log p(y|x), in nats per point, also where log p(x) is known up to a constant only. DISTANCE: the
    energy distance between points of the model and those of the data, where it knows no density.
    """
    if can(model, JointModel) and model.density_kind != "unnormalised":
        return MEAN_LOG_DENSITY
    return LOG_LOSS if can(model, Classifier) else DISTANCE


class TrainingScores:
    """Measures a model as it learns ``data``, and remembers.

    Of more than 400 training points, as many drawn without replacement stand for all; to an energy distance,
    which depends on how many points there are, as many as are held out.
    """

    def __init__(self, data: Dataset) -> None:
        self._data = data
        self._measure = ""
        self._scores: dict[int, dict[str, float]] = {}

    def add(self, step: int, model: Any, assessment: Assessment | None = None) -> None:
        """Measure a model after that step; what was measured for its ``assessment`` is taken from there."""
        self._measure = measure_of(model)
        samples = None
        if self._measure == DISTANCE:
            made = assessment.samples.points if assessment else None
            samples = model.sample_joint(N_SAMPLES, random_state=0)[0] if made is None else made
        scores = {"training": self._score(model, samples, *self._training_points)}
        known = assessment and getattr(assessment.held_out, self._measure)
        if known is not None:
            scores["held out"] = known
        elif len(self._data.held_out[0]):
            scores["held out"] = self._score(model, samples, *self._data.held_out)
        self._scores[step] = scores

    def curves(self, n_points: int = 120) -> ScoreCurves:
        """What was measured, thinned evenly to ``n_points`` with the last among them."""
        chosen = np.linspace(0, len(self._scores) - 1, min(n_points, len(self._scores))).round().astype(int)
        steps = np.array(sorted(self._scores))[chosen]
        parts = self._scores[steps[-1]]
        values = {part: np.array([self._scores[step][part] for step in steps]) for part in parts}
        return ScoreCurves(self._measure, steps, values, self._truth)

    def _score(self, model: Any, samples: np.ndarray | None, X: np.ndarray, y: np.ndarray) -> float:
        if self._measure == MEAN_LOG_DENSITY:
            return measures.mean_log_density(model.score_samples(X))
        if self._measure == LOG_LOSS:
            return measures.log_loss(y, model.predict_proba(X), model.classes_)
        return energy_distance(samples[: len(self._data.train[0])], X)

    @cached_property
    def _training_points(self) -> tuple[np.ndarray, np.ndarray]:
        (X, y), n_held_out = self._data.train, len(self._data.held_out[0])
        most = n_held_out if self._measure == DISTANCE and n_held_out else MOST_TRAINING_POINTS
        rows = np.sort(np.random.default_rng(0).permutation(len(X))[:most])
        return X[rows], y[rows]

    @cached_property
    def _truth(self) -> float | None:
        known = self._data.truth is not None and self._measure != DISTANCE and len(self._data.held_out[0])
        return self._score(self._data.truth, None, *self._data.held_out) if known else None
