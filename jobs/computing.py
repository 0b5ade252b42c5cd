"""Work beside the page: one computation for all who ask the same, its result kept for whoever asks next.

Between its steps it tells how far it is, and stops there when nobody waits for it any more. What it came to
is kept as long as its subject lives and there is room.
"""

from __future__ import annotations

import logging
import threading
import time
from collections import OrderedDict
from collections.abc import Callable, Hashable
from typing import Any
from weakref import ref

from jobs.lanes import Lane
from jobs.size import size_in_bytes
from paradigms.telling import Tell

MOST_BYTES = 400_000_000
FORGOTTEN_AFTER_SECONDS = 15.0  # a visitor who has not looked for so long is gone
FAILED = "This could not be computed, and it is not your doing. Change a setting, and it is tried again."

Work = Callable[[Tell], Any]


class Stopped(Exception):
    """Nobody waits for it any more."""


class Computation:
    """``done`` is an event; then there is a ``value``, or a ``problem`` in a sentence, or it was ``stopped``.

    ``share`` is how far it is, None as long as it has told of nothing.
    """

    def __init__(self, key: tuple[ref, Hashable], work: Work) -> None:
        self.key, self.done, self.n_bytes = key, threading.Event(), 0
        self.value: Any = None
        self.problem: str | None = None
        self.share: float | None = None
        self.started = self.stopped = False
        self._work: Work | None = work
        self._last_looked: dict[Hashable, float] = {}

    def seen_by(self, visitor: Hashable) -> None:
        self._last_looked[visitor] = time.monotonic()

    def left_by(self, visitor: Hashable) -> None:
        with _lock:
            self._last_looked.pop(visitor, None)

    def run(self) -> None:
        self.started = True
        try:
            self._go_on()
            self.value = self._work(self._told)
            self.n_bytes = size_in_bytes(self.value)
        except Stopped:
            self.stopped = True
        except Exception:  # nobody holds this thread: without this a defect would go unheard
            logging.getLogger("two_souls").exception("A computation failed")
            self.problem = FAILED
        self._work = None  # it holds the subject
        self.done.set()
        _make_room()

    def _told(self, share: float) -> None:
        self._go_on()
        self.share = share

    def _go_on(self) -> None:
        """If anybody waits; else it is forgotten before anybody can join in."""
        with _lock:
            last_look = max(self._last_looked.values(), default=0.0)
            if time.monotonic() - last_look > FORGOTTEN_AFTER_SECONDS:
                _known.pop(self.key, None)
                raise Stopped


_known: OrderedDict[tuple[ref, Hashable], Computation] = OrderedDict()  # the one asked for last stands last
_lock = threading.RLock()  # the garbage collector may call _forget at any time


def ask(subject: Any, key: Hashable, work: Work, visitor: Hashable, lane: Lane) -> Computation:
    """The computation of that ``key`` about the ``subject``: done, under way, or begun with this ``work``."""
    whole_key = (ref(subject, _forget), key)
    with _lock:
        found = _known.get(whole_key)
        computation = found or Computation(whole_key, work)
        _known.setdefault(whole_key, computation)
        _known.move_to_end(whole_key)
        if not computation.done.is_set():
            computation.seen_by(visitor)
    if not found:
        lane.add(visitor, computation.run)
    return computation


def _make_room() -> None:
    """Forget what was asked for least lately."""
    with _lock:
        room = MOST_BYTES - sum(one.n_bytes for one in _known.values())
        for oldest in list(_known.values())[:-1]:
            if room < 0 and oldest.done.is_set():
                room += oldest.n_bytes
                del _known[oldest.key]


def _forget(subject: ref, known: dict = _known, lock: Any = _lock) -> None:
    """Called by the garbage collector: even when the interpreter ends, and names stand for nothing."""
    with lock:
        for key in [key for key in known if key[0] is subject]:
            del known[key]
