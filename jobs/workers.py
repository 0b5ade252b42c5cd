"""Worker processes: started once, warm, single-threaded, bounded in memory; threads where none can start.

What crosses to a worker and back is a function by its name and plain data. While it works a worker tells how
far it is, and hears whether it is to stop.
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

from jobs import inside

MOST_BYTES = 3_000_000_000  # that a worker may take for its data
LISTENING_SECONDS = 0.05
ONE_THREAD = dict.fromkeys(("OMP_NUM_THREADS", "MKL_NUM_THREADS", "OPENBLAS_NUM_THREADS"), "1")

Watch = Callable[[float | None], None]  # hears the share that is done, if known; Stopped ends the work


class Died(RuntimeError):
    """The worker's process has ended while it worked, and so has the one that tried it again."""


class Worker(Protocol):
    def call(self, work: Callable, *arguments: Any, watch: Watch | None = None, **settings: Any) -> Any:
        """``work(*arguments, **settings)``, with a ``report`` if ``watch`` is to hear how far it is."""
        ...


class Here:
    """Works in the thread that asks."""

    def call(self, work: Callable, *arguments: Any, watch: Watch | None = None, **settings: Any) -> Any:
        if watch:
            settings[inside.REPORT] = watch
        return work(*arguments, **settings)


class ProcessWorker:
    """One process that does one thing after the other; a new one takes its place when it dies.

    ``niceness`` is how much it gives way to other processes. What it worked on when it died is tried once
    more, and ``retried`` counts that.
    """

    def __init__(self, niceness: int = 0, most_bytes: int = MOST_BYTES) -> None:
        self.retried = 0
        self._settings = niceness, most_bytes
        self._lock = threading.Lock()
        self._executor: Executor | None = None
        self._connection: Connection | None = None
        self._n_calls = 0

    def start(self) -> None:
        """Make it warm, without waiting."""
        with self._lock:
            self._submit(inside.rest)

    def call(self, work: Callable, *arguments: Any, watch: Watch | None = None, **settings: Any) -> Any:
        """What ``work`` comes to. Raises what it raises, or Died; Stopped where ``watch`` raised it."""
        try:
            return self._call_once(work, arguments, settings, watch)
        except BrokenExecutor:
            self.retried += 1
            logging.getLogger("two_souls").warning("A worker has died, and another tries %s", work)
        try:
            return self._call_once(work, arguments, settings, watch)
        except BrokenExecutor as problem:
            raise Died from problem

    def _call_once(self, work: Callable, arguments: tuple, settings: dict, watch: Watch | None) -> Any:
        with self._lock:
            self._n_calls += 1
            number = self._n_calls
            future = self._submit(inside.work, number, work, arguments, settings, watch is not None)
            connection = self._connection
        share, stopped = None, False
        while True:
            try:
                return future.result(LISTENING_SECONDS if watch else None)
            except StillWorking:
                if future.done():  # it was the work that took too long for itself
                    raise
            share = inside.latest_share(connection, number, share)
            if not stopped:
                try:
                    watch(share)
                except inside.Stopped:
                    stopped = True
                    inside.tell_to_stop(connection, number)

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
        begin = {"initializer": inside.begin, "initargs": (connection, os.getpid(), *self._settings)}
        try:
            executor = ProcessPoolExecutor(max_workers=1, env=ONE_THREAD, **begin)
            executor.submit(os.getpid).result()
        except (OSError, BrokenExecutor):
            logging.getLogger("two_souls").warning("No process can be started: threads work instead")
            executor = ThreadPoolExecutor(1, initializer=inside.begin_in_thread, initargs=(connection,))
        return executor
