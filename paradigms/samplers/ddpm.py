"""Ancestral sampling of a diffusion (DDPM): the Gaussian reverse process, one noise level after the other."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

import numpy as np

from paradigms.cards import Control, SamplerCard
from paradigms.diffusion.noise_schedules import descending
from paradigms.protocols import Denoiser
from paradigms.trajectory import Snapshot


def ddpm(
    denoiser: Denoiser,
    start: np.ndarray,
    *,
    n_steps: int = 200,
    noise_levels: np.ndarray | None = None,
    y: np.ndarray | None = None,
    rng: np.random.Generator,
) -> Iterator[Snapshot]:
    """From noise to data along ``noise_levels``, descending (by default ``karras(n_steps)``).

    ``start (n, d)`` lies at the first noise level; with labels ``y (n,)``, each point is denoised given its
    class. One step from noise level t to s < t draws from q(x_s | x_t, x̂₀), where x̂₀ = x_t − t ε̂:

        x_s ~ N( x̂₀ + (s²/t²)(x_t − x̂₀),  s² (t² − s²)/t² I ).

    That is Ho, Jain and Abbeel (2020), Denoising diffusion probabilistic models, eq. 6–7, in x = z/√ᾱ,
    ᾱ = 1/(1 + σ²): their variance β̃ = (1 − ᾱ_s)/(1 − ᾱ_t) (1 − ᾱ_t/ᾱ_s), divided by ᾱ_s, is the one above.
    Since the one estimate x̂₀ stands for all possible x₀, few steps give samples that vary a little too
    little; more steps mend it. The first snapshot is the start; ``time`` is the noise level reached.
    """
    noise_levels = descending(noise_levels, n_steps)
    position = np.array(start, dtype=float)
    yield Snapshot(0, float(noise_levels[0]), position)
    for step, (t, s) in enumerate(pairwise(noise_levels), start=1):
        noise = t * denoiser.predict_noise(position, t, y)
        spread = s * np.sqrt(t**2 - s**2) / t
        position = position - (1 - s**2 / t**2) * noise + spread * rng.standard_normal(position.shape)
        yield Snapshot(step, float(s), position)


CARD = SamplerCard(
    title="DDPM",
    estimator=ddpm,
    estimates=r"x_0 \sim p(x)",
    source="Ho, Jain and Abbeel (2020), Denoising diffusion probabilistic models",
    controls=(Control("n_steps", "Steps", low=5, high=500, step=5),),
    rank=50,
    family="reverse",
    asks=(Denoiser,),
    steps_a_frame=8,  # in as few steps as there are frames the draws come out up to a fifth too narrow
)
