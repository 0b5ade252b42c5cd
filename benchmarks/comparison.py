"""One line of the table: what was measured, beside its peer, and what we hold ourselves to."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from statistics import median

from jobs.worker_process import keep_to_one_thread
from paradigms import registry


@dataclass(frozen=True)
class Comparison:
    """Numbers as they are to be read, or a dash; ``met`` is None where nothing is promised or measured."""

    what: str
    ours: str
    peer: str = "—"
    ratio: str = "—"
    held_to: str = "—"
    met: bool | None = None


def side_by_side(ours: Callable[[], float], peer: Callable[[], float], runs: int) -> tuple[float, float]:
    """The medians of two measurements, taken in turn so that a busy moment disturbs both alike."""
    pairs = [(ours(), peer()) for _ in range(runs)]
    return median(pair[0] for pair in pairs), median(pair[1] for pair in pairs)


def seconds(work: Callable[[], object], repeat: int = 1) -> float:
    """Wall-clock seconds of one call; ``repeat`` calls are timed together where one is too short."""
    started = time.perf_counter()
    for _ in range(repeat):
        work()
    return (time.perf_counter() - started) / repeat


def cpu_seconds(work: Callable[[], object]) -> float:
    """CPU-seconds of one call, all threads; what else the machine does hardly counts."""
    started = time.process_time()
    work()
    return time.process_time() - started


def one_thread() -> None:
    """From here on every library of this process computes in one thread."""
    registry.cards()  # what is not yet loaded cannot be told; this loads everything that models need
    keep_to_one_thread()


def milliseconds(value: float) -> str:
    """Seconds as milliseconds to read."""
    return f"{1000 * value:,.1f} ms" if value < 0.1 else f"{1000 * value:,.0f} ms"
