"""Random-walk Metropolis: a Gaussian proposal, accepted by the ratio of the densities."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from paradigms.cards import Control, SamplerCard, Term
from paradigms.protocols import Density
from paradigms.trajectory import Snapshot


def random_walk_metropolis(
    target: Density,
    start: np.ndarray,
    *,
    step_size: float = 0.5,
    n_steps: int = 200,
    rng: np.random.Generator,
) -> Iterator[Snapshot]:
    """Propose x' ~ N(x, s² I), s = ``step_size``; go there with probability min(1, p(x')/p(x)).

    The target has ``score_samples``, up to a constant is enough; no gradient is asked for. Each of the
    particles ``start (n, d)`` is a chain of its own, and p is stationary for it whatever the step. The first
    snapshot is the start; later ones carry ``proposal (n, d)`` and ``accepted (n,)``; ``time`` counts steps.

    Metropolis et al. (1953), Equation of state calculations by fast computing machines. On a Gaussian of many
    dimensions about 0.23 of the proposals should be accepted (Roberts, Gelman and Gilks 1997).
    """
    position = np.array(start, dtype=float)
    log_density = target.score_samples(position)
    yield Snapshot(0, 0.0, position)
    for step in range(1, n_steps + 1):
        proposal = position + step_size * rng.standard_normal(position.shape)
        new_log_density = target.score_samples(proposal)
        accepted = np.log1p(-rng.random(len(position))) < new_log_density - log_density
        position = np.where(accepted[:, None], proposal, position)
        log_density = np.where(accepted, new_log_density, log_density)
        phases = ("noise", proposal), ("choice", position)
        yield Snapshot(step, float(step), position, proposal=proposal, accepted=accepted, phases=phases)


CARD = SamplerCard(
    title="Random-walk Metropolis",
    estimator=random_walk_metropolis,
    estimates=r"x \sim p(x)",
    source="Metropolis et al. (1953), Equation of state calculations by fast computing machines",
    controls=(
        Control("step_size", "Step size s", low=0.01, high=3.0, scale="log", help="Bolder is refused more."),
        Control("n_steps", "Steps", low=10, high=1000, step=10),
    ),
    rank=5,
    family="chain",
    asks=(Density,),
    formula=(
        Term("x′ = x"),
        Term("+ s ξ", "noise"),
        Term(",  go there with probability"),
        Term("min(1, p(x′)/p(x))", "choice"),
    ),
)
