"""How likely a point is under a denoiser: carried into the noise, every point meets the same Gaussian."""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise

import numpy as np

_ROWS = 512  # carried at a time, so that the layers of a network stay in the cache
_FAR, _STRIDE = 8.0, 4  # beyond 8 standard deviations of the first noise every fourth level will do

CleanAndTrace = Callable[[np.ndarray, float], tuple[np.ndarray, np.ndarray]]


def log_density(
    clean_and_trace: CleanAndTrace, X: np.ndarray, levels: np.ndarray, end_variance: float
) -> np.ndarray:
    """log p(x) at the first of the rising noise ``levels``, as ``(n,)``, by the probability-flow ODE.

    ``clean_and_trace(X, σ)`` gives the guess x̂₀ ``(n, d)`` and the trace of ∂x̂₀/∂x ``(n,)``. On the way
    dx/d ln σ = x − x̂₀ up to the last level, the density changes by the divergence:

        log p(x) = log N(x'; 0, v I) + ∫ (d − tr ∂x̂₀/∂x) d ln σ,  x' being the end, v = ``end_variance``.

    Song et al. (2021), Score-based generative modeling through stochastic differential equations, eq. 39,
    with the exact trace; solved as DPM-Solver++(2M) is, only upwards. Points further than 8σ from where they
    should have come from at the first level, whose density is e⁻³² of their neighbours' or less, take a
    quarter of the steps; there log p is right to a few per cent only.
    """
    log_p = np.empty(len(X))
    for start in range(0, len(X), _ROWS):
        rows, block = X[start : start + _ROWS], log_p[start : start + _ROWS]
        clean, trace = clean_and_trace(rows, levels[0])
        far = ((rows - clean) ** 2).sum(axis=1) > (_FAR * levels[0]) ** 2
        for which, ladder in ((far, levels[::_STRIDE]), (~far, levels)):
            first = clean[which], trace[which]
            block[which] = _carried(clean_and_trace, rows[which], first, ladder, end_variance)
    return log_p


def _carried(
    clean_and_trace: CleanAndTrace,
    X: np.ndarray,
    first: tuple[np.ndarray, np.ndarray],
    levels: np.ndarray,
    end_variance: float,
) -> np.ndarray:
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
    return gained - 0.5 * ((X**2).sum(axis=1) / end_variance + d * np.log(2 * np.pi * end_variance))
