"""Fitting what a spec describes: at once, or step by step with looks at what has been learned so far."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

import numpy as np

from paradigms.fits.assessment import RESOLUTION, Assessment, assess
from paradigms.fits.specs import FitSpec
from paradigms.fits.training_scores import ScoreCurves, TrainingScores
from paradigms.training import LossHistory, Progress

COARSER = (RESOLUTION, 100, 50)
LOOK_SECONDS = 0.15  # a picture that takes longer is made of a coarser grid, until the training is over
MEASURED, IF_QUICK = 5, 60  # times that a training is measured between looks, always and if that is quick:
MEASURING_SHARE = 0.15  # of the time that steps and looks take


def fit(spec: FitSpec) -> Assessment:
    """The model fitted to the training points and assessed. Raises CannotFit, or BadData."""
    data = spec.data.dataset()
    started = time.perf_counter()
    model = spec.model.create().fit(*data.train)
    return assess(model, data, time.perf_counter() - started, of=spec)


@dataclass(frozen=True, eq=False)
class Look:
    """The last progress, the model so far, and how it went; all of it immutable.

    ``scores`` ends with what ``assessment`` says; ``losses`` by name are the model's own, in its own units.
    """

    progress: Progress
    assessment: Assessment
    scores: ScoreCurves
    losses: Mapping[str, np.ndarray]


class Training:
    """Drains the ``fit_steps`` of what ``spec`` describes in turns, and looks at the model in between.

    ``step`` is the number of the last one taken, and ``finished`` tells whether it was the last of all;
    ``seconds`` is what the steps took, without looking and measuring; the last look took ``look_seconds``.
    """

    def __init__(self, spec: FitSpec) -> None:
        self.step, self.finished, self.seconds, self.look_seconds = 0, False, 0.0, 0.0
        self.spec, self._data, self._model = spec, spec.data.dataset(), spec.model.create()
        self._steps: Iterator[Progress] = self._model.fit_steps(*self._data.train)
        self._history, self._progress = LossHistory(), None
        self._scores = TrainingScores(self._data)
        self._looking_seconds = self._measuring_seconds = 0.0
        self._resolution = COARSER[-1]

    def learn(self, enough: Callable[[int], bool]) -> None:
        """One step, and on until ``enough(number of steps)`` or the last."""
        n_taken = 0
        while (progress := self._next_step()) is not None:
            n_taken += 1
            self._progress, self.step = progress, progress.step
            self._history.add(progress)
            self.finished = progress.step == progress.n_steps
            if self.finished or enough(n_taken):  # who looks now, measures
                return
            self._measure_between_looks(progress)
        self.finished = True  # whatever number of steps was announced

    def look(self) -> Look | None:
        """What there is to see, at the finest resolution that is quick enough; None before the first step."""
        if self._progress is None:
            return None
        resolution = RESOLUTION if self.finished else self._resolution
        started = time.perf_counter()
        model = self._model.frozen()
        step = None if self.finished else self.step
        assessment = assess(model, self._data, self.seconds, resolution, of=self.spec, step=step)
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
