"""How far a long computation is: it tells between its steps, and whoever listens may stop it there."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import TypeVar

Item = TypeVar("Item")

# Takes the share that is done, in [0, 1]; what it raises ends the computation.
Tell = Callable[[float], None]


def nobody(share: float) -> None:
    """The listener of a computation that nobody watches."""


def told(items: Iterable[Item], n: int, tell: Tell) -> Iterator[Item]:
    """The items, some ``n`` of them; before each is handed on, the share that is done is told."""
    for k, item in enumerate(items):
        tell(min(k / n, 1.0))
        yield item


def part(tell: Tell, begins: float, ends: float) -> Tell:
    """What a part of the computation tells, which goes from one share of the whole to another."""
    return lambda share: tell(begins + share * (ends - begins))
