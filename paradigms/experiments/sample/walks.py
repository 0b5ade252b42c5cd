"""Chains on their way over a density, recorded for the player."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np

from paradigms import registry
from paradigms.cards import Card
from paradigms.diffusion.noise_schedules import karras
from paradigms.evaluation.distances import energy_distance, energy_floor
from paradigms.experiments.sample.affordable import affordable
from paradigms.experiments.sample.motion import FAR, FEWER, N_PARTICLES, START_DEVIATION, Motion
from paradigms.progress import Report, reported, unreported
from paradigms.trajectory import Snapshot, Trajectory, share_accepted, until_lost

Settings = tuple[tuple[str, Any], ...]  # parameters of a sampler and their values

DIRECT = ("inverse_cdf", "rejection", "importance")  # each draw by itself: nothing is remembered
ANNEALED = "annealed_langevin"  # walks over a denoiser, down the noise levels
SLOPE_ONLY = ("unadjusted_langevin", ANNEALED)  # never ask how likely a place is
FAR_GOING = ("hamiltonian", "no_u_turn", "gibbs")  # a single step asks often, and goes far
N_FAR_GOING = 200  # particles of these
N_MEASURED = 400  # particles, and fresh draws, whose distance is taken at every frame
LARGEST_NOISE, SMALLEST_NOISE = START_DEVIATION, 0.02  # of annealing


def chain_samplers() -> dict[str, Card]:
    """The samplers that walk over a target, or over its noised selves, by file name."""
    return {
        name: card
        for name, card in registry.samplers().items()
        if name == ANNEALED or (name not in DIRECT and "target" in card.estimator.__annotations__)
    }


@dataclass(frozen=True, eq=False)
class Walk:
    """The ``motion``, and its particles' energy distance to fresh draws at each frame, ``distances (f,)``.

    ``floor`` is what as many fresh draws would score.
    """

    motion: Motion
    distances: np.ndarray
    floor: float


def n_usual(name: str) -> int:
    """How many particles walk with the sampler of that ``name`` where its steps are not dear."""
    return N_FAR_GOING if name in FAR_GOING else N_PARTICLES


def walk(
    target: Any,
    truth: Any,
    *,
    name: str,
    settings: Settings,
    n_frames: int = 100,
    seed: int = 0,
    report: Report = unreported,
    clock: Callable[[], float] = time.thread_time,
) -> Walk:
    """Many chains of the sampler of that ``name`` from a wide Gaussian; ``truth`` has ``sample``.

    They are ``n_usual(name)``, or as many as there is time for: see ``affordable``.
    """
    most, steps_a_frame = n_usual(name), 1 if name in FAR_GOING else 2
    n_steps = n_frames * steps_a_frame
    start = np.random.default_rng(seed).normal(scale=START_DEVIATION, size=(most, 2))
    sizes = [(n, n_steps) for n in (most, *FEWER)]
    _, _, begun = affordable(
        lambda n, n_steps: sampled(target, name, settings, start[:n], n_steps, seed), sizes, clock=clock
    )
    snapshots, problem = until_lost(reported(begun, n_steps + 1, report), FAR)
    path = Trajectory.record(snapshots, steps_a_frame)
    fresh = truth.sample(N_MEASURED, [seed, 1])
    distances = np.array([energy_distance(frame[:N_MEASURED], fresh) for frame in path.positions])
    floor = energy_floor(fresh, min(path.positions.shape[1], N_MEASURED))
    return Walk(Motion(path, accepted=share_accepted(snapshots), problem=problem), distances, floor)


def sampled(
    target: Any, name: str, settings: Settings, start: np.ndarray, n_steps: int, seed: int
) -> Iterator[Snapshot]:
    """The run of the sampler of that ``name``."""
    about = dict(settings) | {"n_steps": n_steps, "rng": np.random.default_rng([seed, 7])}
    if name == ANNEALED:
        about["noise_levels"] = karras(n_steps, LARGEST_NOISE, SMALLEST_NOISE)
    return registry.samplers()[name].estimator(target, start, **about)
