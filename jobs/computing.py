"""Work beside the page: one computation for all who ask the same, its result kept for whoever asks next.

While it works it reports how far it is, and stops when nobody waits for it any more.
"""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable, Hashable
from typing import Any, NamedTuple

from jobs.lanes import Lane
from jobs.store import results
from jobs.worker_process import Stopped
from jobs.workers import Died, Watch, Worker

FORGOTTEN_AFTER_SECONDS = 15.0  # a visitor who has not looked for so long is gone
TRIED_AGAIN_AFTER_SECONDS = 60.0  # what failed may have done so for want of memory at the time
FAILED = "This could not be computed, and it is not your doing. Change a setting, or try again in a minute."
DIED = "What computed this has ended twice, perhaps for want of memory. Take fewer points or another setting."

Work = Callable[[Worker, Watch], Any]


class Outcome(NamedTuple):
    """What a computation came to: a ``value``, or a ``problem`` in a sentence."""

    value: Any = None
    problem: str | None = None


class Computation:
    """``done`` is an event; then there is an ``outcome``, or it was ``stopped``.

    ``share`` is how far it is, None as long as it has reported nothing; ``retried`` tells that a worker died.
    """

    def __init__(self, key: Hashable, work: Work) -> None:
        self.key, self.done = key, threading.Event()
        self.outcome: Outcome | None = None
        self.share: float | None = None
        self.started = self.stopped = self.retried = False
        self._work = work
        self._last_looked: dict[Hashable, float] = {}

    def seen_by(self, visitor: Hashable) -> None:
        self._last_looked[visitor] = time.monotonic()

    def left_by(self, visitor: Hashable) -> None:
        with _lock:
            self._last_looked.pop(visitor, None)

    def run(self, worker: Worker) -> None:
        self.started = True
        try:
            self._go_on()
            self.outcome = Outcome(self._tried_twice(worker))
        except Stopped:
            self.stopped = True
        except Died:
            self.outcome = Outcome(problem=DIED)
        except Exception:  # nobody holds this thread: without this a defect would go unheard
            logging.getLogger("two_souls").exception("A computation failed")
            self.outcome = Outcome(problem=FAILED)
        with _lock:
            if self.outcome and self.outcome.problem:
                _failed[self.key] = time.monotonic(), self.outcome
            elif self.outcome:
                results.put(self.key, self.outcome)
            self._forget()
        self.done.set()

    def _tried_twice(self, worker: Worker) -> Any:
        try:
            return self._work(worker, self._watch)
        except Died:
            self.retried = True
            return self._work(worker, self._watch)

    def _watch(self, share: float | None) -> None:
        self._go_on()
        self.share = share

    def _go_on(self) -> None:
        """If anybody waits; else it is forgotten before anybody can join in."""
        with _lock:
            last_look = max(self._last_looked.values(), default=0.0)
            if time.monotonic() - last_look > FORGOTTEN_AFTER_SECONDS:
                self._forget()
                raise Stopped

    def _forget(self) -> None:
        if _under_way.get(self.key) is self:  # and not another, begun after this was given up
            del _under_way[self.key]


_under_way: dict[Hashable, Computation] = {}
_failed: dict[Hashable, tuple[float, Outcome]] = {}
_lock = threading.Lock()


def ask(key: Hashable, work: Work, visitor: Hashable, lane: Lane) -> Outcome | Computation:
    """What that ``key`` came to; or the computation of it, under way or begun with this ``work``."""
    with _lock:
        known = results.get(key) or _failure(key)
        if known:
            return known
        found = _under_way.get(key)
        computation = found or _under_way.setdefault(key, Computation(key, work))
        computation.seen_by(visitor)
    if not found:
        lane.add(visitor, computation.run)
    return computation


def _failure(key: Hashable) -> Outcome | None:
    """What it came to not long ago, if it failed."""
    long_ago = time.monotonic() - TRIED_AGAIN_AFTER_SECONDS
    for old in [old for old, (when, _) in _failed.items() if when < long_ago]:
        del _failed[old]
    return _failed.get(key, (0.0, None))[1]
