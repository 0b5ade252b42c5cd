"""Whether to believe chains: what is accepted, what the draws are worth, how far they lie from the truth."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np

from paradigms.evaluation.chain_diagnostics import autocorrelation, effective_sample_size, split_r_hat
from paradigms.evaluation.distances import energy_distance, energy_floor
from paradigms.experiments.sample.affordable import affordable
from paradigms.experiments.sample.motion import FAR
from paradigms.experiments.sample.walks import ANNEALED, FAR_GOING, LARGEST_NOISE, Settings, sampled
from paradigms.progress import Report, reported, unreported
from paradigms.samplers.unadjusted_langevin import unadjusted_langevin
from paradigms.trajectory import share_accepted, until_lost

N_STEPS, N_FEWER_STEPS = 1600, (800, 400, 200, 100)  # of a chain, and where each is dear
N_FAR_STEPS = 200  # of a sampler that goes far with each
N_COMPARED, N_FRESH = 400, 1000  # draws of a sampler, and of the truth, that are compared
N_LEVELS = 200  # that each draw of annealing comes down
DIRECTIONS = np.array([[-1, -1], [-1, 1], [1, -1], [1, 1]])
N_TRUE = 4000


@dataclass(frozen=True, eq=False)
class Verdict:
    """Whether to believe four chains of a sampler; of the two coordinates the worse one counts.

    ``accepted`` is the share of accepted proposals, None where there are none; ``effective`` how many draws
    the ``n_draws`` of all chains are worth; ``distance`` the energy distance of some of them to fresh draws
    of the target, ``floor`` that of as many fresh ones; ``correlation (lags,)``; ``draws (n, 2)`` of all
    chains; ``problem`` a sentence where the chains were lost: then nothing is believed. Annealing makes no
    chain: each of its draws has come down by itself, so that it has no R̂ and no correlation, and they are
    worth what they number.
    """

    accepted: float | None
    r_hat: float | None
    effective: float
    n_draws: int
    distance: float | None
    floor: float
    correlation: np.ndarray | None
    draws: np.ndarray
    problem: str | None = None


def n_usual_draws(name: str) -> int:
    """What the draws of a verdict number where the steps are not dear: the second half of four chains."""
    if name == ANNEALED:
        return N_COMPARED
    n_steps = N_FAR_STEPS if name in FAR_GOING else N_STEPS
    return 4 * (n_steps + 1 - (n_steps + 1) // 2)


def judge(
    target: Any,
    truth: Any,
    *,
    name: str,
    settings: Settings,
    seed: int = 0,
    report: Report = unreported,
    clock: Callable[[], float] = time.thread_time,
) -> Verdict:
    """Four chains from the outermost of 1,000 draws of the truth in four directions: wide apart, as R̂ wants.

    ``truth`` has ``sample``, and is what the chains are compared with. They take as many steps as there is
    time for, and annealing, whose levels are what they are, as many draws: see ``affordable``.
    """
    fresh = truth.sample(N_FRESH, [seed, 1])
    if name == ANNEALED:
        start = np.random.default_rng([seed, 3]).normal(scale=LARGEST_NOISE, size=(N_COMPARED, 2))
        sizes = [(n, N_LEVELS) for n in (N_COMPARED, N_COMPARED // 2, N_COMPARED // 4)]
    else:
        outermost = ((fresh / fresh.std(axis=0)) @ DIRECTIONS.T).argmax(axis=0)
        start = fresh[outermost]
        most = N_FAR_STEPS if name in FAR_GOING else N_STEPS
        sizes = [(len(start), n) for n in (N_STEPS, *N_FEWER_STEPS) if n <= most]
    _, n_steps, begun = affordable(
        lambda n, n_steps: sampled(target, name, settings, start[:n], n_steps, seed), sizes, clock=clock
    )
    snapshots, problem = until_lost(reported(begun, n_steps + 1, report), FAR)
    kept = snapshots[-1:] if name == ANNEALED else snapshots[len(snapshots) // 2 :]  # else it is on its way
    chains = np.stack([snapshot.position for snapshot in kept], axis=1)
    draws = chains.reshape(-1, 2)
    some = draws[np.linspace(0, len(draws) - 1, min(N_COMPARED, len(draws))).astype(int)]
    r_hat, effective, correlation = None, float(len(draws)), None
    if problem:
        effective = 0.0
    elif name != ANNEALED:
        r_hat, effective, correlation = _memory(chains)
    return Verdict(
        accepted=share_accepted(snapshots),
        r_hat=r_hat,
        effective=effective,
        n_draws=len(draws),
        distance=None if problem else energy_distance(some, fresh),
        floor=energy_floor(fresh, len(some)),
        correlation=correlation,
        draws=draws,
        problem=problem,
    )


def _memory(chains: np.ndarray) -> tuple[float, float, np.ndarray]:
    """R̂, how many draws they are worth, and the correlation of the coordinate that forgets more slowly."""
    columns = [chains[:, :, j] for j in range(2)]
    slowest = max(columns, key=lambda column: autocorrelation(column, 2)[-1])
    return (
        max(map(split_r_hat, columns)),
        min(map(effective_sample_size, columns)),
        autocorrelation(slowest, min(100, chains.shape[1])),
    )


def true_draws(target: Any) -> np.ndarray:
    """Independent points of the target, ``(N_TRUE, 2)``, that histograms of chains are laid over."""
    return target.sample(N_TRUE, 0)


def bias_of_unadjusted_steps(seed: int = 0, *, report: Report = unreported) -> tuple[np.ndarray, np.ndarray]:
    """Step sizes, and the variance at which 20,000 unadjusted walks on N(0, 1) settled with each."""
    steps = np.array([0.05, 0.2, 0.5, 1.0, 1.5, 1.7])
    measured = []
    for step_size in reported(steps, len(steps), report):
        n_steps = round(np.log(1e-2) / np.log(abs(1 - step_size))) if step_size != 1 else 2
        *_, last = unadjusted_langevin(
            StandardNormal(), np.zeros((20_000, 1)), step_size=step_size, n_steps=n_steps,
            rng=np.random.default_rng(seed),
        )  # fmt: skip
        measured.append(last.position.var())
    return steps, np.array(measured)


class StandardNormal:
    """N(0, I), of which only the slope is asked for."""

    def log_density_gradient(self, X: np.ndarray) -> np.ndarray:
        return -X
