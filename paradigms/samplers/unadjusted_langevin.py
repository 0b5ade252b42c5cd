"""The unadjusted Langevin algorithm (ULA): Euler–Maruyama steps of the Langevin diffusion."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from paradigms.cards import Control, SamplerCard, Term
from paradigms.protocols import DifferentiableDensity
from paradigms.trajectory import Snapshot


def unadjusted_langevin(
    target: DifferentiableDensity,
    start: np.ndarray,
    *,
    step_size: float = 0.01,
    n_steps: int = 200,
    rng: np.random.Generator,
) -> Iterator[Snapshot]:
    """x ← x + ε ∇ log p(x) + √(2ε) ξ with ξ ~ N(0, I), ε = ``step_size``, for particles ``start (n, d)``.

    The first snapshot is the start; ``time`` is the sum of the steps. Nothing corrects for the size of
    the step: on N(0, 1) the variance settles at 1/(1 − ε/2) instead of 1. Raises FloatingPointError when
    a particle leaves the range of numbers, because the step is too large for the target.

    Roberts and Tweedie (1996), Exponential convergence of Langevin distributions, section 1.4 (there
    with ε = h/2).
    """
    position = np.array(start, dtype=float)
    yield Snapshot(0, 0.0, position)
    for step in range(1, n_steps + 1):
        drifted = position + step_size * target.log_density_gradient(position)
        noise = np.sqrt(2 * step_size) * rng.standard_normal(position.shape)
        position = drifted + noise
        if not (np.abs(position) < 1e100).all():
            raise FloatingPointError(
                f"The particles flew away at step {step}: a step size of {step_size:g} is too large here."
            )
        yield Snapshot(step, step * step_size, position, phases=(("score", drifted), ("noise", position)))


CARD = SamplerCard(
    title="Unadjusted Langevin",
    estimator=unadjusted_langevin,
    estimates=r"x \sim p(x) \text{, nearly}",
    source="Roberts and Tweedie (1996), Exponential convergence of Langevin distributions",
    controls=(
        Control(
            "step_size", "Step size ε", low=0.001, high=1.0, scale="log", help="Faster is less accurate."
        ),
        Control("n_steps", "Steps", low=10, high=1000, step=10),
    ),
    rank=10,
    family="chain",
    asks=(DifferentiableDensity,),
    formula=(Term("x ← x"), Term("+ ε ∇ ln p(x)", "score"), Term("+ √(2ε) ξ", "noise")),
    usual_step=0.1,  # that of the adjusted algorithm, so that beside it the correction is what differs
)
