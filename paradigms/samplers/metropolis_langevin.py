"""The Metropolis-adjusted Langevin algorithm (MALA): propose a Langevin step, and accept it or stay."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from paradigms.cards import Control, SamplerCard, Term
from paradigms.protocols import Density, DensityWithGradient, DifferentiableDensity
from paradigms.trajectory import Snapshot


def metropolis_langevin(
    target: DensityWithGradient,
    start: np.ndarray,
    *,
    step_size: float = 0.1,
    n_steps: int = 200,
    rng: np.random.Generator,
) -> Iterator[Snapshot]:
    """Propose x' = x + ε ∇ log p(x) + √(2ε) ξ; go there with probability min(1, p(x')q(x|x') / p(x)q(x'|x)).

    ε = ``step_size``; q(x'|x) is the density of the proposal, N(x + ε ∇ log p(x), 2ε I). The target has
    ``score_samples`` (up to a constant is enough) and ``log_density_gradient``; each of the particles
    ``start (n, d)`` is a chain of its own, and p is stationary for it whatever the step. The first
    snapshot is the start; later ones carry ``proposal (n, d)`` and ``accepted (n,)``; ``time`` is the sum
    of the steps.

    Roberts and Tweedie (1996), Exponential convergence of Langevin distributions, section 1.4; proposed by
    Besag (1994).
    """
    position = np.array(start, dtype=float)
    log_density, gradient = target.score_samples(position), target.log_density_gradient(position)
    yield Snapshot(0, 0.0, position)
    for step in range(1, n_steps + 1):
        noise = np.sqrt(2 * step_size) * rng.standard_normal(position.shape)
        drifted = position + step_size * gradient
        proposal = drifted + noise
        new_log_density, new_gradient = target.score_samples(proposal), target.log_density_gradient(proposal)
        reverse_noise = position - proposal - step_size * new_gradient
        # log q(x|x') − log q(x'|x), whose constants cancel
        correction = ((noise**2).sum(axis=1) - (reverse_noise**2).sum(axis=1)) / (4 * step_size)
        log_ratio = new_log_density - log_density + correction
        accepted = np.log1p(-rng.random(len(position))) < log_ratio
        position = np.where(accepted[:, None], proposal, position)
        gradient = np.where(accepted[:, None], new_gradient, gradient)
        log_density = np.where(accepted, new_log_density, log_density)
        phases = ("score", drifted), ("noise", proposal), ("choice", position)
        yield Snapshot(step, step * step_size, position, proposal=proposal, accepted=accepted, phases=phases)


CARD = SamplerCard(
    title="Metropolis-adjusted Langevin",
    estimator=metropolis_langevin,
    estimates=r"x \sim p(x)",
    source="Roberts and Tweedie (1996), Exponential convergence of Langevin distributions",
    controls=(
        Control(
            "step_size", "Step size ε", low=0.001, high=1.0, scale="log", help="Bolder is refused more often."
        ),
        Control("n_steps", "Steps", low=10, high=1000, step=10),
    ),
    rank=20,
    family="chain",
    asks=(Density, DifferentiableDensity),
    formula=(
        Term("x′ = x"),
        Term("+ ε ∇ ln p(x)", "score"),
        Term("+ √(2ε) ξ", "noise"),
        Term(",  go there with probability"),
        Term("min(1, p(x′) q(x|x′) / p(x) q(x′|x))", "choice"),
    ),
)
