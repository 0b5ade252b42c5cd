"""The log density of a denoiser, by the probability-flow ODE and its Jacobian."""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise

import numpy as np

_ROWS = 512  # points answered at a time, so that the layers of a network stay in the cache
_FAR, _FEW = 8.0, 9  # beyond 8 standard deviations of the first noise nine levels will do

CleanAndJacobian = Callable[[np.ndarray, float], tuple[np.ndarray, np.ndarray]]


def probability_flow_density(
    clean_and_jacobian: CleanAndJacobian,
    X: np.ndarray,
    levels: np.ndarray,
    log_noise_density: Callable[[np.ndarray], np.ndarray],
    signal: float = 1.0,
) -> np.ndarray:
    """log p(x) at the first of the rising noise ``levels``, ``(n,)``, by the probability-flow ODE.

    Parameters
    ----------
    clean_and_jacobian
        ``clean_and_jacobian(X, σ)`` gives the guess x̂₀ ``(n, d)`` and ∂x̂₀/∂x ``(n, d, d)``.
    log_noise_density
        log p at the last level, which is known.

    Notes
    -----
    dx/d ln σ = x − x̂₀ is solved as DPM-Solver++(2M) does, only
    upwards, which is a map x' = Φ(x) whose Jacobian is multiplied up on the way:

        log p(x) = log p'(x') + ln |det ∂Φ/∂x|.

    With ever more levels that is the integral of the divergence (Song et al. 2021, Score-based generative
    modeling through stochastic differential equations, eq. 39); and with few p still integrates to 1, as long
    as no two points meet, which happens where a step is longer than the guess takes to turn.

    Where x = ``signal`` x₀ + σε is further than 8σ from where it should have come from, nine levels show its
    size. They would be too long there, but p cannot exceed N(x; signal x̂₀, σ²I): by Jensen's inequality
    ln E N(x; x₀, σ²I) ≤ E[ln N(x; x₀, σ²I) | x], and |x − x₀|² is on average |x − x̂₀|² at least.
    """
    log_density, sigma = np.empty(len(X)), levels[0]
    few_levels = levels[np.linspace(0, len(levels) - 1, min(_FEW, len(levels))).round().astype(int)]
    for start in range(0, len(X), _ROWS):
        rows = np.arange(start, min(start + _ROWS, len(X)))
        clean, jacobian = clean_and_jacobian(X[rows], sigma)
        squares = ((X[rows] - signal * clean) ** 2).sum(axis=1) / sigma**2
        far = squares > _FAR**2
        for which, ladder in ((far, few_levels), (~far, levels)):
            if which.any():
                first = clean[which], jacobian[which]
                ends, log_determinant = _integrated(clean_and_jacobian, X[rows[which]], first, ladder)
                log_density[rows[which]] = log_determinant + log_noise_density(ends)
        bound = -0.5 * (squares[far] + X.shape[1] * np.log(2 * np.pi * sigma**2))
        log_density[rows[far]] = np.minimum(log_density[rows[far]], bound)
    return log_density


def _integrated(
    clean_and_jacobian: CleanAndJacobian,
    X: np.ndarray,
    first: tuple[np.ndarray, np.ndarray],
    levels: np.ndarray,
) -> tuple[np.ndarray, np.ndarray]:
    jacobian, before, h_before = np.broadcast_to(np.eye(X.shape[1]), (*X.shape, X.shape[1])), None, 0.0
    for s, t in pairwise(levels):
        clean, clean_jacobian = clean_and_jacobian(X, s) if before else first
        now, h = (clean, clean_jacobian @ jacobian), np.log(t / s)
        ahead, jacobian_ahead = now
        if before is not None:
            ahead = ahead + h / (2 * h_before) * (ahead - before[0])
            jacobian_ahead = jacobian_ahead + h / (2 * h_before) * (jacobian_ahead - before[1])
        X = ahead + t / s * (X - ahead)
        jacobian = jacobian_ahead + t / s * (jacobian - jacobian_ahead)
        before, h_before = now, h
    return X, np.linalg.slogdet(jacobian)[1]
