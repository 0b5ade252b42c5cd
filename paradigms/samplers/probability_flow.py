"""The probability-flow ODE of a diffusion, by Euler's or Heun's rule: a reverse process without noise."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

import numpy as np

from paradigms.cards import Control, SamplerCard
from paradigms.diffusion.noise_schedules import karras
from paradigms.protocols import Denoiser
from paradigms.trajectory import Snapshot


def probability_flow(
    denoiser: Denoiser,
    start: np.ndarray,
    *,
    n_steps: int = 50,
    noise_levels: np.ndarray | None = None,
    method: str = "heun",
    y: np.ndarray | None = None,
    rng: np.random.Generator | None = None,
) -> Iterator[Snapshot]:
    """Solve dx/dσ = −σ ∇ log p_σ(x), which is the predicted noise, along descending ``noise_levels``.

    Every p_σ along the way is that of the diffusion. ``start (n, d)`` lies at the first of the
    ``noise_levels`` (by default ``karras(n_steps)``); with labels ``y (n,)``, each point is denoised given
    its class. ``method`` is "euler" (one denoising a step) or "heun" (two, second order; the last step,
    to noise level 0, is Euler's). ``rng`` is not used. The first snapshot is the start; ``time`` is the
    noise level reached.

    Song et al. (2021), Score-based generative modeling through stochastic differential equations, eq. 13;
    Karras et al. (2022), Elucidating the design space of diffusion-based generative models, algorithm 1.
    """
    if method not in ("heun", "euler"):
        raise ValueError(f'method must be "heun" or "euler"; it is {method!r}.')
    noise_levels = karras(n_steps) if noise_levels is None else np.asarray(noise_levels, dtype=float)
    position = np.array(start, dtype=float)
    yield Snapshot(0, float(noise_levels[0]), position)
    for step, (t, s) in enumerate(pairwise(noise_levels), start=1):
        derivative = denoiser.predict_noise(position, t, y)
        arrival = position + (s - t) * derivative
        if method == "heun" and s > 0:
            derivative = (derivative + denoiser.predict_noise(arrival, s, y)) / 2
            arrival = position + (s - t) * derivative
        position = arrival
        yield Snapshot(step, float(s), position)


CARD = SamplerCard(
    title="ODE",
    estimator=probability_flow,
    estimates=r"x_0 \sim p(x)",
    source="Song et al. (2021), Score-based generative modeling through stochastic differential equations",
    controls=(
        Control("n_steps", "Steps", low=2, high=200, step=1),
        Control("method", "Solver", options=("euler", "heun"), help="Heun looks ahead once in each step."),
    ),
    rank=70,
    family="reverse",
    asks=(Denoiser,),
)
