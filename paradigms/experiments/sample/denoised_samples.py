"""Samples of a denoiser by DDPM, as many as there is time for."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from copy import deepcopy

import numpy as np

from paradigms.diffusion.noise_schedules import karras, starting_noise
from paradigms.experiments.sample.computing_budget import within_budget
from paradigms.experiments.sample.motion import FEWER
from paradigms.progress import Report, reported, unreported
from paradigms.protocols import (
    Denoiser,
    Moments,
    Sampleable,
)
from paradigms.samplers.ddpm import ddpm
from paradigms.trajectory import Snapshot

N_SAMPLES = 500


def denoised_samples(
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
