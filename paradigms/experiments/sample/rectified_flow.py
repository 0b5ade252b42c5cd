"""Flow matching and its rectified flow: distance from the model by the number of steps, and straightness."""

from __future__ import annotations

import time
from collections.abc import Sequence

import numpy as np

from paradigms.diffusion.rectified_flow import RectifiedFlow
from paradigms.diffusion.velocity_from_noise import VelocityFromNoise
from paradigms.evaluation.distances import energy_distance, energy_floor
from paradigms.experiments.sample.evaluation_counter import EvaluationCounter
from paradigms.experiments.sample.reverse_process import N_COMPARED, N_SHOWN, ReverseRun, StepTrial, filmed
from paradigms.progress import Report, part_of, reported, unreported
from paradigms.protocols import Denoiser, SampleableDenoiser, VelocityField
from paradigms.samplers.velocity_flow import velocity_flow

N_PAIRS, PAIRING_STEPS = 1000, 40
FLOW_MATCHING, RECTIFIED = "Flow matching", "Flow matching, straightened"


def rectified(model: Denoiser, *, seed: int = 0, report: Report = unreported) -> RectifiedFlow:
    """The reflow of a ``model`` that has ``predict_noise``: made once, handed to what stands below.

    N_PAIRS points of N(0, I) are paired with the ends of their paths along its flow matching velocity.
    """
    starts = np.random.default_rng([seed, 3]).standard_normal((N_PAIRS, 2))
    snapshots = velocity_flow(VelocityFromNoise(model), starts, n_steps=PAIRING_STEPS)
    *_, last = reported(snapshots, PAIRING_STEPS + 1, report)
    return RectifiedFlow(starts, last.position)


def straightness(
    field: VelocityField, starts: np.ndarray, n_steps: int = 40, *, report: Report = unreported
) -> float:
    """S = ∫ E|v(x_t, t) − (x₁ − x₀)|² dt over the paths from ``starts (n, d)``: 0 for straight, even motion.

    By Heun's rule in ``n_steps``, v being the mean velocity within each; with one step every path is
    straight. Liu, Gong and Liu (2023), Flow straight and fast, section 2, "the straightness".
    """
    snapshots = reported(velocity_flow(field, starts, n_steps=n_steps), n_steps + 1, report)
    path = np.stack([snapshot.position for snapshot in snapshots])
    velocities = n_steps * np.diff(path, axis=0)
    return float(((velocities - (path[-1] - path[0])) ** 2).sum(axis=-1).mean())


def flow_run(
    model: SampleableDenoiser,
    reflow: RectifiedFlow,
    *,
    sampler: str,
    n_steps: int,
    seed: int = 0,
    report: Report = unreported,
) -> ReverseRun:
    """From N(0, I) to data in ``n_steps`` of Heun's rule: by FLOW_MATCHING, or RECTIFIED by the ``reflow``.

    ``reflow`` is ``rectified(model)``.
    """
    field = _fields(model, reflow)[sampler]
    starts, fresh = _starts(seed), model.sample(N_COMPARED, [seed, 1])
    path, evaluations, milliseconds = _solved(field, starts, n_steps, part_of(report, 0.0, 0.5))
    return ReverseRun(
        trajectory=filmed(path[:, :N_SHOWN], np.linspace(0.0, 1.0, n_steps + 1)),
        distance=energy_distance(path[-1], fresh),
        floor=energy_floor(fresh, N_COMPARED),
        evaluations=evaluations,
        milliseconds=milliseconds,
        straightness=straightness(field, starts[:N_SHOWN], report=part_of(report, 0.5, 1.0)),
    )


def flow_trial(
    model: SampleableDenoiser,
    reflow: RectifiedFlow,
    *,
    steps: Sequence[int] = (1, 2, 3, 5, 8, 12, 20, 40, 80),
    seed: int = 0,
    report: Report = unreported,
) -> StepTrial:
    """Both fields with few and with many steps, against the fresh draws that ``step_trial`` compares with."""
    starts, fresh = _starts(seed), model.sample(N_COMPARED, [seed, 1])
    distances, evaluations, milliseconds = {}, {}, {}
    for k, (name, field) in enumerate(_fields(model, reflow).items()):
        own = part_of(report, k / 2, (k + 1) / 2)
        trials = [_solved(field, starts, n_steps) for n_steps in reported(steps, len(steps), own)]
        paths, calls, spent = zip(*trials, strict=True)
        distances[name] = np.array([energy_distance(path[-1], fresh) for path in paths])
        evaluations[name], milliseconds[name] = np.array(calls), np.array(spent)
    return StepTrial(np.array(steps), distances, evaluations, milliseconds, energy_floor(fresh, N_COMPARED))


def _fields(model: Denoiser, reflow: RectifiedFlow) -> dict[str, VelocityField]:
    return {FLOW_MATCHING: VelocityFromNoise(model), RECTIFIED: reflow}


def _starts(seed: int) -> np.ndarray:
    return np.random.default_rng(seed).standard_normal((N_COMPARED, 2))


def _solved(
    field: VelocityField, starts: np.ndarray, n_steps: int, report: Report = unreported
) -> tuple[np.ndarray, int, float]:
    """The path ``(n_steps + 1, n, 2)``, its evaluations of the field, and milliseconds."""
    counter, began = EvaluationCounter(field), time.perf_counter()
    snapshots = reported(velocity_flow(counter, starts, n_steps=n_steps), n_steps + 1, report)
    path = np.stack([snapshot.position for snapshot in snapshots])
    return path, counter.calls, 1000 * (time.perf_counter() - began)
