"""Chains on their way over a density, recorded for the player, taken apart step by step, and judged."""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import numpy as np

from paradigms import registry
from paradigms.card import Card
from paradigms.evaluation.chain_diagnostics import autocorrelation, effective_sample_size, split_r_hat
from paradigms.evaluation.distances import energy_distance
from paradigms.experiments.motion import FAR, N_PARTICLES, START_DEVIATION, Motion
from paradigms.samplers.unadjusted_langevin import unadjusted_langevin
from paradigms.trajectory import Snapshot, Trajectory

Settings = tuple[tuple[str, Any], ...]  # parameters of a sampler and their values

DIRECT = ("inverse_cdf", "rejection", "importance")  # each draw by itself: nothing is remembered
GLIDING = ("hamiltonian", "no_u_turn")  # a single step goes far, and has a path
CLIMBING = ("unadjusted_langevin", "metropolis_langevin")
N_GLIDING = 200  # particles of a sampler whose steps are dear
N_SLOW, N_SLOW_STEPS, EASED = 12, 10, 6  # particles, steps, and frames from one part of a step to the next
N_CHAINS, N_DRAWS, N_COMPARED = 4, 1600, 800


def chain_samplers() -> dict[str, Card]:
    """The samplers that walk over a target, by file name."""
    cards = registry.samplers()
    return {
        name: card
        for name, card in cards.items()
        if name not in DIRECT and "target" in card.estimator.__annotations__
    }


@dataclass(frozen=True, eq=False)
class Verdict:
    """Whether to believe four chains of a sampler; of the two coordinates the worse one counts.

    ``accepted`` is the share of accepted proposals, None where there are none; ``effective`` how many draws
    the ``n_draws`` of all chains are worth; ``distance`` the energy distance to fresh draws of the target,
    ``floor`` that between two sets of these; ``correlation (lags,)``; ``draws (n, 2)`` of all chains;
    ``problem`` a sentence where the chains were lost.
    """

    accepted: float | None
    r_hat: float
    effective: float
    n_draws: int
    distance: float
    floor: float
    correlation: np.ndarray
    draws: np.ndarray
    seconds: float
    problem: str | None = None


def walk(target: Any, *, name: str, settings: Settings, n_frames: int = 100, seed: int = 0) -> Motion:
    """Many chains of the sampler of that ``name``, from a wide Gaussian."""
    n_particles, steps_a_frame = (N_PARTICLES, 2) if name not in GLIDING else (N_GLIDING, 1)
    start = np.random.default_rng(seed).normal(scale=START_DEVIATION, size=(n_particles, 2))
    snapshots, problem = _run(target, name, settings, start, n_frames * steps_a_frame, seed)
    return Motion(Trajectory.record(snapshots, steps_a_frame), accepted=_accepted(snapshots), problem=problem)


def slow_motion(
    target: Any, *, name: str, settings: Settings, seed: int = 0
) -> tuple[Motion, tuple[tuple[int, str], ...]]:
    """A few chains, each step taken apart; and (first frame, which part it is) for each part.

    The parts are "slope", "noise", "path", "choice" (accept or refuse) and "step" (all in one).
    """
    start = np.random.default_rng(seed).normal(scale=START_DEVIATION, size=(N_SLOW, 2))
    snapshots, problem = _run(target, name, settings, start, N_SLOW_STEPS, seed)
    places, parts = [start], []
    for before, after in pairwise(snapshots):
        for part, place in _parts(target, name, settings, before, after):
            parts.append((len(places) - 1, part))
            places.extend(_eased(places[-1], place, 1 if part == "path" else EASED))
    positions = np.clip(np.nan_to_num(np.stack(places)), -FAR, FAR).astype(np.float32)
    path = Trajectory(positions, np.arange(len(positions), dtype=float))
    merged = [parts[0]] if parts else []
    for entry in parts[1:]:  # a path is one part, however many points it has
        if entry[1] != merged[-1][1] or entry[1] != "path":
            merged.append(entry)
    return Motion(path, accepted=_accepted(snapshots), problem=problem), tuple(merged)


