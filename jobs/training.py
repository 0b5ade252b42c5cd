"""Training beside the page: a job learns in short turns on a shared pool, and publishes what it has.

A job is plain data (a ModelSpec, a DatasetSpec). It learns for one turn at a time and then queues again, so
that forty students share two cores fairly, and a paused job holds no thread. A page only sees what was
published: immutable copies, never the model in training.
"""

from __future__ import annotations

import logging
import os
import threading
import time
from concurrent.futures import Executor, Future, ThreadPoolExecutor
from dataclasses import replace
from typing import Self

from jobs import kept_trainings
from jobs.kept_trainings import Published
from paradigms.data.dataset import Dataset
from paradigms.data.dataset_spec import DatasetSpec
from paradigms.fits.fitting import FAILED, Assess, WatchedTraining
from paradigms.fits.specs import ModelSpec
from paradigms.protocols import CannotFit
from paradigms.training import TrainingDiverged

TURN_SECONDS, LOOKS_IN_A_TURN = 0.2, 3.0  # a turn lasts at least three times as long as a look takes
FORGOTTEN_AFTER_SECONDS = 15.0  # nobody has looked for so long: the tab is gone

_pool = ThreadPoolExecutor(max_workers=os.cpu_count() or 2, thread_name_prefix="training")


class Job:
    """One training. ``run``, ``pause``, ``step``, ``cancel``; ``published`` is what to show.

    ``pace`` is the number of optimiser steps from one look of the page to the next, or None for as many as
    there is time for. Where somebody has come to the ``known`` end before, it begins there.
    """

    def __init__(
        self, choice: ModelSpec, spec: DatasetSpec, data: Dataset, assess: Assess,
        pool: Executor = _pool, known: Published | None = None,
    ) -> None:  # fmt: skip
        self.choice, self.spec, self.published = choice, spec, known or Published()
        self.running, self.finished = False, known is not None
        self.pace: int | None = None
        self._training = WatchedTraining(choice.create(), data, assess)
        self._data, self._assess, self._executor = data, assess, pool
        self._turn_lock = threading.Lock()
        self._ticket = 0
        self._waits_to_be_seen = False
        self.seen()

    def anew(self) -> Self:
        """The same training at its beginning, waiting."""
        self.cancel()
        return type(self)(self.choice, self.spec, self._data, self._assess, self._executor)

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
            deadline = time.perf_counter() + max(TURN_SECONDS, LOOKS_IN_A_TURN * self._training.look_seconds)
            try:
                self._training.learn(
                    lambda n: not self.running or n == self.pace or time.perf_counter() >= deadline
                )
                if not self.finished:  # else it was cancelled in the meantime, and nobody will look
                    self._publish()
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

    def _publish(self) -> None:
        self.published = Published(self._training.look())
        if self._training.finished:
            self.running, self.finished = False, True
            kept_trainings.keep(self.choice, self.spec, self._assess, self.published)

    def _stop(self, sentence: str) -> None:
        self.running, self.finished = False, True
        self.published = replace(self.published, problem=sentence)
