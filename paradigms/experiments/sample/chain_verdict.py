"""Diagnostics of Markov chains: acceptance, effective sample size, split R̂, distance from the target."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from paradigms import registry
from paradigms.densities.standard_normal import StandardNormal
from paradigms.evaluation.chain_diagnostics import autocorrelation, effective_sample_size, split_r_hat
from paradigms.evaluation.distances import energy_distance, energy_floor
from paradigms.experiments.sample.computing_budget import within_budget
from paradigms.experiments.sample.motion import FAR
from paradigms.experiments.sample.walks import LARGEST_NOISE, Settings, Target, sampled
from paradigms.progress import Report, reported, unreported
from paradigms.protocols import Sampleable
from paradigms.samplers.unadjusted_langevin import unadjusted_langevin
from paradigms.trajectory import share_accepted, until_lost

FEWER_STEPS = (800, 400, 200, 100)  # of a chain, where each is costly
N_COMPARED, N_FRESH = 400, 1000  # draws of a sampler, and of the truth, that are compared
N_LEVELS = 200  # that each draw of annealing comes down
DIRECTIONS = np.array([[-1, -1], [-1, 1], [1, -1], [1, 1]])
N_TRUE = 4000


@dataclass(frozen=True, eq=False)
class Verdict:
    """Diagnostics of four chains of a sampler; of the two coordinates the worse one counts.

    ``accepted`` is the acceptance rate, None where nothing is proposed; ``effective_sample_size`` that of the
    ``n_draws`` of all chains; ``distance`` the energy distance of some of them to fresh draws of the target,
    ``floor`` that of as many fresh ones; ``correlation (lags,)`` the autocorrelation; ``draws (n, 2)`` of all
    chains; ``problem`` a sentence where the chains were lost: then there is nothing else to be said.
    Annealing makes no chain: each of its draws has come down all noise levels by itself, so that it has no R̂
    and no correlation, and its effective sample size is its number of draws.
    """

    accepted: float | None
    r_hat: float | None
    effective_sample_size: float
    n_draws: int
    distance: float | None
    floor: float
    correlation: np.ndarray | None
    draws: np.ndarray
    problem: str | None = None


def n_usual_draws(name: str) -> int:
    """How many draws a verdict has where no step is costly: the second half of four chains."""
    card = registry.samplers()[name]
    if card.anneals:
        return N_COMPARED
    n_states = card.chain_length + 1
    return len(DIRECTIONS) * (n_states - n_states // 2)


def judge(
    target: Target,
    truth: Sampleable,
    *,
    name: str,
    settings: Settings,
    seed: int = 0,
    report: Report = unreported,
    clock: Callable[[], float] = time.thread_time,
) -> Verdict:
    """Four chains from the outermost of 1,000 draws of the truth in four directions: wide apart, as R̂ wants.

    The chains are compared with the ``truth``. They take as many steps as their card says, or as there is
    time for, and annealing, whose levels are what they are, as many draws: see ``within_budget``.
    """
    fresh = truth.sample(N_FRESH, [seed, 1])
    card = registry.samplers()[name]
    if card.anneals:
        start = np.random.default_rng([seed, 3]).normal(scale=LARGEST_NOISE, size=(N_COMPARED, 2))
        sizes = [(n, N_LEVELS) for n in (N_COMPARED, N_COMPARED // 2, N_COMPARED // 4)]
    else:
        outermost = ((fresh / fresh.std(axis=0)) @ DIRECTIONS.T).argmax(axis=0)
        start = fresh[outermost]
        fewer = [n for n in FEWER_STEPS if n < card.chain_length]
        sizes = [(len(start), n) for n in (card.chain_length, *fewer)]
    _, n_steps, begun = within_budget(
        lambda n, n_steps: sampled(target, name, settings, start[:n], n_steps, seed), sizes, clock=clock
    )
    snapshots, problem = until_lost(reported(begun, n_steps + 1, report), FAR)
    # The first half of a chain is on its way, and so is all of annealing but its end.
    kept = snapshots[-1:] if card.anneals else snapshots[len(snapshots) // 2 :]
    chains = np.stack([snapshot.position for snapshot in kept], axis=1)
    draws = chains.reshape(-1, 2)
    some = draws[np.linspace(0, len(draws) - 1, min(N_COMPARED, len(draws))).astype(int)]
    r_hat, effective, correlation = None, float(len(draws)), None
    if problem:
        effective = 0.0
    elif not card.anneals:
        r_hat, effective, correlation = _diagnosed(chains)
    return Verdict(
        accepted=share_accepted(snapshots),
        r_hat=r_hat,
        effective_sample_size=effective,
        n_draws=len(draws),
        distance=None if problem else energy_distance(some, fresh),
        floor=energy_floor(fresh, len(some)),
        correlation=correlation,
        draws=draws,
        problem=problem,
    )


def _diagnosed(chains: np.ndarray) -> tuple[float, float, np.ndarray]:
    """R̂, the effective sample size, and the autocorrelation of the coordinate with the larger one."""
    columns = [chains[:, :, j] for j in range(2)]
    slowest = max(columns, key=lambda column: autocorrelation(column, 2)[-1])
    return (
        max(map(split_r_hat, columns)),
        min(map(effective_sample_size, columns)),
        autocorrelation(slowest, min(100, chains.shape[1])),
    )


def true_draws(target: Sampleable) -> np.ndarray:
    """Independent points of the target, ``(N_TRUE, 2)``, that histograms of chains are laid over."""
    return target.sample(N_TRUE, 0)


def bias_of_unadjusted_steps(seed: int = 0, *, report: Report = unreported) -> tuple[np.ndarray, np.ndarray]:
    """Step sizes, and the stationary variance of 20,000 unadjusted chains on N(0, 1) with each."""
    steps = np.array([0.05, 0.2, 0.5, 1.0, 1.5, 1.7])
    measured = []
    for step_size in reported(steps, len(steps), report):
        n_steps = round(np.log(1e-2) / np.log(abs(1 - step_size))) if step_size != 1 else 2
        *_, last = unadjusted_langevin(
            StandardNormal(),
            np.zeros((20_000, 1)),
            step_size=step_size,
            n_steps=n_steps,
            rng=np.random.default_rng(seed),
        )
        measured.append(last.position.var())
    return steps, np.array(measured)
