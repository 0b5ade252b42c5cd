"""Progress of long computations: between its steps one reports its share, and may be stopped there."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import TypeVar

Item = TypeVar("Item")

# Takes the share that is done, in [0, 1]; what it raises ends the computation.
Report = Callable[[float], None]


def unreported(share: float) -> None:
    """The report of a computation whose progress nobody follows."""


def reported(items: Iterable[Item], n: int, report: Report) -> Iterator[Item]:
    """The items, some ``n`` of them; before each is handed on, the share that is done is reported."""
    for k, item in enumerate(items):
        report(min(k / n, 1.0))
        yield item


def part_of(report: Report, begins: float, ends: float) -> Report:
    """The report of a part of the computation, which goes from one share of the whole to another."""
    return lambda share: report(begins + share * (ends - begins))
