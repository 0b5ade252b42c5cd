"""Importance sampling: draws from a proposal distribution q, weighted by p/q and resampled."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from scipy.special import logsumexp, softmax
from scipy.stats import norm

from paradigms.cards import Control, SamplerCard
from paradigms.protocols import Density
from paradigms.trajectory import Snapshot


def importance(
    target: Density,
    start: np.ndarray,
    *,
    spread: float = 3.0,
    n_steps: int = 2,
    rng: np.random.Generator,
) -> Iterator[Snapshot]:
    """Draw x ~ q = N(0, ``spread``² I), weigh w ∝ p(x)/q(x), and draw again from the points by their weights.

    Weighted means Σ wᵢ f(xᵢ) are those of p as the number of points grows; with it, the points that are drawn
    again are distributed as p. The target has ``score_samples``, up to a constant; of ``start (n, d)`` only
    the shape matters. The first snapshot is the start, the second the draws from q, the third those by
    weight (``n_steps`` 1 or 0 stop before); ``time`` counts them. The weights: :func:`importance_weights`.

    Rubin (1987), sampling importance resampling; Owen (2013), Monte Carlo theory, methods and examples,
    chapter 9.
    """
    position = np.array(start, dtype=float)
    yield Snapshot(0, 0.0, position)
    if n_steps < 1:
        return
    draws = spread * rng.standard_normal(position.shape)
    yield Snapshot(1, 1.0, draws)
    if n_steps > 1:
        weights = importance_weights(target, draws, spread)
        yield Snapshot(2, 2.0, rng.permutation(draws[systematic_resampling(weights[None], rng)]))


def systematic_resampling(weights: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    """Rows drawn by their ``weights (groups, m)``, m within each group of m rows: ``(groups · m,)``.

    One uniform number shifts m equal steps over the weights: less chance than m draws (Kitagawa 1996).
    """
    groups, m = weights.shape
    heights = (rng.random((groups, 1)) + np.arange(m)) / m
    offsets = np.arange(groups)[:, None]  # each group's weights rise from its number to the next
    rising = np.cumsum(weights, axis=1) + offsets
    found = np.searchsorted(rising.ravel(), (heights + offsets).ravel())
    return np.clip(found, (offsets * m).repeat(m), (offsets * m + m - 1).repeat(m))


def log_ratios(target: Density, X: np.ndarray, spread: float) -> np.ndarray:
    """log p(x)/q(x) as ``(n,)`` for ``X (n, d)`` and q = N(0, spread² I); up to a constant if p is."""
    return target.score_samples(X) - norm.logpdf(X, scale=spread).sum(axis=1)


def importance_weights(target: Density, X: np.ndarray, spread: float) -> np.ndarray:
    """w ∝ p(x)/q(x) as ``(n,)``, their sum being 1, for ``X (n, d)`` drawn from q = N(0, spread² I)."""
    return softmax(log_ratios(target, X, spread))


def effective_sample_size(weights: np.ndarray) -> float:
    """1/Σ w² for weights that add up to 1: as many unweighted draws would do as well (Kong 1992).

    It sees only where q has been: where q misses a part of p the weights are even, and it is too high.
    """
    return float(1 / (weights**2).sum())


def effective_sample_size_from_target(n: int, own_log_ratios: np.ndarray) -> float:
    """That of n draws of q, n / E_p[p/q], by log p/q at draws of p itself ``(m,)``, p normalised.

    E_p[p/q] = E_q[(p/q)²] = 1 + χ²(p ‖ q), which 1/Σ w² estimates by draws of q (Kong 1992).
    """
    return float(n * np.exp(np.log(len(own_log_ratios)) - logsumexp(own_log_ratios)))


CARD = SamplerCard(
    title="Importance",
    estimator=importance,
    estimates=r"\mathbb{E}_p f",
    source="Owen (2013), Monte Carlo theory, methods and examples, chapter 9",
    controls=(
        Control("spread", "Spread of q", low=0.3, high=6.0, scale="log", help="Wider than p is safe."),
    ),
    rank=3,
    family="direct",
    asks=(Density,),
)
