"""From noise to data by every sampler: what it costs, how near it comes, and how its particles move."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

import numpy as np

from paradigms.diffusion.noise_schedules import karras, starting_noise
from paradigms.evaluation.distances import energy_distance, energy_floor
from paradigms.experiments.sample.evaluation_counter import EvaluationCounter
from paradigms.progress import Report, reported, unreported
from paradigms.samplers.ddim import ddim
from paradigms.samplers.ddpm import ddpm
from paradigms.samplers.dpm_solver import dpm_solver
from paradigms.samplers.probability_flow import probability_flow
from paradigms.trajectory import Trajectory

N_COMPARED, N_SHOWN, N_FRAMES = 1000, 300, 40
DDIM = "DDIM"
HALF_CHANCE = 0.5  # η of DDIM among the curves: at 0 it is Euler's, at 1 DDPM's
DENOISING: dict[str, Callable[..., Any]] = {
    "DDPM": ddpm,
    DDIM: ddim,
    "ODE, Euler": partial(probability_flow, method="euler"),
    "ODE, Heun": probability_flow,
    "DPM-Solver++": dpm_solver,
}


@dataclass(frozen=True, eq=False)
class ReverseRun:
    """Particles on their way from noise to data, and how near they came.

    ``trajectory`` has N_SHOWN of the N_COMPARED particles and some N_FRAMES frames, all the ends of steps
    among them: within a step a particle is drawn on a straight line. ``distance`` is the energy distance to
    as many fresh draws of the model, ``floor`` that of fresh draws; ``straightness``, where the way is a
    flow's, is the field's own, whatever the number of steps.
    """

    trajectory: Trajectory
    distance: float
    floor: float
    evaluations: int
    milliseconds: float
    straightness: float | None = None


@dataclass(frozen=True, eq=False)
class StepTrial:
    """Energy distances by the sampler's name, ``(k,)`` for the numbers of ``steps (k,)``; evaluations, ms."""

    steps: np.ndarray
    distances: dict[str, np.ndarray]
    evaluations: dict[str, np.ndarray]
    milliseconds: dict[str, np.ndarray]
    floor: float


def reverse_run(
    model: Any, *, sampler: str, n_steps: int, eta: float = 0.0, seed: int = 0, report: Report = unreported
) -> ReverseRun:
    """By the ``sampler`` of that name in DENOISING; ``eta`` is the chance of DDIM.

    Shown in the coordinates x/√(1 + σ²/s²) about the model's mean, s being its scale, in which the noise
    stays on the plane. The ``model`` is a denoiser with ``sample`` and ``mean_and_covariance``.
    """
    fresh, (mean, covariance) = model.sample(N_COMPARED, [seed, 1]), model.mean_and_covariance()
    levels, path, calls, spent = _denoised(model, sampler, n_steps, eta, seed, report)
    shrink = 1 / np.sqrt(1 + levels**2 / (np.trace(covariance) / len(mean)))
    shown = mean + (path[:, :N_SHOWN] - mean) * shrink[:, None, None]
    return ReverseRun(
        filmed(shown, levels), energy_distance(path[-1], fresh), energy_floor(fresh, N_COMPARED), calls, spent
    )


def step_trial(
    model: Any,
    *,
    steps: Sequence[int] = (3, 5, 8, 12, 20, 40, 80),
    seed: int = 0,
    report: Report = unreported,
) -> StepTrial:
    """Every denoising sampler with few and with many steps, against fresh draws of the model itself.

    DDIM has half its chance: without any its curve would be Euler's, with all of it DDPM's.
    """
    fresh = model.sample(N_COMPARED, [seed, 1])
    columns: dict[str, list[np.ndarray]] = {}
    for name in reported(DENOISING, len(DENOISING), report):
        found = [_denoised(model, name, n_steps, HALF_CHANCE, seed)[1:] for n_steps in steps]
        rows = [(energy_distance(path[-1], fresh), calls, spent) for path, calls, spent in found]
        label = f"{name}, η = {HALF_CHANCE}" if name == DDIM else name
        columns[label] = [np.array(column) for column in zip(*rows, strict=True)]
    return StepTrial(
        np.array(steps), *({name: each[i] for name, each in columns.items()} for i in range(3)),
        floor=energy_floor(fresh, N_COMPARED),
    )  # fmt: skip


def filmed(path: np.ndarray, times: np.ndarray) -> Trajectory:
    """A path ``(n_steps + 1, n, 2)`` in some N_FRAMES frames, equally many for each step, with its times."""
    n_steps = len(path) - 1
    frames_a_step = max(1, round(N_FRAMES / n_steps))
    now = np.arange(n_steps * frames_a_step + 1) / frames_a_step
    before = np.minimum(now.astype(int), n_steps - 1)
    share = (now - before)[:, None, None]
    positions = (1 - share) * path[before] + share * path[before + 1]
    return Trajectory(positions.astype(np.float32), np.interp(now, np.arange(n_steps + 1), times))


def _denoised(
    model: Any, sampler: str, n_steps: int, eta: float, seed: int, report: Report = unreported
) -> tuple[np.ndarray, np.ndarray, int, float]:
    """The noise levels, the path ``(n_steps + 1, n, 2)``, how often the model was asked, milliseconds."""
    rng, levels = np.random.default_rng(seed), karras(n_steps)
    start = starting_noise(model, N_COMPARED, levels[0], rng)
    counted, began = EvaluationCounter(model), time.perf_counter()
    about = {"eta": eta} if sampler == DDIM else {}
    snapshots = DENOISING[sampler](counted, start, noise_levels=levels, rng=rng, **about)
    path = np.stack([snapshot.position for snapshot in reported(snapshots, n_steps + 1, report)])
    return levels, path, counted.calls, 1000 * (time.perf_counter() - began)
