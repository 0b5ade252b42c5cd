"""The reverse process by every sampler: its evaluations, its distance from the model, its particles."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from paradigms import registry
from paradigms.cards import SamplerCard
from paradigms.diffusion.noise_schedules import karras, starting_noise
from paradigms.evaluation.distances import energy_distance, energy_floor
from paradigms.experiments.sample.evaluation_counter import EvaluationCounter
from paradigms.progress import Report, reported, unreported
from paradigms.protocols import SampleableDenoiser
from paradigms.trajectory import Trajectory

N_COMPARED, N_SHOWN, N_FRAMES = 1000, 300, 40
HALF_STOCHASTIC = 0.5  # η among the curves: at 0 it is Euler's on the ODE, at 1 DDPM's


class ReverseSampler(NamedTuple):
    """A sampler of the reverse process, by file name, and its ``method`` where it has several."""

    name: str
    method: str | None = None

    @property
    def card(self) -> SamplerCard:
        return registry.samplers()[self.name]

    @property
    def has_eta(self) -> bool:
        """Whether η says how much fresh noise each step adds."""
        return any(control.parameter == "eta" for control in self.card.controls)


def reverse_samplers() -> dict[str, ReverseSampler]:
    """The samplers of the reverse process by title, one for each ``method`` where a card offers several."""
    found = {}
    for name, card in registry.samplers().items():
        if card.family == "reverse":
            methods = [control.options for control in card.controls if control.parameter == "method"]
            for method in methods[0] if methods else (None,):
                title = f"{card.title}, {method.capitalize()}" if method else card.title
                found[title] = ReverseSampler(name, method)
    return found


@dataclass(frozen=True, eq=False)
class ReverseRun:
    """Particles from noise to data, and their distance from the model.

    ``trajectory`` has N_SHOWN of the N_COMPARED particles and some N_FRAMES frames, all the ends of steps
    among them: within a step a particle is drawn on a straight line. ``distance`` is the energy distance to
    as many fresh draws of the model, ``floor`` that of fresh draws; ``straightness``, of a flow, is its
    velocity field's own, whatever the number of steps.
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
    model: SampleableDenoiser,
    *,
    sampler: str,
    n_steps: int,
    eta: float = 0.0,
    seed: int = 0,
    report: Report = unreported,
) -> ReverseRun:
    """By the one of ``reverse_samplers()`` with that title; ``eta`` is for those that have it.

    Shown in the coordinates x/√(1 + σ²/s²) about the model's mean, s being its scale, in which the noise
    stays on the plane.
    """
    fresh, (mean, covariance) = model.sample(N_COMPARED, [seed, 1]), model.mean_and_covariance()
    levels, path, calls, spent = _denoised(model, sampler, n_steps, eta, seed, report)
    shrink = 1 / np.sqrt(1 + levels**2 / (np.trace(covariance) / len(mean)))
    shown = mean + (path[:, :N_SHOWN] - mean) * shrink[:, None, None]
    return ReverseRun(
        filmed(shown, levels), energy_distance(path[-1], fresh), energy_floor(fresh, N_COMPARED), calls, spent
    )


def step_trial(
    model: SampleableDenoiser,
    *,
    steps: Sequence[int] = (3, 5, 8, 12, 20, 40, 80),
    seed: int = 0,
    report: Report = unreported,
) -> StepTrial:
    """Every sampler of the reverse process with few and with many steps, against fresh draws of the model.

    Where there is an η it is one half: with 0 its curve would be that of Euler's rule, with 1 that of DDPM.
    """
    fresh = model.sample(N_COMPARED, [seed, 1])
    columns: dict[str, list[np.ndarray]] = {}
    samplers = reverse_samplers()
    for title, sampler in reported(samplers.items(), len(samplers), report):
        found = [_denoised(model, title, n_steps, HALF_STOCHASTIC, seed)[1:] for n_steps in steps]
        rows = [(energy_distance(path[-1], fresh), calls, spent) for path, calls, spent in found]
        label = f"{title}, η = {HALF_STOCHASTIC}" if sampler.has_eta else title
        columns[label] = [np.array(column) for column in zip(*rows, strict=True)]
    return StepTrial(
        np.array(steps),
        *({name: each[i] for name, each in columns.items()} for i in range(3)),
        floor=energy_floor(fresh, N_COMPARED),
    )


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
    model: SampleableDenoiser, sampler: str, n_steps: int, eta: float, seed: int, report: Report = unreported
) -> tuple[np.ndarray, np.ndarray, int, float]:
    """The noise levels, the path ``(n_steps + 1, n, 2)``, the evaluations of the model, and milliseconds."""
    rng, levels = np.random.default_rng(seed), karras(n_steps)
    start = starting_noise(model, N_COMPARED, levels[0], rng)
    counter, began = EvaluationCounter(model), time.perf_counter()
    chosen = reverse_samplers()[sampler]
    settings = ({"method": chosen.method} if chosen.method else {}) | ({"eta": eta} if chosen.has_eta else {})
    snapshots = chosen.card.estimator(counter, start, noise_levels=levels, rng=rng, **settings)
    path = np.stack([snapshot.position for snapshot in reported(snapshots, n_steps + 1, report)])
    return levels, path, counter.calls, 1000 * (time.perf_counter() - began)
