"""One step of a chain taken apart: the slope, the noise, the choice, one after the other."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import Any, NamedTuple

import numpy as np

from paradigms.experiments.sample.motion import FAR, START_DEVIATION, Motion
from paradigms.experiments.sample.walks import ANNEALED, Settings, sampled
from paradigms.trajectory import Snapshot, Trajectory, eased, share_accepted, until_lost

GLIDING = ("hamiltonian", "no_u_turn")  # a step has a path
CLIMBING = ("unadjusted_langevin", "metropolis_langevin", ANNEALED)  # a step begins with the slope
SWAPPING = "parallel_tempering"  # after each step states change places
N_CHAINS, N_GLIDING, N_STEPS, EASED = 12, 4, 10, 6  # and frames from one part of a step to the next
GOES, PROPOSED, REFUSED = 0, 1, 2  # what a particle is at a frame


class Part(NamedTuple):
    """What leads on from ``frame``: "slope", "noise", "slice", "path", "choice" or "swap".

    ``begins`` says whether a step does; ``n_gone`` is how many go with it, of a choice or a swap.
    """

    frame: int
    name: str
    begins: bool
    n_gone: int | None


@dataclass(frozen=True, eq=False)
class SlowMotion:
    """Ten steps of a few chains, their ``parts``, and ``states (frames, n)``: GOES, PROPOSED or REFUSED."""

    motion: Motion
    parts: tuple[Part, ...]
    states: np.ndarray


def slow_motion(target: Any, *, name: str, settings: Settings, seed: int = 0) -> SlowMotion:
    """A few chains of their own from a wide Gaussian, each led from part to part of its steps."""
    n = N_GLIDING if name in GLIDING else N_CHAINS  # paths of many would hide one another
    start = np.random.default_rng(seed).normal(scale=START_DEVIATION, size=(n, 2))
    steps = sampled(target, name, settings, start, N_STEPS, seed)
    snapshots, problem = until_lost(steps, FAR, with_paths=True)
    places, states, parts = [start], [np.full(n, GOES)], []
    for before, after in pairwise(snapshots):
        begins = True
        for part, leads in _parts(target, name, settings, before, after):
            n_gone = None
            if part == "choice":
                n_gone = int(after.accepted.sum())
            elif part == "swap":
                n_gone = int((leads[-1] != leads[0]).any(axis=1).sum())
            parts.append(Part(len(places) - 1, part, begins, n_gone))
            for place in leads:
                seen = np.clip(place, -FAR, FAR)  # what left the range of numbers waits where it was last
                places.append(np.where(np.isfinite(seen), seen, places[-1]))
                states.append(_states(part, after))
            begins = False
    positions = np.stack(places).astype(np.float32)
    path = Trajectory(positions, np.arange(len(positions), dtype=float))
    motion = Motion(path, accepted=share_accepted(snapshots), problem=problem)
    return SlowMotion(motion, tuple(parts), np.stack(states))


def _parts(
    target: Any, name: str, settings: Settings, before: Snapshot, after: Snapshot
) -> Iterator[tuple[str, list[np.ndarray]]]:
    """The parts of one step, each with the places that it leads the particles through."""
    here, decides = before.position, after.accepted is not None and after.proposal is not None
    if name in GLIDING:
        yield "path", list(after.path[1:])
        here = after.path[-1]
    elif name in CLIMBING:
        uphill = here + _climb(target, name, settings, before, after)
        yield "slope", _led(here, uphill)
        here = uphill
    if name not in GLIDING and not (name == ANNEALED and after.time == 0):  # whose last step has no noise
        goal = after.proposal if decides else after.position
        yield ("slice" if name == "gibbs" else "noise"), _led(here, goal)
        here = goal
    if decides:
        chosen = after.position
        if name == SWAPPING:
            chosen = np.where(after.accepted[:, None], after.proposal, before.position)
        yield "choice", _led(here, chosen)
        here = chosen
    if name == SWAPPING:
        yield "swap", _led(here, after.position)


def _climb(target: Any, name: str, settings: Settings, before: Snapshot, after: Snapshot) -> np.ndarray:
    """The term of the formula that has the slope."""
    step_size = dict(settings)["step_size"]
    if name != ANNEALED:
        return step_size * target.log_density_gradient(before.position)
    if after.time == 0:  # the last step takes the clean point
        return -before.time * target.predict_noise(before.position, before.time)
    return -step_size * after.time * target.predict_noise(before.position, after.time)


def _states(part: str, after: Snapshot) -> np.ndarray:
    """A proposal is one until it is decided about; where nothing is decided, all just go."""
    if after.accepted is None or after.proposal is None or part in ("slope", "swap"):
        return np.full(len(after.position), GOES)
    return (
        np.where(after.accepted, GOES, REFUSED)
        if part == "choice"
        else np.full(len(after.position), PROPOSED)
    )


def _led(start: np.ndarray, end: np.ndarray) -> list[np.ndarray]:
    return [start + share * (end - start) for share in eased(np.arange(1, EASED + 1) / EASED)]
