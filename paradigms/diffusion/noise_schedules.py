"""Noise schedules of diffusions, and the Gaussian that a reverse process starts from."""

from __future__ import annotations

import numpy as np

from paradigms.densities.gaussians import convolved
from paradigms.protocols import Moments, Sampleable, can


def karras(n_steps: int, sigma_max: float = 20.0, sigma_min: float = 0.01, rho: float = 7.0) -> np.ndarray:
    """Noise levels σ from ``sigma_max`` down to ``sigma_min`` and then 0: ``(n_steps + 1,)``.

    σ^(1/ρ) falls in equal steps, so that the levels crowd where the samples take shape. The last step,
    from ``sigma_min`` to 0, takes the clean point that the denoiser sees. With one step: σ_max, 0.

    References
    ----------
    Karras et al. (2022), Elucidating the design space of diffusion-based generative models, eq. 5.
    """
    if n_steps < 1 or not 0 < sigma_min <= sigma_max:
        raise ValueError("A schedule needs at least one step and 0 < sigma_min <= sigma_max.")
    fractions = np.linspace(0, 1, n_steps) if n_steps > 1 else np.zeros(1)
    roots = sigma_max ** (1 / rho) + fractions * (sigma_min ** (1 / rho) - sigma_max ** (1 / rho))
    return np.append(roots**rho, 0.0)


def descending(noise_levels: np.ndarray | None, n_steps: int) -> np.ndarray:
    """The levels of a way back from noise, or those of ``karras(n_steps)`` where none are given.

    Raises ValueError for levels that do not fall, or fall below 0.
    """
    if noise_levels is None:
        return karras(n_steps)
    noise_levels = np.asarray(noise_levels, dtype=float)
    if not ((np.diff(noise_levels) < 0).all() and (noise_levels >= 0).all()):
        raise ValueError("The noise levels of a way back must fall, and not below 0.")
    return noise_levels


def linear_beta(n_steps: int, last_beta: float, first_beta: float = 1e-4) -> np.ndarray:
    """ᾱ_t for t = 1…T as ``(n_steps,)``: the product of 1 − β, with β rising in a straight line.

    Ho, Jain and Abbeel (2020), section 4, with T = 1000 and β from 1e-4 to 0.02: ᾱ_T = 4e-5. With the same β
    and T = 50 it is 0.60, and what is then taken for noise still has most of the data in it.
    """
    return np.cumprod(1 - np.linspace(first_beta, last_beta, n_steps))


def sigma_of(alpha_bar: np.ndarray | float) -> np.ndarray | float:
    """σ = √((1 − ᾱ)/ᾱ): the noise level of x = x₀ + σε that has this ᾱ, for x₀ of variance 1."""
    return np.sqrt((1 - alpha_bar) / alpha_bar)


def alpha_bar(sigma: np.ndarray | float) -> np.ndarray | float:
    """ᾱ = 1/(1 + σ²): the share of signal in the variance of x₀ + σε when x₀ has variance 1.

    With z = √ᾱ x the noise level σ becomes the time of Ho et al. (2020): z = √ᾱ x₀ + √(1 − ᾱ) ε.
    """
    return 1 / (1 + np.square(sigma))


def starting_noise(
    model: Moments | Sampleable, n: int, noise_level: float, rng: np.random.Generator
) -> np.ndarray:
    """Where a diffusion's way back begins: n points of a Gaussian, ``(n, d)``.

    It has the mean and covariance of x₀ + σε, x₀ from the model: at a large noise level nearly that very
    distribution. The moments are the model's own where it has ``mean_and_covariance``; otherwise those
    of 10,000 samples of it.
    """
    if can(model, Moments):
        mean, covariance = model.mean_and_covariance()
    else:
        points = model.sample(10_000, rng)
        mean, covariance = points.mean(axis=0), np.atleast_2d(np.cov(points.T))
    return noise_around(mean, covariance, n, noise_level, rng)


def noise_around(
    mean: np.ndarray, covariance: np.ndarray, n: int, noise_level: float, rng: np.random.Generator
) -> np.ndarray:
    """n points of N(mean, covariance + σ² I), ``(n, d)``: what x₀ + σε is like at a large noise level σ."""
    factor = np.linalg.cholesky(convolved(covariance, noise_level))
    return mean + rng.standard_normal((n, len(mean))) @ factor.T
