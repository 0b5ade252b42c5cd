"""Markov chains over a density, recorded for the player."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np

from paradigms import registry
from paradigms.cards import SamplerCard
from paradigms.diffusion.noise_schedules import karras
from paradigms.evaluation.distances import energy_distance, energy_floor
from paradigms.experiments.sample.computing_budget import within_budget
from paradigms.experiments.sample.motion import FAR, FEWER, START_DEVIATION, Motion
from paradigms.progress import Report, reported, unreported
from paradigms.protocols import Denoiser, Density, DifferentiableDensity, Sampleable
from paradigms.trajectory import Snapshot, Trajectory, share_accepted, until_lost

Settings = tuple[tuple[str, Any], ...]  # parameters of a sampler and their values
Target = Density | DifferentiableDensity | Denoiser  # as the sampler's card asks

N_FRAMES = 100
N_COMPARED = 400  # particles, and fresh draws, whose distance is taken at every frame
LARGEST_NOISE, SMALLEST_NOISE = START_DEVIATION, 0.02  # of annealing


def chain_samplers() -> dict[str, SamplerCard]:
    """The samplers whose particles are Markov chains over a target or its noised densities, by file name."""
    return {name: card for name, card in registry.samplers().items() if card.family == "chain"}


def usual_settings(name: str) -> Settings:
    """What the controls of a sampler stand at to begin with; how many steps it takes is the experiment's."""
    card = registry.samplers()[name]
    usual = registry.defaults(card.estimator)
    if card.usual_step is not None:
        usual = usual | {"step_size": card.usual_step}
    parameters = (control.parameter for control in card.controls)
    return tuple((parameter, usual[parameter]) for parameter in parameters if parameter != "n_steps")


@dataclass(frozen=True, eq=False)
class Walk:
    """The ``motion``, and its particles' energy distance to fresh draws at each frame, ``distances (f,)``.

    ``floor`` is what as many fresh draws would score.
    """

    motion: Motion
    distances: np.ndarray
    floor: float


def walk(
    target: Target,
    truth: Sampleable,
    *,
    name: str,
    settings: Settings,
    n_frames: int = N_FRAMES,
    seed: int = 0,
    report: Report = unreported,
    clock: Callable[[], float] = time.thread_time,
) -> Walk:
    """Many chains of the sampler of that ``name`` from N(0, START_DEVIATION² I), held against the ``truth``.

    As many particles as its card says, or as many as there is time for, and as many steps as its function
    takes by default, in N_FRAMES frames: see ``within_budget``.
    """
    card = registry.samplers()[name]
    steps_a_frame = max(1, registry.defaults(card.estimator)["n_steps"] // N_FRAMES)
    n_steps = n_frames * steps_a_frame
    start = np.random.default_rng(seed).normal(scale=START_DEVIATION, size=(card.n_particles, 2))
    sizes = [(n, n_steps) for n in (card.n_particles, *FEWER)]
    _, _, begun = within_budget(
        lambda n, n_steps: sampled(target, name, settings, start[:n], n_steps, seed), sizes, clock=clock
    )
    snapshots, problem = until_lost(reported(begun, n_steps + 1, report), FAR)
    path = Trajectory.record(snapshots, steps_a_frame)
    fresh = truth.sample(N_COMPARED, [seed, 1])
    distances = np.array([energy_distance(frame[:N_COMPARED], fresh) for frame in path.positions])
    floor = energy_floor(fresh, min(path.positions.shape[1], N_COMPARED))
    return Walk(Motion(path, accepted=share_accepted(snapshots), problem=problem), distances, floor)


def sampled(
    target: Target,
    name: str,
    settings: Settings,
    start: np.ndarray,
    n_steps: int,
    seed: int,
) -> Iterator[Snapshot]:
    """The run of the sampler of that ``name``."""
    card = registry.samplers()[name]
    arguments = dict(settings) | {"n_steps": n_steps, "rng": np.random.default_rng([seed, 7])}
    if card.anneals:
        arguments["noise_levels"] = karras(n_steps, LARGEST_NOISE, SMALLEST_NOISE)
    return card.estimator(target, start, **arguments)
