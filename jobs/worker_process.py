"""What runs inside a worker process: it is made ready once, then does what it is handed."""

from __future__ import annotations

import gc
import os
import threading
import time
from collections.abc import Callable
from multiprocessing.connection import Connection
from typing import Any

REPORT = "report"  # the parameter of work that reports how far it is
REPORTED_EVERY_SECONDS = 0.1
ALONE_AFTER_SECONDS = 2.0  # within which a worker notices that the server has gone

_own = threading.local()  # a thread that stands in for a process has a connection of its own


class Stopped(Exception):
    """Nobody waits for it any more."""


def begin(connection: Connection, server: int, niceness: int, most_bytes: int) -> None:
    """Import what is heavy, keep to one thread and to a share of the memory, and end with the server."""
    begin_in_thread(connection)
    _set_niceness(niceness)
    _limit_memory(most_bytes)
    threading.Thread(target=_end_with, args=(server,), daemon=True).start()
    from paradigms import registry

    registry.cards(), registry.samplers(), registry.presets()
    keep_to_one_thread()
    gc.collect()
    gc.freeze()


def keep_to_one_thread() -> None:
    """From here on torch, and every matrix library that is loaded by now, compute in one thread.

    For matrices as small as ours a second thread waits more than it works, and inside a server, where several
    visitors train at a time, two threads made training several times slower.
    """
    import threadpoolctl
    import torch

    torch.set_num_threads(1)
    threadpoolctl.threadpool_limits(1)


def begin_in_thread(connection: Connection) -> None:
    _own.connection = connection


def do_nothing() -> None:
    """Nothing: a worker that does it is warm."""


def work(number: int, function: Callable, arguments: tuple, settings: dict, watched: bool) -> Any:
    """Do call ``number``; one that is ``watched`` takes a ``report``."""
    if watched:
        settings = settings | {REPORT: _Report(number, _own.connection)}
    return function(*arguments, **settings)


class _Report:
    """Sends the server how far a call is, now and then; raises Stopped when it is to stop."""

    def __init__(self, number: int, connection: Connection) -> None:
        self._number, self._connection, self._last = number, connection, 0.0

    def __call__(self, share: float | None) -> None:
        while self._connection.poll():
            if self._connection.recv() == self._number:
                raise Stopped
        now = time.monotonic()
        if share is not None and now - self._last > REPORTED_EVERY_SECONDS:
            self._connection.send((self._number, share))
            self._last = now


def latest_share(connection: Connection, number: int, known: float | None) -> float | None:
    """On the server's side: what was reported last of that call."""
    while connection.poll():
        reported, share = connection.recv()
        known = share if reported == number else known
    return known


def tell_to_stop(connection: Connection, number: int) -> None:
    """On the server's side."""
    connection.send(number)


def _set_niceness(niceness: int) -> None:
    if hasattr(os, "nice"):  # not on Windows
        os.nice(niceness)


def _limit_memory(most_bytes: int) -> None:
    try:
        import resource
    except ImportError:  # not on Windows
        return
    _, hard = resource.getrlimit(resource.RLIMIT_DATA)
    soft = most_bytes if hard == resource.RLIM_INFINITY else min(most_bytes, hard)
    resource.setrlimit(resource.RLIMIT_DATA, (soft, hard))


def _end_with(server: int) -> None:
    while os.getppid() == server:
        time.sleep(ALONE_AFTER_SECONDS)
    os._exit(0)
