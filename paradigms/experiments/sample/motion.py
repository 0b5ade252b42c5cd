"""Langevin dynamics and diffusions of a fitted distribution, recorded for the player."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from copy import deepcopy
from dataclasses import dataclass

import numpy as np

from paradigms import grid, registry
from paradigms.diffusion import noise_schedules
from paradigms.experiments.sample.computing_budget import within_budget
from paradigms.progress import Report, part_of, reported, unreported
from paradigms.protocols import Denoiser, DifferentiableDensity, Noisable, can
from paradigms.trajectory import Snapshot, Trajectory, share_accepted, until_lost

N_PARTICLES = 500
FEWER = (200, 100, 50)  # particles, the more a step costs
FIELD_RESOLUTION = 64
FAR = 100.0  # beyond any plane: single precision has no room for particles that diverge
START_DEVIATION = 2.0  # of the chains' start, in plane units: about the plane's width


@dataclass(frozen=True, eq=False)
class Motion:
    """Frames in the plane's coordinates; ``turns`` are the frames where a new part begins, the first apart.

    ``class_indices (n,)`` are the particles' classes, where they have any; ``field_of_frame`` says which of
    the trajectory's fields, in [0, 1], lies behind which frame; ``accepted`` is the share of accepted
    proposals, where there are any; ``problem`` is a sentence where the particles diverged, and the frames
    are those until then.
    """

    trajectory: Trajectory
    turns: tuple[int, ...] = ()
    class_indices: np.ndarray | None = None
    field_of_frame: tuple[int, ...] = ()
    accepted: float | None = None
    problem: str | None = None


def langevin(
    model: DifferentiableDensity,
    *,
    name: str,
    step_size: float,
    n_frames: int = 150,
    steps_a_frame: int = 2,
    seed: int = 0,
    report: Report = unreported,
    clock: Callable[[], float] = time.thread_time,
) -> Motion:
    """Chains of the sampler of that ``name`` on log p(x), from N(0, START_DEVIATION² I).

    N_PARTICLES of them, or fewer where a step is costly.
    """
    rng = np.random.default_rng(seed)
    start = rng.normal(scale=START_DEVIATION, size=(N_PARTICLES, 2))
    sampler = registry.samplers()[name].estimator

    def begin(n: int, n_steps: int) -> Iterator[Snapshot]:
        return sampler(model, start[:n], step_size=step_size, n_steps=n_steps, rng=deepcopy(rng))

    sizes = [(n, n_frames * steps_a_frame) for n in (N_PARTICLES, *FEWER)]
    _, n_steps, begun = within_budget(begin, sizes, clock=clock)
    snapshots, problem = until_lost(reported(begun, n_steps + 1, report), FAR)
    accepted = share_accepted(snapshots)
    return Motion(Trajectory.record(snapshots, steps_a_frame), accepted=accepted, problem=problem)


def diffusion(
    model: Denoiser,
    data: np.ndarray,
    *,
    name: str,
    n_frames: int = 60,
    seed: int = 0,
    report: Report = unreported,
    clock: Callable[[], float] = time.thread_time,
) -> Motion:
    """The forward process from the points ``data (m, 2)`` to noise, and the reverse process from noise.

    Everything is shown in the shrunken coordinates x/√(1 + σ²/s²), s being the scale of the data, so that the
    noise stays on the plane; behind the particles lies the model's density at each noise level, where it
    knows that exactly. The forward process is a random walk whose variance grows to σ²; the reverse one
    starts from a Gaussian with the noised model's own mean and covariance, and is the sampler's of that
    ``name``, with as many steps from frame to frame as its card says.
    """
    rng = np.random.default_rng(seed)
    card = registry.samplers()[name]
    steps_a_frame = card.steps_a_frame
    all_levels = noise_schedules.karras(n_frames * steps_a_frame)
    levels = all_levels[::steps_a_frame]
    scale = max(float(np.sqrt(data.var(axis=0).mean())), 1e-3)
    shrink = 1 / np.sqrt(1 + (levels / scale) ** 2)

    rising = levels[::-1]
    increments = np.sqrt(np.diff(rising**2, prepend=0.0))[:, None, None]
    origins = data[rng.integers(len(data), size=N_PARTICLES)]
    forward = origins + np.cumsum(increments * rng.normal(size=(len(rising), N_PARTICLES, 2)), axis=0)

    start = noise_schedules.starting_noise(model, N_PARTICLES, levels[0], rng)
    n, n_steps, begun = within_budget(
        lambda n, _: card.estimator(model, start[:n], noise_levels=all_levels, rng=deepcopy(rng)),
        [(n, len(all_levels) - 1) for n in (N_PARTICLES, *FEWER)],
        clock=clock,
    )
    snapshots = reported(begun, n_steps + 1, part_of(report, 0.0, 0.8))
    backward = np.stack([snapshot.position for snapshot in snapshots if snapshot.step % steps_a_frame == 0])

    order = np.concatenate([np.arange(len(levels))[::-1], np.arange(len(backward))])
    positions = (np.concatenate([forward[:, :n], backward]) * shrink[order][:, None, None]).astype(np.float32)
    if not can(model, Noisable):
        return Motion(Trajectory(positions, levels[order]), turns=(len(levels),))
    painted = reported(zip(levels, shrink, strict=True), len(levels), part_of(report, 0.8, 1.0))
    pictures = [_picture(model, level, factor) for level, factor in painted]
    trajectory = Trajectory(positions, levels[order], np.stack(pictures).astype(np.float32))
    return Motion(trajectory, turns=(len(levels),), field_of_frame=tuple(order.tolist()))


def _picture(model: Noisable, noise_level: float, shrink: float) -> np.ndarray:
    """The square root of the noised density over its peak, seen in shrunken coordinates."""
    axis = grid.axis(FIELD_RESOLUTION) / shrink
    log_density = grid.log_density(model.noised(noise_level), axis, axis)
    return np.exp((log_density - log_density.max()) / 2)
