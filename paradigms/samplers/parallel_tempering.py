"""Parallel tempering (replica exchange): chains on flattened densities p^(1/T) that exchange their states."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from paradigms.cards import Control, SamplerCard, Term
from paradigms.protocols import Density
from paradigms.trajectory import Snapshot


def parallel_tempering(
    target: Density,
    start: np.ndarray,
    *,
    step_size: float = 0.5,
    n_steps: int = 200,
    n_temperatures: int = 6,
    hottest: float = 30.0,
    rng: np.random.Generator,
) -> Iterator[Snapshot]:
    """Chains on p^β, β = 1/T, T from 1 to ``hottest`` in equal ratios; after each step neighbours may swap.

    Each chain takes a step of random-walk Metropolis, of ``step_size`` times √T. Then the states of two
    neighbouring temperatures, every second pair in turn, change places with probability min(1, exp((β −
    β')(log p(x') − log p(x)))), which leaves the product of all p^β stationary, and so p itself. The target
    has ``score_samples`` (up to a constant); each of ``start (n, d)`` has a ladder of its own. ``position``
    is the state at T = 1; ``proposal`` and ``accepted (n,)`` are that chain's own, before it may swap;
    ``time`` counts steps.

    Geyer (1991), Markov chain Monte Carlo maximum likelihood; Swendsen and Wang (1986).
    """
    temperatures = np.geomspace(1.0, hottest, n_temperatures)
    inverse = (1 / temperatures)[:, None]
    ladder = np.repeat(np.array(start, dtype=float)[None], n_temperatures, axis=0)
    shape, dimension = ladder.shape[:2], ladder.shape[2]

    def log_density(x: np.ndarray) -> np.ndarray:
        return target.score_samples(x.reshape(-1, dimension)).reshape(shape)

    values = log_density(ladder)
    yield Snapshot(0, 0.0, ladder[0])
    for step in range(1, n_steps + 1):
        stride = step_size * np.sqrt(temperatures)[:, None, None]
        proposal = ladder + stride * rng.standard_normal(ladder.shape)
        new_values = log_density(proposal)
        accepted = np.log1p(-rng.random(shape)) < inverse * (new_values - values)
        ladder = np.where(accepted[..., None], proposal, ladder)
        values = np.where(accepted, new_values, values)
        chosen = ladder[0].copy()
        for cold in range(step % 2, n_temperatures - 1, 2):
            hot = cold + 1
            gain = (inverse[cold] - inverse[hot]) * (values[hot] - values[cold])
            swap = np.log1p(-rng.random(shape[1])) < gain
            order = np.where(swap, hot, cold), np.where(swap, cold, hot)
            each = np.arange(shape[1])
            ladder[[cold, hot]] = ladder[order[0], each], ladder[order[1], each]
            values[[cold, hot]] = values[order[0], each], values[order[1], each]
        position = ladder[0].copy()
        phases = ("noise", proposal[0]), ("choice", chosen), ("swap", position)
        yield Snapshot(step, float(step), position, proposal=proposal[0], accepted=accepted[0], phases=phases)


CARD = SamplerCard(
    title="Parallel tempering",
    estimator=parallel_tempering,
    estimates=r"x \sim p(x)",
    source="Geyer (1991), Markov chain Monte Carlo maximum likelihood",
    controls=(
        Control("step_size", "Step size s", low=0.01, high=3.0, scale="log", help="At temperature 1."),
        Control("n_temperatures", "Temperatures", low=2, high=12, step=1),
        Control("hottest", "Hottest", low=2.0, high=200.0, scale="log", help="Hot chains see a flat land."),
        Control("n_steps", "Steps", low=10, high=1000, step=10),
    ),
    rank=35,
    family="chain",
    asks=(Density,),
    formula=(
        Term("x′ = x"),
        Term("+ s ξ", "noise"),
        Term(",  go there with probability"),
        Term("min(1, p(x′)/p(x))", "choice"),
        Term(",  then perhaps change places with a hotter chain, on p(x)^(1/T)", "swap"),
    ),
)
