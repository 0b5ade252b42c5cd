"""A training that is looked at from time to time: what has been learned so far, and how it went."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from paradigms.data.dataset import Dataset
from paradigms.fits.assessment import RESOLUTION, Assessment, assess_function
from paradigms.fits.training_scores import ScoreCurves, TrainingScores
from paradigms.training import LossHistory, Progress

FAILED = "This model could not be fitted to these points. Your points are kept; try another model or setting."
NO_POINTS = "There are no points yet. Draw some, or go back to the preset."
COARSER = (RESOLUTION, 100, 50)
LOOK_SECONDS = 0.15  # a picture that takes longer is made of a coarser grid, until the training is over
MEASURED, IF_QUICK = 5, 60  # times that a training is measured between looks, always and if that is quick:
MEASURING_SHARE = 0.15  # of the time that steps and looks take

Assess = Callable[[Any, Dataset, float, int], Assessment]


@dataclass(frozen=True, eq=False)
class Look:
    """The last progress, the model so far, and how it went; all of it immutable.

    ``scores`` ends with what ``assessment`` says; ``losses`` by name are the model's own, in its own units.
    """

    progress: Progress
    assessment: Assessment
    scores: ScoreCurves
    losses: Mapping[str, np.ndarray]


class WatchedTraining:
    """Drains the ``fit_steps`` of an unfitted ``model`` in turns; ``assess`` looks at a model (evaluation).

    ``finished`` tells whether the last step is taken; ``seconds`` is what the steps took, without looking and
    measuring; the last look took ``look_seconds``.
    """

    def __init__(self, model: Any, data: Dataset, assess: Assess) -> None:
        self.finished, self.seconds, self.look_seconds = False, 0.0, 0.0
        self._model, self._data, self._assess = model, data, assess
        self._steps = model.fit_steps(*data.train)
        self._history, self._progress = LossHistory(), None
        self._scores = TrainingScores(data, assess is assess_function)
        self._looking_seconds = self._measuring_seconds = 0.0
        self._resolution = COARSER[-1]

    def learn(self, enough: Callable[[int], bool]) -> None:
        """One step, and on until ``enough(number of steps)`` or the last."""
        n_taken = 0
        while (progress := self._next_step()) is not None:
            n_taken += 1
            self._progress = progress
            self._history.add(progress)
            self.finished = progress.step == progress.n_steps
            if self.finished or enough(n_taken):  # who looks now, measures
                break
            self._measure_between_looks(progress)

    def look(self) -> Look | None:
        """What there is to see, at the finest resolution that is quick enough; None before the first step."""
        if self._progress is None:
            return None
        resolution = RESOLUTION if self.finished else self._resolution
        started = time.perf_counter()
        model = self._model.frozen()
        assessment = self._assess(model, self._data, self.seconds, resolution)
        seconds_a_point = (time.perf_counter() - started) / resolution**2
        quick = [finer for finer in COARSER if finer**2 * seconds_a_point <= LOOK_SECONDS]
        self._resolution = (*quick, COARSER[-1])[0]
        self._scores.add(self._progress.step, model, assessment)
        self.look_seconds = time.perf_counter() - started
        self._looking_seconds += self.look_seconds
        return Look(self._progress, assessment, self._scores.curves(), self._history.curves())

    def _next_step(self) -> Progress | None:
        started = time.perf_counter()
        try:
            return next(self._steps, None)
        finally:
            self.seconds += time.perf_counter() - started

    def _measure_between_looks(self, progress: Progress) -> None:
        """A few times in any case, far below the price of the last picture; more often where it is quick."""
        step, n_steps = progress.step, progress.n_steps
        quick = self._measuring_seconds <= MEASURING_SHARE * (self.seconds + self._looking_seconds)
        if step == 1 or step % max(n_steps // (IF_QUICK if quick else MEASURED), 1) == 0:
            started = time.perf_counter()
            self._scores.add(step, self._model)
            self._measuring_seconds += time.perf_counter() - started
