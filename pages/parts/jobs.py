"""Training beside the page: a job learns in short turns on a shared pool, and publishes what it has.

A job is plain data (a ModelChoice, a DatasetSpec). It learns for one turn at a time and then queues again, so
that forty students share two cores fairly, and a paused job holds no thread. A page only sees what was
published: immutable copies, never the model in training.
"""

from __future__ import annotations

import logging
import os
import threading
import time
from concurrent.futures import Executor, Future, ThreadPoolExecutor
from dataclasses import dataclass, replace

from pages.parts.cached import FAILED, ModelChoice
from paradigms.data.dataset import Dataset
from paradigms.data.dataset_spec import DatasetSpec
from paradigms.evaluation.assessment import Assessment
from paradigms.experiments.watched_training import Assess, Look, WatchedTraining
from paradigms.protocols import CannotFit
from paradigms.training import TrainingDiverged

TURN_SECONDS = 0.2
FORGOTTEN_AFTER_SECONDS = 15.0  # nobody has looked for so long: the tab is gone

_pool = ThreadPoolExecutor(max_workers=os.cpu_count() or 2, thread_name_prefix="training")


@dataclass(frozen=True)
class Published:
    """What a page may show of a training: the last look at it, and what put an end to it, if anything."""

    look: Look | None = None
    problem: str | None = None

    @property
    def assessment(self) -> Assessment | None:
        return self.look and self.look.assessment


class Job:
    """One training. ``run``, ``pause``, ``step``, ``cancel``; ``published`` is what to show.

    ``pace`` is the number of optimiser steps from one look of the page to the next, or None for as many as
    there is time for.
    """

    def __init__(
        self, choice: ModelChoice, spec: DatasetSpec, data: Dataset, assess: Assess, pool: Executor = _pool
    ) -> None:
        self.choice, self.spec, self.published = choice, spec, Published()
        self.running = self.finished = False
        self.pace: int | None = None
        self._training = WatchedTraining(choice.create(), data, assess)
        self._executor = pool
        self._turn_lock = threading.Lock()
        self._ticket = 0
        self._waits_to_be_seen = False
        self.seen()

    def seen(self) -> None:
        """The page's heartbeat; a job that is not seen for a while pauses of itself."""
        self._last_seen = time.monotonic()
        if self.running and self._waits_to_be_seen:
            self._submit()

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
        self._waits_to_be_seen = False
        return self._executor.submit(self._turn, self._ticket)

    def _turn(self, ticket: int) -> None:
        with self._turn_lock:
            if ticket != self._ticket or self.finished:
                return
            deadline = time.perf_counter() + TURN_SECONDS
            try:
                self._training.learn(
                    lambda n: not self.running or n == self.pace or time.perf_counter() >= deadline
                )
                self.published = Published(self._training.look())
                if self._training.finished:
                    self.running, self.finished = False, True
            except (CannotFit, TrainingDiverged) as problem:
                self._stop(str(problem))
            except Exception:  # nobody waits for a turn: without this a defect would go unheard
                logging.getLogger("two_souls").exception("A training failed")
                self._stop(FAILED)
            if time.monotonic() - self._last_seen > FORGOTTEN_AFTER_SECONDS:
                self.running = False
            if self.running and self.pace is None:
                self._submit()
            else:
                self._waits_to_be_seen = self.running

    def _stop(self, sentence: str) -> None:
        self.running, self.finished = False, True
        self.published = replace(self.published, problem=sentence)
