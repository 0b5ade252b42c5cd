"""A few steps of a few chains, phase by phase as their sampler tells them."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from paradigms import registry
from paradigms.experiments.sample.motion import FAR, START_DEVIATION, Motion
from paradigms.experiments.sample.walks import Settings, Target, sampled
from paradigms.trajectory import Snapshot, Trajectory, eased, share_accepted, until_lost

N_CHAINS, N_WITH_PATHS = 12, 4  # paths of many would hide one another
N_STEPS = 10
FRAMES_A_PHASE = 6  # at least
MOVING, PROPOSED, REFUSED = 0, 1, 2  # what a particle is at a frame


class Phase(NamedTuple):
    """A phase of a step: where it begins, in frames, and how many particles go with it.

    Where the "choice" of proposals is made, these are the accepted ones, elsewhere those that it moves.
    """

    frame: int
    name: str
    begins_step: bool
    n_gone: int


@dataclass(frozen=True, eq=False)
class SlowMotion:
    """N_STEPS steps, their ``phases``, and ``states (frames, n)``: MOVING, PROPOSED or REFUSED."""

    motion: Motion
    phases: tuple[Phase, ...]
    states: np.ndarray


def slow_motion(target: Target, *, name: str, settings: Settings, seed: int = 0) -> SlowMotion:
    """Chains of the sampler of that ``name`` from N(0, START_DEVIATION² I), through ``Snapshot.phases``."""
    n = N_WITH_PATHS if "path" in registry.samplers()[name].phases else N_CHAINS
    start = np.random.default_rng(seed).normal(scale=START_DEVIATION, size=(n, 2))
    steps = sampled(target, name, settings, start, N_STEPS, seed)
    snapshots, problem = until_lost(steps, FAR, with_phases=True)
    frames, states, phases = [start], [np.full(n, MOVING)], []
    for snapshot in snapshots:
        for k, (phase, positions) in enumerate(snapshot.phases):
            begin, before = len(frames) - 1, frames[-1]
            stops = positions.reshape(-1, n, 2)
            for stop in stops:
                # What left the range of numbers waits where it was last.
                stop = np.where(np.isfinite(stop), np.clip(stop, -FAR, FAR), frames[-1])
                shares = eased(np.linspace(0, 1, math.ceil(FRAMES_A_PHASE / len(stops)) + 1)[1:])
                last = frames[-1]
                frames += [last + share * (stop - last) for share in shares[:-1]] + [stop]
            states += [_states(k, snapshot)] * (len(frames) - len(states))
            gone = snapshot.accepted if phase == "choice" else (frames[-1] != before).any(axis=1)
            phases.append(Phase(begin, phase, k == 0, int(gone.sum())))
    positions = np.stack(frames).astype(np.float32)
    path = Trajectory(positions, np.arange(len(positions), dtype=float))
    motion = Motion(path, accepted=share_accepted(snapshots), problem=problem)
    return SlowMotion(motion, tuple(phases), np.stack(states))


def _states(k: int, snapshot: Snapshot) -> np.ndarray:
    """What the particles are in the k-th phase: PROPOSED in the one before a choice, REFUSED or not in it."""
    names = [name for name, _ in snapshot.phases]
    if names[k] == "choice":
        return np.where(snapshot.accepted, MOVING, REFUSED)
    state = PROPOSED if names[k + 1 : k + 2] == ["choice"] else MOVING
    return np.full(len(snapshot.position), state)
