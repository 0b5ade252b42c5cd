"""Where work is done: on a pool of threads, in turns by visitor; or at once, in the asker's thread."""

from __future__ import annotations

import os
import threading
from collections import OrderedDict, deque
from collections.abc import Callable, Hashable
from concurrent.futures import Executor, Future, ThreadPoolExecutor


class AtOnce(Executor):
    """Does what is submitted before it answers."""

    def submit(self, work: Callable, *arguments: object) -> Future:
        done: Future = Future()
        done.set_result(work(*arguments))
        return done


class Lane:
    """Work in the order of the visitors' turns: who asks for much at once does not hold up the others."""

    def __init__(self, executor: Executor) -> None:
        self._executor, self._lock = executor, threading.Lock()
        self._queues: OrderedDict[Hashable, deque[Callable[[], None]]] = OrderedDict()

    def add(self, visitor: Hashable, work: Callable[[], None]) -> None:
        with self._lock:
            self._queues.setdefault(visitor, deque()).append(work)
        self._executor.submit(self._do_next)

    def _do_next(self) -> None:
        with self._lock:
            visitor, queue = self._queues.popitem(last=False)
            work = queue.popleft()
            if queue:
                self._queues[visitor] = queue  # behind everybody else
        work()


def _pool(name: str) -> Lane:
    return Lane(ThreadPoolExecutor(os.cpu_count() or 2, thread_name_prefix=name))


# Three, so that a fit that takes no time does not wait for a walk that takes seconds.
here, fits, experiments = Lane(AtOnce()), _pool("fit"), _pool("experiment")
