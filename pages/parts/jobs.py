"""Training beside the page: a job learns in short turns on a shared pool, and publishes what it has.

A job is described by plain data (a model's name, its parameters, a DatasetSpec), so any executor can run
it. It drains ``fit_steps`` for one turn at a time and then queues again, so that forty students share two
cores fairly, and a paused job holds no thread. A page only ever sees what was published: immutable copies,
never the model that is being trained.
"""

from __future__ import annotations

import os
import threading
import time
from concurrent.futures import Executor, ThreadPoolExecutor
from dataclasses import dataclass, replace
from typing import Any

from paradigms.data.dataset import Dataset
from paradigms.data.dataset_spec import DatasetSpec
from paradigms.evaluation.assessment import FunctionAssessment, assess_function
from paradigms.protocols import CannotFit
from paradigms.training import TrainingDiverged
from pages.parts.cached import ModelChoice

TURN_SECONDS = 0.2
FORGOTTEN_AFTER_SECONDS = 15.0  # nobody has looked for so long: the tab is gone

_pool = ThreadPoolExecutor(max_workers=os.cpu_count() or 2, thread_name_prefix="training")


@dataclass(frozen=True)
class Published:
    """What a page may show of a training: where it stands, its losses, and the model so far."""

    step: int = 0
    n_steps: int = 0
    losses: tuple[tuple[int, float], ...] = ()
    assessment: FunctionAssessment | None = None
    problem: str = ""


class Job:
    """One training. ``run``, ``pause``, ``step``, ``cancel``; ``published`` is what to show."""

    def __init__(
        self, choice: ModelChoice, spec: DatasetSpec, data: Dataset, executor: Executor = _pool
    ) -> None:
        self.choice, self.spec, self.published = choice, spec, Published()
        self._data, self._executor = data, executor
        self._model = choice.create()
        self._progress = self._model.fit_steps(*data.train)
        self._losses: list[tuple[int, float]] = []
        self._n_steps = 0
        self._seconds = 0.0
        self._lock = threading.Lock()
        self._queued = self._running = self._finished = False
        self._last_seen = time.monotonic()

    @property
    def running(self) -> bool:
        return self._running and not self._finished

    @property
    def finished(self) -> bool:
        return self._finished

    def seen(self) -> None:
        """The page's heartbeat; a job that is not seen for a while stops of itself."""
        self._last_seen = time.monotonic()

    def run(self) -> None:
        self.seen()
        self._running = True
        self._queue()

    def pause(self) -> None:
        self._running = False

    def step(self) -> None:
        """One optimiser step, in a turn of its own."""
        self._running = False
        self._executor.submit(self._turn, 0.0)

    def cancel(self) -> None:
        self._running = False
        self._finished = True

    def _queue(self) -> None:
        if not self._queued:
            self._queued = True
            self._executor.submit(self._turn, TURN_SECONDS)

    def _turn(self, seconds: float) -> None:
        with self._lock:
            self._queued = False
            started = time.perf_counter()
            try:
                while not self._finished:
                    progress = next(self._progress, None)
                    if progress is None:
                        self._finished = True
                        break
                    self._n_steps = progress.n_steps
                    self._losses.append((progress.step, next(iter(progress.losses.values()))))
                    if time.perf_counter() - started >= seconds or not self._running:
                        break
                self._seconds += time.perf_counter() - started
                self._publish()
            except (CannotFit, TrainingDiverged) as problem:
                self._stop(str(problem))
            except (ValueError, ArithmeticError, RuntimeError) as problem:
                self._stop(f"The training stopped ({problem}). Your points are kept.")
        if time.monotonic() - self._last_seen > FORGOTTEN_AFTER_SECONDS:
            self._running = False
        if self.running:
            self._queue()

    def _publish(self) -> None:
        if not self._losses:
            return
        frozen = type(self._model).from_arrays(self._model.to_arrays())
        thinned = self._losses[:: max(1, len(self._losses) // 200)]
        self.published = Published(
            step=self._losses[-1][0],
            n_steps=self._n_steps,
            losses=(*thinned, self._losses[-1]),
            assessment=assess_function(frozen, self._data, self._seconds),
        )

    def _stop(self, sentence: str) -> None:
        self._finished = True
        self.published = replace(self.published, problem=sentence)


def job_for(holder: Any, choice: ModelChoice, spec: DatasetSpec, data: Dataset) -> Job:
    """The session's job for this model and these data; another choice cancels the old job."""
    job: Job | None = holder.get("job")
    if job is None or (job.choice, job.spec) != (choice, spec):
        if job is not None:
            job.cancel()
        job = holder["job"] = Job(choice, spec, data)
        job.run()
    job.seen()
    return job
