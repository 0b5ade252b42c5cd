"""How likely a point is under a denoiser: carried into the noise, every point meets the same Gaussian."""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise

import numpy as np

from paradigms.noise_schedules import karras

_ROWS = 2048  # carried at a time, so that the layers of a network stay in the cache


def log_density(
    clean_and_trace: Callable[[np.ndarray, float], tuple[np.ndarray, np.ndarray]],
    X: np.ndarray,
    *,
    n_steps: int = 24,
    smallest: float = 0.02,
    largest: float = 10.0,
) -> np.ndarray:
    """log p(x) at the noise level ``smallest``, ``(n,)``, by the probability-flow ODE.

    ``clean_and_trace(X, σ)`` gives x̂₀ ``(n, d)`` and the trace of ∂x̂₀/∂x ``(n,)``; the data have mean 0 and
    variance 1. Along dx/d ln σ = x − x̂₀ the density changes by the divergence:

        log p(x) = log N(x'; 0, (1 + σ²) I) + ∫ (d − tr ∂x̂₀/∂x) d ln σ,  x' being the end, at ``largest``.

    Song et al. (2021), Score-based generative modeling through stochastic differential equations, eq. 39,
    with the exact trace; solved as DPM-Solver++(2M) is, only upwards.
    """
    levels = karras(n_steps + 1, sigma_max=largest, sigma_min=smallest)[-2::-1]
    parts = [_carried(clean_and_trace, X[start : start + _ROWS], levels) for start in range(0, len(X), _ROWS)]
    return np.concatenate(parts) if parts else np.empty(0)


def _carried(clean_and_trace: Callable, X: np.ndarray, levels: np.ndarray) -> np.ndarray:
    d, change, before, h_before = X.shape[1], np.zeros(len(X)), None, 0.0
    for s, t in pairwise(levels):
        now, h = clean_and_trace(X, s), np.log(t / s)
        clean, trace = now
        if before is not None:
            clean = clean + h / (2 * h_before) * (clean - before[0])
            trace = trace + h / (2 * h_before) * (trace - before[1])
        X = clean + t / s * (X - clean)
        change += h * (d - trace)
        before, h_before = now, h
    variance = 1 + levels[-1] ** 2
    return change - 0.5 * ((X**2).sum(axis=1) / variance + d * np.log(2 * np.pi * variance))
