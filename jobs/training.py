"""Training beside the page: a job learns in short turns in a worker, and publishes what it has.

A job is plain data, a FitSpec. It learns for one turn at a time and then queues again, so that forty students
share the workers fairly, and a paused job holds none. A page only sees what was published: immutable copies,
never the model in training.
"""

from __future__ import annotations

import logging
import threading
import time
import uuid
from dataclasses import replace
from typing import Self
from weakref import WeakSet

from jobs import lanes
from jobs.computing import FORGOTTEN_AFTER_SECONDS
from jobs.fitted import COULD_NOT_BE_FITTED
from jobs.lanes import Lane
from jobs.published import Published, keep_end, known_end
from jobs.turns import Turn, take_turn
from jobs.worker_process import Stopped
from jobs.workers import Died, Worker
from paradigms.fits.specs import FitSpec

ENDED_TWICE = "What trained this has ended twice, perhaps for want of memory. Train goes on from here."


class Job:
    """One training. ``run``, ``pause``, ``step``, ``cancel``, none of which waits; ``latest()`` is to show.

    ``pace`` is the number of optimiser steps from one look of the page to the next, or None for as many as
    there is time for. Where somebody has come to the ``known`` end before, it begins there. It is ``retried``
    where a worker has died with it.
    """

    def __init__(self, spec: FitSpec, lane: Lane | None = None, known: Published | None = None) -> None:
        self.spec, self.pace = spec, None
        self.finished, self.retried = known is not None, False
        self._published = known or Published()
        self._name = uuid.uuid4().hex
        self._lane = lane
        self._change = threading.Condition(threading.RLock())  # of what follows
        self._goes_on = self._has_turn = self._is_learning = False
        self._n_single_steps = 0
        self.seen()
        with _jobs_lock:
            _jobs.add(self)

    @property
    def goes_on(self) -> bool:
        """Whether it is to learn on until it is paused."""
        return self._goes_on

    @property
    def running(self) -> bool:
        """Whether it is to learn, or still does."""
        return self._goes_on or self._is_learning or self._n_single_steps > 0

    def latest(self) -> Published:
        """What was published last."""
        return self._published

    def anew(self) -> Self:
        """The same training at its beginning, waiting."""
        self.cancel()
        again = type(self)(self.spec, self._lane)
        again.pace = self.pace
        return again

    def seen(self) -> None:
        """The page's heartbeat; a job that is not seen for a while pauses of itself."""
        self._last_seen = time.monotonic()
        self._ask_for_a_turn()

    def run(self) -> None:
        self._forget_the_worker_that_died()
        self._goes_on = not self.finished
        self._ask_for_a_turn()

    def pause(self) -> None:
        """Stop after the optimiser step in hand; it runs until that is published."""
        self._goes_on, self._n_single_steps = False, 0

    def step(self) -> None:
        """One optimiser step, which is published, and no more."""
        self._forget_the_worker_that_died()
        with self._change:
            self._goes_on = False
            self._n_single_steps += not self.finished
        self._ask_for_a_turn()

    def cancel(self) -> None:
        self.pause()
        self.finished = True

    def wait_until_it_rests(self, seconds: float) -> bool:
        """Whether it has come to rest within that time."""
        with self._change:
            return self._change.wait_for(lambda: not self.running, seconds)

    def _forget_the_worker_that_died(self) -> None:
        if not self.finished:
            self._published = replace(self._published, problem=None)

    def _ask_for_a_turn(self) -> None:
        with self._change:
            if self._has_turn or not (self._goes_on or self._n_single_steps):
                return
            self._has_turn = True
            self._lane = self._lane or _least_busy()
        self._lane.add(self._name, self._turn)

    def _turn(self, worker: Worker) -> None:
        with self._change:
            is_single = self._n_single_steps > 0
            self._is_learning = not self.finished and (is_single or self._goes_on)
        try:
            if self._is_learning:
                self._learn(worker, is_single)
        except Exception:  # nobody holds this thread: without this a defect would go unheard
            logging.getLogger("two_souls").exception("A training failed")
            self._stop(COULD_NOT_BE_FITTED)
        with self._change:
            if time.monotonic() - self._last_seen > FORGOTTEN_AFTER_SECONDS:
                self.pause()
            self._n_single_steps = max(self._n_single_steps - is_single, 0)
            self._has_turn = self._is_learning = False
            self._change.notify_all()
        if self._n_single_steps or self.pace is None:  # else it goes on when it has been seen
            self._ask_for_a_turn()

    def _learn(self, worker: Worker, is_single: bool) -> None:
        def watch(_share: float | None) -> None:
            if not (self._goes_on or is_single):
                raise Stopped

        look, n_steps = self._published.look, 1 if is_single else self.pace
        turn = (self._name, self.spec, look.progress.step if look else 0, n_steps)
        try:
            try:
                learned = worker.call(take_turn, *turn, watch=watch)
            except Died:
                self.retried = True
                learned = worker.call(take_turn, *turn, watch=watch)
        except Died:
            self.pause()
            self._published = replace(self._published, problem=ENDED_TWICE)
        except Stopped:  # while it waited for the worker
            pass
        else:
            if learned.problem:
                self._stop(learned.problem)
            elif not self.finished:  # else it was cancelled meanwhile: nobody will look
                self._publish(learned)

    def _publish(self, turn: Turn) -> None:
        if turn.look:
            self._published = Published(turn.look)
        if turn.finished:
            self.cancel()
            keep_end(self.spec, self._published)

    def _stop(self, sentence: str) -> None:
        self.cancel()
        self._published = replace(self._published, problem=sentence)


def start(spec: FitSpec, *, pace: int | None = None, at_once: bool = True) -> Job:
    """A training under way; unless ``at_once``, one that waits to be run. Its end is there if it is known."""
    job = Job(spec, known=known_end(spec))
    job.pace = pace
    if at_once:
        job.run()
    return job


_jobs: WeakSet[Job] = WeakSet()
_jobs_lock = threading.Lock()


def _least_busy() -> Lane:
    """The lane with the fewest trainings that run."""
    with _jobs_lock:
        running = [job._lane for job in _jobs if job.running]
    return min(lanes.trainings, key=running.count)
