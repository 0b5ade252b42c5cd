"""The largest run of a sampler that a budget of computing time allows."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from itertools import chain, islice, pairwise

import numpy as np

from paradigms.trajectory import Snapshot

MOST_SECONDS = 3.0  # of CPU, for one run of a sampler
N_TRIED = 3  # steps that are measured


def within_budget(
    begin: Callable[[int, int], Iterator[Snapshot]],
    sizes: Sequence[tuple[int, int]],
    *,
    clock: Callable[[], float] = time.thread_time,
) -> tuple[int, int, Iterator[Snapshot]]:
    """The first of the ``sizes`` (particles, steps) that is done in MOST_SECONDS, and its run, just begun.

    ``begin(n_particles, n_steps)`` starts a sampler, whose first snapshot is the start. Each size in turn is
    measured by its first steps on the ``clock``, that of this thread's CPU; the last one needs no measure.
    """
    for n_particles, n_steps in sizes[:-1]:
        snapshots = begin(n_particles, n_steps)
        try:
            with np.errstate(over="ignore", invalid="ignore"):
                first, times = [next(snapshots)], [clock()]
                for snapshot in islice(snapshots, N_TRIED):
                    first.append(snapshot)
                    times.append(clock())
        except FloatingPointError:  # lost at once, which costs nothing: let the run itself say so
            return n_particles, n_steps, begin(n_particles, n_steps)
        # Not their mean: the machine may be busy.
        quickest = min((after - before for before, after in pairwise(times)), default=0.0)
        if quickest * n_steps <= MOST_SECONDS:
            return n_particles, n_steps, chain(first, snapshots)
    return *sizes[-1], begin(*sizes[-1])