def judge(target: Any, truth: Any, *, name: str, settings: Settings, seed: int = 0) -> Verdict:
    """Four chains from places that lie wider apart than the target's own, as R̂ wants them.

    ``truth`` has ``sample``, and is what the chains are compared with.
    """
    some = truth.sample(1000, [seed, 0])
    wide = some.mean(axis=0) + 1.5 * (some[:N_CHAINS] - some.mean(axis=0))
    n_steps = N_DRAWS // 5 if name in GLIDING else N_DRAWS
    started = time.perf_counter()
    snapshots, problem = _run(target, name, settings, wide, n_steps, seed)
    seconds = time.perf_counter() - started
    kept = snapshots[len(snapshots) // 2 :]  # the first half is the way there
    chains = np.stack([snapshot.position for snapshot in kept], axis=1)
    draws = chains.reshape(-1, 2)
    some = draws[np.linspace(0, len(draws) - 1, N_COMPARED).astype(int)]
    fresh, other = truth.sample(N_COMPARED, [seed, 1]), truth.sample(N_COMPARED, [seed, 2])
    columns = [chains[:, :, j] for j in range(2)]
    slowest = max(columns, key=lambda column: autocorrelation(column, 2)[-1])
    return Verdict(
        accepted=_accepted(snapshots),
        r_hat=max(map(split_r_hat, columns)),
        effective=min(map(effective_sample_size, columns)),
        n_draws=len(draws),
        distance=energy_distance(some, fresh),
        floor=energy_distance(other, fresh),
        correlation=autocorrelation(slowest, min(100, chains.shape[1])),
        draws=draws,
        seconds=seconds,
        problem=problem,
    )


def bias_of_unadjusted_steps(seed: int = 0) -> tuple[np.ndarray, np.ndarray]:
    """Step sizes, and the variance at which 20,000 unadjusted walks on N(0, 1) settled with each."""
    steps = np.array([0.05, 0.2, 0.5, 1.0, 1.5, 1.7])
    measured = []
    for step_size in steps:
        n_steps = round(np.log(1e-2) / np.log(abs(1 - step_size))) if step_size != 1 else 2
        *_, last = unadjusted_langevin(
            StandardNormal(), np.zeros((20_000, 1)), step_size=step_size, n_steps=n_steps,
            rng=np.random.default_rng(seed),
        )  # fmt: skip
        measured.append(last.position.var())
    return steps, np.array(measured)


class StandardNormal:
    """N(0, I), of which only the slope is asked for."""

    def log_density_gradient(self, X: np.ndarray) -> np.ndarray:
        return -X


def _run(
    target: Any, name: str, settings: Settings, start: np.ndarray, n_steps: int, seed: int
) -> tuple[list[Snapshot], str | None]:
    """All snapshots, or those until the particles were lost, and why."""
    sampler = registry.samplers()[name].estimator
    chain = sampler(target, start, n_steps=n_steps, rng=np.random.default_rng([seed, 7]), **dict(settings))
    snapshots = []
    # Far out a slope may leave the range of numbers: the proposal is refused, or the walk ends in a sentence.
    with np.errstate(over="ignore", invalid="ignore"):
        try:
            for snapshot in chain:
                position = np.clip(snapshot.position, -FAR, FAR)  # single precision has no room for more
                path = snapshot.path if len(start) == N_SLOW else None
                snapshots.append(snapshot._replace(position=position, path=path))
        except FloatingPointError as lost:
            return snapshots, str(lost)
    return snapshots, None


def _parts(
    target: Any, name: str, settings: Settings, before: Snapshot, after: Snapshot
) -> Iterator[tuple[str, np.ndarray]]:
    """The parts of one step, each with where it leads the particles."""
    if name in CLIMBING:
        climb = dict(settings)["step_size"] * target.log_density_gradient(before.position)
        yield "slope", before.position + climb
    if name in GLIDING and after.path is not None:
        yield from (("path", place) for place in after.path[1:])
    elif after.proposal is not None:
        yield "noise", after.proposal
    elif name in CLIMBING:
        yield "noise", after.position
    if after.accepted is not None and after.proposal is not None:
        yield "choice", after.position
    elif name not in CLIMBING:
        yield "step", after.position


def _eased(start: np.ndarray, end: np.ndarray, n: int) -> Iterator[np.ndarray]:
    for share in np.arange(1, n + 1) / n:
        yield start + share**2 * (3 - 2 * share) * (end - start)


def _accepted(snapshots: list[Snapshot]) -> float | None:
    shares = [snapshot.accepted.mean() for snapshot in snapshots if snapshot.accepted is not None]
    return float(np.mean(shares)) if shares else None
