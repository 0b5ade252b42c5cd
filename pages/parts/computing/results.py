"""What is found out about an object: at once where that takes no time, else beside the page; and kept."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from functools import cache, partial
from typing import Any
from weakref import ref

from jobs import computing, lanes
from jobs.computing import Computation
from jobs.lanes import Lane
from pages.parts.computing import waits


class StillComputing(Exception):
    """There is no answer yet: let the ``computation`` be waited for."""

    def __init__(self, computation: Computation) -> None:
        self.computation = computation


class GivenUp(Exception):
    """There is no answer, for the visitor has cancelled it."""


class CannotCompute(Exception):
    """There is no answer; the message is a sentence for people."""


def recorded(subject: Any, record: Callable[..., Any], *about: Any, **settings: Any) -> Any:
    """``record(*about, **settings)``, once a setting; forgotten with the ``subject``, or for want of room.

    ``about`` is no part of the key: it must follow from the subject. The settings are, so they are hashable.
    It is computed in the page's own thread: for what takes no time.
    """
    return _value(_asked(subject, record, about, settings, lanes.here), patience=None)


def computed(
    subject: Any, record: Callable[..., Any], *about: Any, lane: Lane | None = None, **settings: Any
) -> Any:
    """The same beside the page, for what may take its time; a ``record`` that takes a ``tell`` is handed one.

    The page waits a moment. Raises StillComputing after that, GivenUp, CannotCompute: stand in a ``place``.
    """
    if waits.of_visitor().has_given_up((ref(subject), _key(record, settings))):
        raise GivenUp
    computation = _asked(subject, record, about, settings, lane or lanes.experiments)
    return _value(computation, waits.of_visitor().patience)


def _asked(subject: Any, record: Callable, about: tuple, settings: dict, lane: Lane) -> Computation:
    work = partial(record, *about, **settings)
    with_tell = (lambda tell: work(tell=tell)) if _tells(record) else (lambda tell: work())
    return computing.ask(subject, _key(record, settings), with_tell, waits.of_visitor().name, lane)


def _key(record: Callable, settings: dict[str, Any]) -> tuple:
    return record.__module__, record.__qualname__, *sorted(settings.items(), key=lambda item: item[0])


@cache
def _tells(record: Callable) -> bool:
    return "tell" in inspect.signature(record).parameters


def _value(computation: Computation, patience: float | None) -> Any:
    if not computation.done.wait(patience) or computation.stopped:
        raise StillComputing(computation)
    if computation.problem:
        raise CannotCompute(computation.problem)
    return computation.value
