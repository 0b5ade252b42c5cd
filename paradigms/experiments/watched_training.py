"""A training that is looked at from time to time: what has been learned so far, and how it went."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from paradigms.data.dataset import Dataset
from paradigms.evaluation.assessment import RESOLUTION, Assessment
from paradigms.training import LossHistory, Progress

COARSER = (RESOLUTION, 100, 50)
LOOK_SECONDS = 0.15  # a picture that takes longer is made of a coarser grid, until the training is over

Assess = Callable[[Any, Dataset, float, int], Assessment]


@dataclass(frozen=True, eq=False)
class Look:
    """The last progress, the losses by name as curves, and the model so far; all of it immutable."""

    progress: Progress
    assessment: Assessment
    losses: Mapping[str, np.ndarray] = field(default_factory=dict)


class WatchedTraining:
    """Drains the ``fit_steps`` of an unfitted ``model`` in turns; ``assess`` looks at a model (evaluation).

    ``finished`` tells whether the last step is taken; ``seconds`` is what the steps took, without the looks,
    of which the last took ``look_seconds``.
    """

    def __init__(self, model: Any, data: Dataset, assess: Assess) -> None:
        self.finished, self.seconds, self.look_seconds = False, 0.0, 0.0
        self._model, self._data, self._assess = model, data, assess
        self._steps = model.fit_steps(*data.train)
        self._history, self._progress = LossHistory(), None
        self._resolution = COARSER[-1]

    def learn(self, enough: Callable[[int], bool]) -> None:
        """One step, and on until ``enough(number of steps)`` or the last."""
        started = time.perf_counter()
        try:
            for n_taken, progress in enumerate(self._steps, start=1):
                self._progress = progress
                self._history.add(progress)
                self.finished = progress.step == progress.n_steps
                if self.finished or enough(n_taken):
                    break
        finally:
            self.seconds += time.perf_counter() - started

    def look(self) -> Look | None:
        """What there is to see, at the finest resolution that is quick enough; None before the first step."""
        if self._progress is None:
            return None
        resolution = RESOLUTION if self.finished else self._resolution
        started = time.perf_counter()
        assessment = self._assess(self._model.frozen(), self._data, self.seconds, resolution)
        self.look_seconds = time.perf_counter() - started
        seconds_a_point = self.look_seconds / resolution**2
        quick = [finer for finer in COARSER if finer**2 * seconds_a_point <= LOOK_SECONDS]
        self._resolution = (*quick, COARSER[-1])[0]
        return Look(self._progress, assessment, self._history.curves())
