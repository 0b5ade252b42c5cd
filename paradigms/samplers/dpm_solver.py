"""DPM-Solver++(2M): a second-order multistep solver of the probability-flow ODE."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

import numpy as np

from paradigms.cards import Control, SamplerCard
from paradigms.diffusion.noise_schedules import descending
from paradigms.protocols import Denoiser
from paradigms.trajectory import Snapshot


def dpm_solver(
    denoiser: Denoiser,
    start: np.ndarray,
    *,
    n_steps: int = 25,
    noise_levels: np.ndarray | None = None,
    y: np.ndarray | None = None,
    rng: np.random.Generator | None = None,
) -> Iterator[Snapshot]:
    """Solve dx/dσ = (x − x̂₀)/σ along descending ``noise_levels`` (by default ``karras(n_steps)``).

    Where x̂₀ = x − σ ε̂ stands still the solution is known: x_s = x̂₀ + (s/t)(x_t − x̂₀), from noise level t
    to s. Since x̂₀ changes slowly, the step is taken with what it will be half-way, in ln σ, continued in a
    straight line from its last two values:

        x̂ = x̂₀ + h/(2h') (x̂₀ − x̂₀'),    h = ln(t/s), and h', x̂₀' those of the step before.

    One denoising a step, and second order. The first step and the one to noise level 0 take x̂₀ itself.
    ``start (n, d)`` lies at the first noise level; with labels ``y (n,)``, each point is denoised given its
    class; ``rng`` is not used. The first snapshot is the start; ``time`` is the noise level reached.

    Lu et al. (2022), DPM-Solver++: fast solver for guided sampling of diffusion probabilistic models,
    algorithm 2, with α = 1 and λ = −ln σ.
    """
    noise_levels = descending(noise_levels, n_steps)
    position = np.array(start, dtype=float)
    yield Snapshot(0, float(noise_levels[0]), position)
    before, h_before = None, 0.0
    for step, (t, s) in enumerate(pairwise(noise_levels), start=1):
        clean = position - t * denoiser.predict_noise(position, t, y)
        half_way, h = clean, np.log(t / s) if s > 0 else np.inf
        if before is not None and s > 0:
            half_way = clean + h / (2 * h_before) * (clean - before)
        position = half_way + (s / t) * (position - half_way)
        before, h_before = clean, h
        yield Snapshot(step, float(s), position)


CARD = SamplerCard(
    title="DPM-Solver++",
    estimator=dpm_solver,
    estimates=r"x_0 \sim p(x)",
    source="Lu et al. (2022), DPM-Solver++: fast solver for guided sampling of diffusion probabilistic "
    "models",
    controls=(Control("n_steps", "Steps", low=2, high=200, step=1),),
    rank=80,
    family="reverse",
    asks=(Denoiser,),
)
