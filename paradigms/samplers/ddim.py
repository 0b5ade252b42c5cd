"""Denoising diffusion implicit models (DDIM): the reverse process with a chosen amount of fresh noise."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

import numpy as np

from paradigms.cards import Control, SamplerCard
from paradigms.diffusion.noise_schedules import descending
from paradigms.protocols import Denoiser
from paradigms.trajectory import Snapshot


def ddim(
    denoiser: Denoiser,
    start: np.ndarray,
    *,
    eta: float = 0.0,
    n_steps: int = 50,
    noise_levels: np.ndarray | None = None,
    y: np.ndarray | None = None,
    rng: np.random.Generator | None = None,
) -> Iterator[Snapshot]:
    """From noise level t to s < t:  x_s = x̂₀ + √(s² − v) ε̂ + √v ξ,  v = η² s² (t² − s²)/t²,  ξ ~ N(0, I).

    x̂₀ = x_t − t ε̂ is the estimate of the clean point and η = ``eta``, from 0 to 1: at 1 it is DDPM, at 0
    there is no randomness and each step is Euler's on the probability-flow ODE. ``start (n, d)`` lies at the
    first of the ``noise_levels`` (by default ``karras(n_steps)``); with labels ``y (n,)``, each point is
    denoised given its class; ``rng`` is needed unless η is 0. The first snapshot is the start; ``time`` is
    the noise level reached.

    Song, Meng and Ermon (2021), Denoising diffusion implicit models, eq. 12 and 16, in x = z/√ᾱ.
    """
    if not 0 <= eta <= 1:
        raise ValueError(f"eta must lie between 0 and 1; it is {eta}.")
    if eta > 0 and rng is None:
        raise ValueError("With eta above 0 each step draws noise, which needs an rng.")
    noise_levels = descending(noise_levels, n_steps)
    position = np.array(start, dtype=float)
    yield Snapshot(0, float(noise_levels[0]), position)
    for step, (t, s) in enumerate(pairwise(noise_levels), start=1):
        noise = denoiser.predict_noise(position, t, y)
        variance = eta**2 * s**2 * (t**2 - s**2) / t**2
        position = position - t * noise + np.sqrt(s**2 - variance) * noise
        if eta > 0:
            position = position + np.sqrt(variance) * rng.standard_normal(position.shape)
        yield Snapshot(step, float(s), position)


CARD = SamplerCard(
    title="DDIM",
    estimator=ddim,
    estimates=r"x_0 \sim p(x)",
    source="Song, Meng and Ermon (2021), Denoising diffusion implicit models",
    controls=(
        Control("eta", "Chance η", low=0.0, high=1.0, step=0.05, help="0: none. 1: as much as DDPM."),
        Control("n_steps", "Steps", low=2, high=200, step=1),
    ),
    rank=60,
    family="reverse",
    asks=(Denoiser,),
)
