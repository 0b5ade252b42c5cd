"""What is found out beside the page, or at once where that takes no time; and kept, by value, for all."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Hashable
from functools import cache, partial
from typing import Any

from jobs import computing, lanes, worker_process
from jobs.computing import Computation, Outcome
from jobs.lanes import Lane
from jobs.store import results
from jobs.workers import Watch, Worker
from pages.parts.computing import waits


class StillComputing(Exception):
    """There is no answer yet: let the ``computation`` be waited for."""

    def __init__(self, computation: Computation) -> None:
        self.computation = computation


class GivenUp(Exception):
    """There is no answer, for the visitor has cancelled it."""


class CannotCompute(Exception):
    """There is no answer; the message is a sentence for people."""


def recorded(of: Hashable, record: Callable[..., Any], *about: Any, **settings: Any) -> Any:
    """``record(*about, **settings)``, once for what it is ``of`` and a setting; in the page's own thread.

    ``of`` is plain data that ``about`` follows from: the digest of a spec, the name of a target.
    """
    return results.remember(_key(of, record, settings), partial(record, *about, **settings))


def computed(
    of: Hashable, record: Callable[..., Any], *about: Any, lane: Lane | None = None, **settings: Any
) -> Any:
    """The same by a worker, for what may take its time; a ``record`` that takes a ``report`` gets one.

    The page waits a moment. Raises StillComputing after that, GivenUp, CannotCompute: stand in a ``place``.
    """
    key, visitor = _key(of, record, settings), waits.of_visitor()
    if visitor.has_given_up(key):
        raise GivenUp

    def work(worker: Worker, watch: Watch) -> Any:
        return worker.call(record, *about, watch=watch if _reports(record) else None, **settings)

    found = computing.ask(key, work, visitor.name, lane or lanes.experiments)
    return _value(found if isinstance(found, Outcome) else _waited_for(found, visitor.patience))


def _waited_for(computation: Computation, patience: float) -> Outcome:
    if not computation.done.wait(patience) or computation.stopped:
        raise StillComputing(computation)
    return computation.outcome


def _value(outcome: Outcome) -> Any:
    if outcome.problem:
        raise CannotCompute(outcome.problem)
    return outcome.value


def _key(of: Hashable, record: Callable[..., Any], settings: dict[str, Any]) -> tuple:
    return of, record.__module__, record.__qualname__, *sorted(settings.items())


@cache
def _reports(record: Callable[..., Any]) -> bool:
    return worker_process.REPORT in inspect.signature(record).parameters
