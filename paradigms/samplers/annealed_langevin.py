"""Annealed Langevin dynamics: Langevin steps on noised densities, at high noise first and then at less."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

import numpy as np

from paradigms.cards import Control, SamplerCard, Term
from paradigms.diffusion.noise_schedules import karras
from paradigms.protocols import Denoiser
from paradigms.trajectory import Snapshot


def annealed_langevin(
    denoiser: Denoiser,
    start: np.ndarray,
    *,
    step_size: float = 0.2,
    n_steps: int = 200,
    noise_levels: np.ndarray | None = None,
    y: np.ndarray | None = None,
    rng: np.random.Generator,
) -> Iterator[Snapshot]:
    """x ← x + α ∇ log p_σ(x) + √(2α) ξ with α = ``step_size`` · σ², σ falling along ``noise_levels``.

    Since ∇ log p_σ = −ε̂/σ, a step at level σ is x ← x − ησ ε̂ + √(2η) σξ, η = ``step_size``: it shrinks with
    the noise, so that each level is explored alike. Where all of p_σ is noise its variance settles at
    1/(1 − η/2) of the true one. ``start (n, d)`` lies at the first level; there is one step for each later
    one (by default ``karras(n_steps)``, which falls slowly enough), and more where a level is repeated. The
    step to level 0 takes the clean point x − σε̂ instead. With labels ``y (n,)``, each point is denoised
    given its class. The first snapshot is the start; ``time`` is the noise level reached.

    Song and Ermon (2019), Generative modeling by estimating gradients of the data distribution, algorithm 1;
    the last step is the expected denoised sample of Jolicoeur-Martineau et al. (2021), Adversarial score
    matching and improved sampling for image generation.
    """
    noise_levels = karras(n_steps) if noise_levels is None else np.asarray(noise_levels, dtype=float)
    position = np.array(start, dtype=float)
    yield Snapshot(0, float(noise_levels[0]), position)
    for step, (t, s) in enumerate(pairwise(noise_levels), start=1):
        if s > 0:
            drifted = position - step_size * s * denoiser.predict_noise(position, s, y)
            noise = np.sqrt(2 * step_size) * s * rng.standard_normal(position.shape)
            position = drifted + noise
            phases = ("score", drifted), ("noise", position)
        else:
            position = position - t * denoiser.predict_noise(position, t, y)
            phases = (("score", position),)
        yield Snapshot(step, float(s), position, phases=phases)


CARD = SamplerCard(
    title="Annealed Langevin",
    estimator=annealed_langevin,
    estimates=r"x \sim p(x) \text{, nearly}",
    source="Song and Ermon (2019), Generative modeling by estimating gradients of the data distribution",
    controls=(
        Control("step_size", "Step size η", low=0.01, high=1.0, scale="log", help="A share of σ²."),
        Control("n_steps", "Steps", low=20, high=1000, step=10),
    ),
    rank=40,
    family="chain",
    asks=(Denoiser,),
    formula=(Term("x ← x"), Term("− η σ ε̂(x, σ)", "score"), Term("+ √(2η) σ ξ", "noise")),
)
