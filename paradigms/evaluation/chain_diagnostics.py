"""Convergence diagnostics of Markov chains: R̂, effective sample size, autocorrelation."""

from __future__ import annotations

import numpy as np
from scipy.stats import norm, rankdata


def split_r_hat(chains: np.ndarray) -> float:
    """R̂ of one quantity along m chains of n draws, ``chains (m, n)``: 1 where they have one distribution.

    Each chain is cut in half, so that a drift counts too; values become normal scores of their ranks, so that
    heavy tails do no harm; and the same is done to their distances from the median, so that chains of unequal
    width are noticed. The larger of both counts; above 1.01 one should go on. Vehtari, Gelman, Simpson,
    Carpenter and Bürkner (2021), Rank-normalization, folding, and localization, eqs. 1–4 and 14.
    """
    halves = _halves(chains)
    folded = np.abs(halves - np.median(halves))
    return max(_r_hat(_normal_scores(halves)), _r_hat(_normal_scores(folded)))


def effective_sample_size(chains: np.ndarray) -> float:
    """How many independent draws would estimate the mean as well, for ``chains (m, n)``: the bulk ESS.

    m n/τ with τ = 1 + 2 Σ ρ_t, where ρ_t is the autocorrelation of the rank-normalised half chains at lag t
    against the variance of all of them. The sum is over Geyer's initial monotone sequence: pairs of
    neighbouring lags, until one is negative, each made no larger than the one before. Vehtari et al. (2021),
    section 3.2, eqs. 10–13; Geyer (1992), Practical Markov chain Monte Carlo.
    """
    z = _normal_scores(_halves(chains))
    m, n = z.shape
    covariances = _autocovariance(z).mean(axis=0)
    within = covariances[0] * n / (n - 1)
    total = covariances[0] + (z.mean(axis=1).var(ddof=1) if m > 1 else 0.0)
    if total == 0:
        return float(m * n)
    rho = 1 - (within - covariances) / total
    rho[0] = 1
    pairs = rho[: n - n % 2].reshape(-1, 2).sum(axis=1)
    negative = np.flatnonzero(pairs < 0)
    end = negative[0] if len(negative) else len(pairs)
    tau = -1 + 2 * np.minimum.accumulate(pairs[:end]).sum()
    if end < len(pairs):
        tau += max(rho[2 * end], 0.0)  # what is left of the first pair that is not counted
    return float(m * n / max(tau, 1 / np.log10(m * n)))


def autocorrelation(chains: np.ndarray, n_lags: int) -> np.ndarray:
    """ρ_t at lags 0 to ``n_lags`` − 1, averaged over ``chains (m, n)``, each about its own mean."""
    covariances = _autocovariance(chains).mean(axis=0)
    return covariances[:n_lags] / covariances[0] if covariances[0] > 0 else np.ones(n_lags)


def _halves(chains: np.ndarray) -> np.ndarray:
    half = chains.shape[1] // 2
    return np.concatenate([chains[:, :half], chains[:, -half:]])


def _normal_scores(values: np.ndarray) -> np.ndarray:
    """Φ⁻¹((rank − 3/8)/(S + 1/4)), ties sharing their mean rank (Blom 1958)."""
    ranks = rankdata(values, axis=None).reshape(values.shape)
    return norm.ppf((ranks - 0.375) / (values.size + 0.25))


def _r_hat(chains: np.ndarray) -> float:
    n = chains.shape[1]
    within = chains.var(axis=1, ddof=1).mean()
    between = n * chains.mean(axis=1).var(ddof=1)
    return float(np.sqrt((between / within + n - 1) / n)) if within > 0 else np.inf


def _autocovariance(chains: np.ndarray) -> np.ndarray:
    """Σ_i (x_i − x̄)(x_{i+t} − x̄)/n for each lag t, ``(m, n)``, by the fast Fourier transform."""
    n = chains.shape[1]
    centred = chains - chains.mean(axis=1, keepdims=True)
    spectrum = np.fft.rfft(centred, n=2 * n, axis=1)
    return np.fft.irfft(spectrum * spectrum.conj(), n=2 * n, axis=1)[:, :n] / n
