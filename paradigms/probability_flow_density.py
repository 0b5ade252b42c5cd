"""How likely a point is under a denoiser: carried into the noise, every point meets a known Gaussian."""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise

import numpy as np

_ROWS = 512  # carried at a time, so that the layers of a network stay in the cache
_FAR, _STRIDE = 8.0, 4  # beyond 8 standard deviations of the first noise every fourth level will do

CleanAndTrace = Callable[[np.ndarray, float], tuple[np.ndarray, np.ndarray]]


def carried_into_noise(
    clean_and_trace: CleanAndTrace, X: np.ndarray, levels: np.ndarray
) -> tuple[np.ndarray, np.ndarray]:
    """Where the probability-flow ODE takes the points, x' ``(n, d)``, and log p(x) − log p'(x') ``(n,)``.

    p is the density at the first of the rising noise ``levels``, p' that at the last, where it is known.
    ``clean_and_trace(X, σ)`` gives the guess x̂₀ ``(n, d)`` and the trace of ∂x̂₀/∂x ``(n,)``. On the way
    dx/d ln σ = x − x̂₀ the density changes by the divergence:

        log p(x) = log p'(x') + ∫ (d − tr ∂x̂₀/∂x) d ln σ.

    Song et al. (2021), Score-based generative modeling through stochastic differential equations, eq. 39,
    with the exact trace; solved as DPM-Solver++(2M) is, only upwards. Points further than 8σ from where they
    should have come from at the first level, whose density is e⁻³² of their neighbours' or less, take a
    quarter of the steps: log p is right to a few per cent there as long as the guesses lie near the data, and
    in size otherwise.
    """
    ends, gained = np.empty(X.shape), np.empty(len(X))
    few_levels = np.append(levels[:-1:_STRIDE], levels[-1])
    for start in range(0, len(X), _ROWS):
        rows = np.arange(start, min(start + _ROWS, len(X)))
        clean, trace = clean_and_trace(X[rows], levels[0])
        far = ((X[rows] - clean) ** 2).sum(axis=1) > (_FAR * levels[0]) ** 2
        for which, ladder in ((far, few_levels), (~far, levels)):
            if which.any():
                first = clean[which], trace[which]
                ends[rows[which]], gained[rows[which]] = _carried(
                    clean_and_trace, X[rows[which]], first, ladder
                )
    return ends, gained


def _carried(
    clean_and_trace: CleanAndTrace, X: np.ndarray, first: tuple[np.ndarray, np.ndarray], levels: np.ndarray
) -> tuple[np.ndarray, np.ndarray]:
    d, gained, before, h_before = X.shape[1], np.zeros(len(X)), None, 0.0
    for s, t in pairwise(levels):
        now, h = clean_and_trace(X, s) if before else first, np.log(t / s)
        clean, trace = now
        if before is not None:
            clean = clean + h / (2 * h_before) * (clean - before[0])
            trace = trace + h / (2 * h_before) * (trace - before[1])
        X = clean + t / s * (X - clean)
        gained += h * (d - trace)
        before, h_before = now, h
    return X, gained
