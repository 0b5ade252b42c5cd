"""Training beside the page: a job learns in short turns on a shared pool, and publishes what it has.

A job is plain data (a ModelChoice, a DatasetSpec). It drains ``fit_steps`` for one turn at a time and then
queues again, so that forty students share two cores fairly, and a paused job holds no thread. A page only
sees what was published: immutable copies, never the model in training.
"""

from __future__ import annotations

import logging
import os
import threading
import time
from collections.abc import Callable
from concurrent.futures import Executor, Future, ThreadPoolExecutor
from dataclasses import dataclass, replace
from typing import Any

from pages.parts.cached import FAILED, ModelChoice
from paradigms.data.dataset import Dataset
from paradigms.data.dataset_spec import DatasetSpec
from paradigms.evaluation.assessment import DistributionAssessment, FunctionAssessment
from paradigms.protocols import CannotFit
from paradigms.training import Progress, TrainingDiverged

TURN_SECONDS = 0.2
FORGOTTEN_AFTER_SECONDS = 15.0  # nobody has looked for so long: the tab is gone

Assessment = FunctionAssessment | DistributionAssessment
Assess = Callable[[Any, Dataset, float], Assessment]

_pool = ThreadPoolExecutor(max_workers=os.cpu_count() or 2, thread_name_prefix="training")


@dataclass(frozen=True)
class Published:
    """What a page may show of a training: the last progress, and the model so far."""

    progress: Progress | None = None
    assessment: Assessment | None = None
    problem: str | None = None


class Job:
    """One training. ``run``, ``pause``, ``step``, ``cancel``; ``published`` is what to show."""

    def __init__(
        self,
        choice: ModelChoice,
        spec: DatasetSpec,
        data: Dataset,
        assess: Assess,
        executor: Executor = _pool,
    ) -> None:
        self.choice, self.spec, self.published = choice, spec, Published()
        self._assess = assess
        self.running = self.finished = False
        self._data, self._executor = data, executor
        self._model = choice.create()
        self._steps = self._model.fit_steps(*data.train)
        self._seconds = 0.0
        self._turn_lock = threading.Lock()
        self._ticket = 0
        self.seen()

    def seen(self) -> None:
        """The page's heartbeat; a job that is not seen for a while pauses of itself."""
        self._last_seen = time.monotonic()

    def run(self) -> None:
        if not (self.running or self.finished):
            self.running = True
            self._submit()

    def pause(self) -> None:
        """Stop after the optimiser step in hand, and wait until it is published."""
        self.running = False
        with self._turn_lock:
            self._ticket += 1  # a turn that is still waiting is void

    def step(self) -> None:
        """One optimiser step, published before this returns."""
        self.pause()
        if not self.finished:
            self._submit().result()

    def cancel(self) -> None:
        self.running, self.finished = False, True

    def _submit(self) -> Future:
        return self._executor.submit(self._turn, self._ticket)

    def _turn(self, ticket: int) -> None:
        with self._turn_lock:
            if ticket != self._ticket or self.finished:
                return
            started = time.perf_counter()
            try:
                progress = self._learn_until(started + TURN_SECONDS)
                self._seconds += time.perf_counter() - started
                self._publish(progress)
            except (CannotFit, TrainingDiverged) as problem:
                self._stop(str(problem))
            except Exception:  # nobody waits for a turn: without this a defect would go unheard
                logging.getLogger("two_souls").exception("A training failed")
                self._stop(FAILED)
            if time.monotonic() - self._last_seen > FORGOTTEN_AFTER_SECONDS:
                self.running = False
            if self.running:
                self._submit()

    def _learn_until(self, deadline: float) -> Progress | None:
        """One step, and on to the deadline while the job runs; None if there was none left."""
        progress = None
        for progress in self._steps:
            if not self.running or time.perf_counter() >= deadline:
                return progress
        self.running, self.finished = False, True
        return progress

    def _publish(self, progress: Progress | None) -> None:
        if progress is None:
            return
        assessment = self._assess(self._model.frozen(), self._data, self._seconds)
        self.published = Published(progress, assessment)

    def _stop(self, sentence: str) -> None:
        self.running, self.finished = False, True
        self.published = replace(self.published, problem=sentence)
