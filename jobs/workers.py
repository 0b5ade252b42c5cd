"""Worker processes: started once, warm, single-threaded, bounded in memory; threads where none can start.

What crosses to a worker and back is a function by its name, and what can be pickled. While it works a worker
tells how far it is, and hears whether it is to stop.
"""

from __future__ import annotations

import logging
import os
import threading
from collections.abc import Callable
from concurrent.futures import BrokenExecutor, Executor, Future, ThreadPoolExecutor
from concurrent.futures import TimeoutError as StillWorking
from multiprocessing.connection import Connection, Pipe
from typing import Any, Protocol

from loky import ProcessPoolExecutor  # unlike multiprocessing's own it never imports the server's script anew

from jobs import worker_process

MOST_BYTES = 3_000_000_000  # that a worker may take for its data
LISTENING_SECONDS = 0.05
ONE_THREAD = dict.fromkeys(("OMP_NUM_THREADS", "MKL_NUM_THREADS", "OPENBLAS_NUM_THREADS"), "1")

Watch = Callable[[float | None], None]  # hears the share that is done, if known; Stopped ends the work


class Died(RuntimeError):
    """The worker's process has ended while it worked; the next call has a new one."""


class Worker(Protocol):
    def call(self, work: Callable, *arguments: Any, watch: Watch | None = None, **settings: Any) -> Any:
        """``work(*arguments, **settings)``, with a ``report`` if ``watch`` is to hear how far it is."""
        ...


class SameThread:
    """Works in the thread that asks."""

    def call(self, work: Callable, *arguments: Any, watch: Watch | None = None, **settings: Any) -> Any:
        if watch:
            settings[worker_process.REPORT] = watch
        return work(*arguments, **settings)


class ProcessWorker:
    """One process that does one thing after the other; a new one takes its place when it dies.

    ``niceness`` is how much it gives way to other processes.
    """

    def __init__(self, niceness: int = 0, most_bytes: int = MOST_BYTES) -> None:
        self._settings = niceness, most_bytes
        self._busy = threading.Lock()  # one call at a time, for there is one connection
        self._executor: Executor | None = None
        self._connection: Connection | None = None
        self._n_calls, self._has_had_a_process = 0, False

    def start(self) -> None:
        """Make it warm, and wait until it is."""
        self.call(worker_process.do_nothing)

    def call(self, work: Callable, *arguments: Any, watch: Watch | None = None, **settings: Any) -> Any:
        """What ``work`` comes to. Raises what it raises, or Died; Stopped where ``watch`` raised it."""
        while not self._busy.acquire(timeout=LISTENING_SECONDS if watch else -1):
            watch(None)
        try:
            return self._call(work, arguments, settings, watch)
        except BrokenExecutor as problem:
            logging.getLogger("two_souls").warning("A worker has died at %s", work)
            raise Died from problem
        finally:
            self._busy.release()

    def _call(self, work: Callable, arguments: tuple, settings: dict, watch: Watch | None) -> Any:
        self._n_calls += 1
        future = self._submit(
            worker_process.work, self._n_calls, work, arguments, settings, watch is not None
        )
        share, stopped = None, False
        while True:
            try:
                return future.result(LISTENING_SECONDS if watch else None)
            except StillWorking:
                if future.done():  # meanwhile, or it was the work that took too long for itself
                    return future.result()
            share = worker_process.latest_share(self._connection, self._n_calls, share)
            if not stopped:
                try:
                    watch(share)
                except worker_process.Stopped:
                    stopped = True
                    worker_process.tell_to_stop(self._connection, self._n_calls)

    def _submit(self, *call: Any) -> Future:
        """Hand it to the process that lives, or to a new one."""
        try:
            if self._executor is None:
                raise BrokenExecutor
            return self._executor.submit(*call)
        except BrokenExecutor:
            self._connection, theirs = Pipe()
            self._executor = self._new_executor(theirs)
            return self._executor.submit(*call)

    def _new_executor(self, connection: Connection) -> Executor:
        begin = {"initializer": worker_process.begin, "initargs": (connection, os.getpid(), *self._settings)}
        try:
            executor = ProcessPoolExecutor(max_workers=1, env=ONE_THREAD, **begin)
            executor.submit(os.getpid).result()
            self._has_had_a_process = True
        except (OSError, BrokenExecutor) as problem:
            if self._has_had_a_process:  # for want of memory now, say: the next call tries again
                self._executor = None
                raise BrokenExecutor from problem
            logging.getLogger("two_souls").warning("No process can be started: threads work instead")
            executor = ThreadPoolExecutor(
                1, initializer=worker_process.begin_in_thread, initargs=(connection,)
            )
        return executor
