"""Where work is done: by worker processes, in turns by visitor."""

from __future__ import annotations

import threading
from collections import OrderedDict, deque
from collections.abc import Callable, Hashable, Sequence
from concurrent.futures import Executor, ThreadPoolExecutor
from queue import SimpleQueue

from loky import cpu_count

from jobs.workers import ProcessWorker, SameThread, Worker

NICENESS = 5  # how nice work is that takes long: pages and quick fits come first

Work = Callable[[Worker], None]


class Lane:
    """Work in the order of the visitors' turns: who asks for much at once does not hold up the others.

    ``executor`` has as many threads as there are ``workers``; each waits for one of them at a time.
    """

    def __init__(self, executor: Executor, workers: Sequence[Worker] = (SameThread(),)) -> None:
        self.workers = tuple(workers)
        self._executor, self._lock = executor, threading.Lock()
        self._queues: OrderedDict[Hashable, deque[Work]] = OrderedDict()
        self._idle: SimpleQueue[Worker] = SimpleQueue()
        for worker in workers:
            self._idle.put(worker)

    @property
    def n_waiting(self) -> int:
        with self._lock:
            return sum(map(len, self._queues.values()))

    def add(self, visitor: Hashable, work: Work) -> None:
        """Let ``work`` be called with a worker when its turn comes."""
        with self._lock:
            self._queues.setdefault(visitor, deque()).append(work)
        self._executor.submit(self._do_next)

    def _do_next(self) -> None:
        with self._lock:
            visitor, queue = self._queues.popitem(last=False)
            work = queue.popleft()
            if queue:
                self._queues[visitor] = queue  # behind everybody else
        worker = self._idle.get()
        try:
            work(worker)
        finally:
            self._idle.put(worker)


def _lane(name: str, *workers: Worker) -> Lane:
    return Lane(ThreadPoolExecutor(len(workers), thread_name_prefix=name), workers)


def _slow_workers() -> list[ProcessWorker]:
    """One fewer than the cores that this process may use, at least one."""
    return [ProcessWorker(NICENESS) for _ in range(max(cpu_count() - 1, 1))]


# One worker for what is quick, so that it never waits for what takes seconds; the others share that. A
# training stays with the worker that knows it, so each of these has a lane for trainings of its own.
_slow = _slow_workers()
fits, experiments = _lane("fit", ProcessWorker()), _lane("experiment", *_slow)
trainings = [_lane("training", worker) for worker in _slow]


def n_waiting() -> int:
    """How much waits for its turn, everywhere."""
    return sum(lane.n_waiting for lane in (fits, experiments, *trainings))


def start() -> None:
    """Start all workers, without waiting for them."""
    for worker in (*fits.workers, *experiments.workers):
        threading.Thread(target=worker.start, daemon=True).start()
