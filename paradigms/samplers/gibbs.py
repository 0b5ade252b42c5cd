"""Griddy Gibbs sampling: each coordinate in turn is drawn from its conditional, tabulated in cells."""

from __future__ import annotations

import math
from collections.abc import Iterator

import numpy as np

from paradigms.cards import Control, SamplerCard, Term
from paradigms.protocols import Density, QuickDensity, can
from paradigms.samplers.inverse_cdf import quantile_of_cells
from paradigms.trajectory import Snapshot


def gibbs(
    target: Density,
    start: np.ndarray,
    *,
    cell_width: float = 0.08,
    half_width: float = 8.0,
    n_steps: int = 100,
    rng: np.random.Generator,
) -> Iterator[Snapshot]:
    """Draw xⱼ ~ p(xⱼ | the others) for one column j after the other; a step is one column of all chains.

    The conditional of a particle is tabulated in cells as wide as ``cell_width`` (at most 400 of them) from
    −``half_width`` to ``half_width`` (griddy Gibbs), and the draw from their even pieces is accepted as
    Metropolis' would be, so that p itself is stationary and not its table; nearly all are. Mass beyond
    ``half_width`` is never visited; along a line without any the draw is even. The target has
    ``score_samples``, up to a constant, and where that is costly perhaps ``quick_score_samples``, nearly the
    same, for the tables; each of ``start (n, d)`` is a chain of its own. The first snapshot is
    the start; later ones carry ``proposal`` and ``accepted (n,)``; ``time`` counts steps.

    Geman and Geman (1984); Ritter and Tanner (1992), Facilitating the Gibbs sampler: the Gibbs stopper and
    the griddy-Gibbs sampler; within Metropolis: Tierney (1994), section 2.3.6.
    """
    position = np.array(start, dtype=float)
    n, d = position.shape
    n_cells = min(math.ceil(2 * half_width / cell_width), 400)
    width = 2 * half_width / n_cells
    centres = -half_width + width * (np.arange(n_cells) + 0.5)
    each = np.arange(n)
    log_density = target.score_samples(position)
    quick_log_density = target.quick_score_samples if can(target, QuickDensity) else target.score_samples
    yield Snapshot(0, 0.0, position)
    for step in range(1, n_steps + 1):
        column = (step - 1) % d
        line = np.repeat(position[:, None], n_cells, axis=1)
        line[:, :, column] = centres
        log_masses = quick_log_density(line.reshape(-1, d)).reshape(n, n_cells)
        highest = log_masses.max(axis=1, keepdims=True)
        masses = np.exp(log_masses - np.where(np.isfinite(highest), highest, 0.0)) + 1e-12
        proposal = position.copy()
        proposal[:, column] = -half_width + width * quantile_of_cells(masses, rng.random(n))
        cells = [
            np.clip(((x[:, column] + half_width) / width).astype(int), 0, n_cells - 1)
            for x in (position, proposal)
        ]
        new_log_density = target.score_samples(proposal)
        # −∞ less −∞: between two places where p is 0 the ratio counts as 1.
        with np.errstate(invalid="ignore"):
            log_ratio = np.nan_to_num(new_log_density - log_density)
        log_ratio += np.log(masses[each, cells[0]]) - np.log(masses[each, cells[1]])
        accepted = np.log1p(-rng.random(n)) < log_ratio
        position = np.where(accepted[:, None], proposal, position)
        log_density = np.where(accepted, new_log_density, log_density)
        phases = ("slice", proposal), ("choice", position)
        yield Snapshot(step, float(step), position, proposal=proposal, accepted=accepted, phases=phases)


CARD = SamplerCard(
    title="Gibbs",
    estimator=gibbs,
    estimates=r"x \sim p(x)",
    source="Geman and Geman (1984), Stochastic relaxation, Gibbs distributions, and the Bayesian restoration "
    "of images",
    controls=(Control("n_steps", "Steps", low=10, high=1000, step=10),),
    rank=8,
    family="chain",
    asks=(Density,),
    formula=(
        Term("x₁ ~ p(x₁ | x₂), then x₂ ~ p(x₂ | x₁)", "slice"),
        Term(",  which cells only approximate, so"),
        Term("accept as Metropolis does", "choice"),
    ),
    n_particles=200,
    chain_length=200,
)
