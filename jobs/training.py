"""Training beside the page: a job learns in short turns in a worker, and publishes what it has.

A job is plain data, a FitSpec. It learns for one turn at a time and then queues again, so that forty students
share the workers fairly, and a paused job holds none. A page only sees what was published: immutable copies,
never the model in training.
"""

from __future__ import annotations

import threading
import time
import uuid
from concurrent.futures import Future
from dataclasses import dataclass, replace
from typing import Self

from jobs import lanes
from jobs.computing import DIED, FORGOTTEN_AFTER_SECONDS
from jobs.inside import Stopped
from jobs.lanes import Lane
from jobs.store import results
from jobs.turns import Turn, take_turn
from jobs.workers import Died, Worker
from paradigms.fits.assessment import Assessment
from paradigms.fits.fitting import Look
from paradigms.fits.specs import FitSpec


@dataclass(frozen=True)
class Published:
    """What a page may show of a training: the last look at it, and what put an end to it, if anything."""

    look: Look | None = None
    problem: str | None = None

    @property
    def assessment(self) -> Assessment | None:
        return self.look and self.look.assessment


def known_end(spec: FitSpec) -> Published | None:
    """What such a training has come to, where anybody has gone through it and it is still kept."""
    return results.get(("training", spec.digest))


class Job:
    """One training. ``run``, ``pause``, ``step``, ``cancel``; ``latest()`` is what to show.

    ``pace`` is the number of optimiser steps from one look of the page to the next, or None for as many as
    there is time for. Where somebody has come to the ``known`` end before, it begins there. It is ``retried``
    where a worker has died with it.
    """

    def __init__(self, spec: FitSpec, lane: Lane | None = None, known: Published | None = None) -> None:
        self.spec, self.pace = spec, None
        self.running, self.finished = False, known is not None
        self._published = known or Published()
        self._name = uuid.uuid4().hex
        self._lane = lane or min(lanes.trainings, key=lambda lane: lane.n_waiting)
        self._turn_lock = threading.Lock()
        self._ticket = 0
        self._steps_one = self._waits_to_be_seen = self.retried = False
        self.seen()

    def latest(self) -> Published:
        """What was published last."""
        return self._published

    def anew(self) -> Self:
        """The same training at its beginning, waiting."""
        self.cancel()
        return type(self)(self.spec, self._lane)

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
            self._steps_one = True
            self._submit().result()
            self._steps_one = False

    def cancel(self) -> None:
        self.running, self.finished = False, True

    def _submit(self) -> Future:
        self._waits_to_be_seen = False
        ticket = self._ticket
        return self._lane.add(self._name, lambda worker: self._turn(worker, ticket))

    def _turn(self, worker: Worker, ticket: int) -> None:
        with self._turn_lock:
            if ticket != self._ticket or self.finished:
                return
            look, n_steps = self._published.look, 1 if self._steps_one else self.pace
            step = look.progress.step if look else 0
            try:
                turn = self._tried_twice(worker, step, n_steps)
            except Died:
                self._stop(DIED)
                return
            except Stopped:  # while it waited for the worker
                turn = Turn()
            if turn.problem:
                self._stop(turn.problem)
            elif turn.look and not self.finished:  # else it was cancelled in the meantime: nobody will look
                self._publish(turn.look, turn.finished)
            if time.monotonic() - self._last_seen > FORGOTTEN_AFTER_SECONDS:
                self.running = False
            if self.running and self.pace is None:
                self._submit()
            else:
                self._waits_to_be_seen = self.running

    def _tried_twice(self, worker: Worker, step: int, n_steps: int | None) -> Turn:
        try:
            return worker.call(take_turn, self._name, self.spec, step, n_steps, watch=self._watch)
        except Died:
            self.retried = True
            return worker.call(take_turn, self._name, self.spec, step, n_steps, watch=self._watch)

    def _watch(self, _share: float | None) -> None:
        if not (self.running or self._steps_one):
            raise Stopped

    def _publish(self, look: Look, finished: bool) -> None:
        self._published = Published(look)
        if finished:
            self.running, self.finished = False, True
            results.put(("training", self.spec.digest), self._published)

    def _stop(self, sentence: str) -> None:
        self.running, self.finished = False, True
        self._published = replace(self._published, problem=sentence)
