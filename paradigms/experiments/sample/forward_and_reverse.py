"""Forward and reverse process along a noise schedule, and samples of a class under guidance."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from copy import deepcopy
from dataclasses import dataclass
from typing import Any, Protocol

import numpy as np

from paradigms.diffusion.guidance import Guided, SteeredByClassifier
from paradigms.diffusion.noise_schedules import karras, linear_beta, noise_around, sigma_of, starting_noise
from paradigms.estimators.standardising import centre_and_scale
from paradigms.evaluation.distances import energy_distance, energy_floor
from paradigms.experiments.sample.computing_budget import within_budget
from paradigms.experiments.sample.motion import FEWER, Motion
from paradigms.grid import HALF_WIDTH
from paradigms.progress import Report, reported, unreported
from paradigms.protocols import (
    Classifier,
    ConditionalSampleable,
    Denoiser,
    Moments,
    Sampleable,
    SampleableDenoiser,
)
from paradigms.samplers.ddpm import ddpm
from paradigms.samplers.dpm_solver import dpm_solver
from paradigms.trajectory import Snapshot, Trajectory

N_SAMPLES = 500
N_SETS = 3  # of samples that are compared, so that the luck of one does not pass for an effect of guidance
# Of the first eight the one that is neither lucky nor not: over all presets, each class and two models its
# distances at w = 1 are 1.0 times those of fresh points, as they are over many seeds, and nowhere above 1.3.
TYPICAL_SEED = 2
N_BEHIND = 1000  # draws that a classifier is asked about, in the place of the clean points
N_MOMENTS = 10_000  # draws whose mean and covariance the guided reverse process starts with
N_FRAMES = 60  # of each process
N_FLOORS = 5
NOISY_START = 0.01  # above this ᾱ_T the end of the forward process is not noise yet


@dataclass(frozen=True, eq=False)
class ScheduleTrial:
    """Both processes along a schedule: the ``motion``, ᾱ at each of its frames, and where they meet.

    ``distance`` is that of the last frame's particles to the data, ``floor`` that of the model's own draws.
    """

    motion: Motion
    alpha_bars: np.ndarray
    last_alpha_bar: float
    distance: float
    floor: float


def schedule_trial(
    model: SampleableDenoiser,
    data: np.ndarray,
    *,
    n_steps: int,
    last_beta: float,
    seed: int = 0,
    report: Report = unreported,
) -> ScheduleTrial:
    """Forward, z_t = √(1 − β_t) z_{t−1} + √β_t ξ, and in reverse by DDPM along the same schedule.

    Inside, the ``data (n, 2)`` have mean 0 and variance 1, z being what is shown, in plane units; what is
    handed to the ``model`` is x = z/√ᾱ. β rises linearly; and the reverse
    process starts, as it always does, from N(0, I), whatever the forward one has come to. Ho, Jain and Abbeel
    (2020), Denoising diffusion probabilistic models, eq. 2 and algorithm 2.
    """
    rng, (mean, scale) = np.random.default_rng(seed), centre_and_scale(data)
    alpha_bars = np.append(1.0, linear_beta(n_steps, last_beta))
    z = (data[rng.integers(len(data), size=N_SAMPLES)] - mean) / scale
    forward = [z]
    for kept in alpha_bars[1:] / alpha_bars[:-1]:
        z = np.sqrt(kept) * z + np.sqrt(1 - kept) * rng.standard_normal(z.shape)
        forward.append(z)
    # z ~ N(0, I) stands for √ᾱ (x − mean)/scale.
    start = mean + scale * rng.standard_normal((N_SAMPLES, 2)) / np.sqrt(alpha_bars[-1])
    levels = scale * sigma_of(alpha_bars)[::-1]
    snapshots = reported(ddpm(model, start, noise_levels=levels, rng=rng), n_steps + 1, report)
    backward = [snapshot.position for snapshot in snapshots]
    shrink = np.sqrt(alpha_bars)[::-1, None, None]
    path = np.concatenate([mean + scale * np.stack(forward), mean + (np.stack(backward) - mean) * shrink])
    steps = np.append(np.arange(n_steps + 1), np.arange(n_steps + 1)[::-1])
    seen = np.unique(np.linspace(0, n_steps, N_FRAMES).round().astype(int))
    frames = np.append(seen, n_steps + 1 + seen)
    floor = np.mean([energy_distance(model.sample(N_SAMPLES, [seed, k]), data) for k in range(N_FLOORS)])
    return ScheduleTrial(
        Motion(Trajectory(path[frames].astype(np.float32), steps[frames].astype(float)), turns=(len(seen),)),
        alpha_bars[steps[frames]],
        float(alpha_bars[-1]),
        energy_distance(backward[-1], data),
        float(floor),
    )


def samples_of(
    denoiser: Denoiser,
    model: Moments | Sampleable,
    *,
    seed: int = 0,
    report: Report = unreported,
    clock: Callable[[], float] = time.thread_time,
) -> np.ndarray:
    """``(n, 2)`` by DDPM in 200 steps, from the noise that the ``model`` of the data ends in.

    n is N_SAMPLES, or fewer where the ``denoiser`` is costly.
    """
    levels = karras(200)
    rng = np.random.default_rng(seed)
    start = starting_noise(model, N_SAMPLES, levels[0], rng)

    def begin(n: int, _: int) -> Iterator[Snapshot]:
        return ddpm(denoiser, start[:n], noise_levels=levels, rng=deepcopy(rng))

    sizes = [(n, len(levels) - 1) for n in (N_SAMPLES, *FEWER)]
    _, n_steps, begun = within_budget(begin, sizes, clock=clock)
    *_, last = reported(begun, n_steps + 1, report)
    return last.position


class ConditionalDenoiser(SampleableDenoiser, ConditionalSampleable, Protocol):
    """One that samples each class by itself, too."""


@dataclass(frozen=True, eq=False)
class GuidanceTrial:
    """Samples ``(n, 2)``; ``diversity``, their root mean square deviation; ``fidelity``, their mean p(y|x).

    ``distance`` is the energy distance to fresh draws of p(x|y), ``floor`` that of as many of these: both are
    root mean squares, of the ``samples`` and two more sets like them, and of all sets of fresh draws.
    """

    samples: np.ndarray
    diversity: float
    fidelity: float
    distance: float
    floor: float

    @property
    def n_outside(self) -> int:
        """How many samples lie outside the plane."""
        return int((np.abs(self.samples) > HALF_WIDTH).any(axis=1).sum())


def guidance_trial(
    model: ConditionalDenoiser,
    judge: Classifier,
    classifier: Classifier | None = None,
    *,
    label: Any,
    weight: float,
    seed: int = TYPICAL_SEED,
    report: Report = unreported,
) -> GuidanceTrial:
    """Samples of a class under guidance: classifier-free, or by a ``classifier`` where there is one.

    ``judge`` says how sure the class of a sample is. The reverse process starts where guidance puts the
    noise: at a large σ the guided x̂₀ has the mean m + w(m_y − m), m_y being the class's and m that of all,
    and the covariances stand to one another likewise. From the moments of all classes w = 1 would miss
    p(x|y).
    """
    labels, levels = np.full(N_SETS * N_SAMPLES, label), karras(40)
    steered = classifier and SteeredByClassifier(model, classifier, weight, model.sample(N_BEHIND, [seed, 1]))
    guided = steered or Guided(model, weight)
    everything = model.sample(N_MOMENTS, [seed, 3])
    own = model.sample_given(np.full(N_MOMENTS, label), [seed, 4])
    mean = everything.mean(axis=0) + weight * (own.mean(axis=0) - everything.mean(axis=0))
    covariance = np.cov(everything.T) + weight * (np.cov(own.T) - np.cov(everything.T))
    start = noise_around(mean, covariance, len(labels), levels[0], np.random.default_rng(seed))
    *_, last = reported(dpm_solver(guided, start, noise_levels=levels, y=labels), len(levels), report)
    sets = np.split(last.position, N_SETS)
    fidelity = judge.predict_proba(sets[0])[:, int(np.searchsorted(judge.classes_, label))].mean()
    fresh = np.split(model.sample_given(np.repeat(labels, 2), [seed, 2]), N_SETS)
    squares = [energy_distance(*pair) ** 2 for pair in zip(sets, fresh, strict=True)]
    return GuidanceTrial(
        sets[0],
        diversity=float(np.sqrt(sets[0].var(axis=0).mean())),
        fidelity=float(fidelity),
        distance=float(np.sqrt(np.mean(squares))),
        floor=energy_floor(fresh[0], N_SAMPLES),
    )
