"""Log-likelihood along the probability-flow ODE, against the exact one."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

import numpy as np
from scipy.stats import multivariate_normal

from paradigms.densities.gaussians import convolved
from paradigms.diffusion.likelihood import probability_flow_density
from paradigms.progress import Report, unreported
from paradigms.protocols import Denoiser, Density, Moments

LARGEST_NOISE, SMALLEST_NOISE = 20.0, 0.01
_STEP = 1e-3  # of the differences, in units of the noise


class ExactDenoiser(Denoiser, Density, Moments, Protocol):
    """One whose density is known by a formula, too."""


@dataclass(frozen=True, eq=False)
class LikelihoodTrial:
    """ln p of points by the formula, ``exact (n,)``, and along the ODE, ``found (n,)``, and how far off."""

    exact: np.ndarray
    found: np.ndarray

    @property
    def error(self) -> float:
        return float(np.abs(self.found - self.exact).mean())


def likelihood_trial(
    model: ExactDenoiser, X: np.ndarray, *, n_levels: int = 40, report: Report = unreported
) -> LikelihoodTrial:
    """A ``model`` that knows both: its own ``score_samples``, and its ``predict_noise`` along the ODE.

    The ODE starts at a noise of 0.01, not at 0, and ends in N(mean, covariance + σ² I) at σ = 20, which the
    model nearly is there; both cost a little. ``n_levels`` are evenly spaced in ln σ.
    """
    levels = np.geomspace(SMALLEST_NOISE, LARGEST_NOISE, n_levels)

    def watched(X: np.ndarray, sigma: float) -> tuple[np.ndarray, np.ndarray]:
        report(float(np.searchsorted(levels, sigma)) / n_levels)
        return clean_and_jacobian(model, X, sigma)

    mean, covariance = model.mean_and_covariance()
    last = multivariate_normal(mean, convolved(covariance, LARGEST_NOISE))
    found = probability_flow_density(watched, X, levels, lambda ends: np.atleast_1d(last.logpdf(ends)))
    return LikelihoodTrial(model.score_samples(X), found)


def against_truth(model: Density, truth: Density, X: np.ndarray) -> LikelihoodTrial:
    """What a ``model`` knows along its ODE alone, and the ``truth``, each by its own ``score_samples``."""
    return LikelihoodTrial(truth.score_samples(X), model.score_samples(X))


def clean_and_jacobian(model: Denoiser, X: np.ndarray, noise_level: float) -> tuple[np.ndarray, np.ndarray]:
    """x̂₀ = x − σε̂ ``(n, d)`` and ∂x̂₀/∂x ``(n, d, d)``, by central differences."""
    step, jacobian = _STEP * noise_level, np.empty((*X.shape, X.shape[1]))
    for j, direction in enumerate(step * np.eye(X.shape[1])):
        ahead, behind = (model.predict_noise(X + sign * direction, noise_level) for sign in (1, -1))
        jacobian[:, :, j] = direction / step - noise_level * (ahead - behind) / (2 * step)
    return X - noise_level * model.predict_noise(X, noise_level), jacobian
