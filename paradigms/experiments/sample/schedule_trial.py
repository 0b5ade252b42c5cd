"""The forward and the reverse process along a noise schedule, which may end before all is noise."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from paradigms.diffusion.noise_schedules import linear_beta, sigma_of
from paradigms.estimators.standardising import centre_and_scale
from paradigms.evaluation.distances import energy_distance
from paradigms.experiments.sample.motion import Motion
from paradigms.progress import Report, reported, unreported
from paradigms.protocols import (
    SampleableDenoiser,
)
from paradigms.samplers.ddpm import ddpm
from paradigms.trajectory import Trajectory

N_SAMPLES = 500
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
