"""Conditional sampling of one coordinate given the other by a denoiser and resampling (SMCDiff)."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
from scipy.special import softmax

from paradigms import grid
from paradigms.diffusion.noise_schedules import karras, starting_noise
from paradigms.progress import Report, reported, unreported
from paradigms.protocols import Density, SampleableDenoiser
from paradigms.samplers.importance import systematic_resampling


def conditional_samples(
    model: SampleableDenoiser,
    *,
    known: float,
    column: int = 0,
    n: int = 3200,
    n_paths: int = 16,
    n_steps: int = 100,
    largest_noise: float = 10.0,
    seed: int = 0,
    report: Report = unreported,
) -> np.ndarray:
    """Points of the plane with x[column] = ``known``, the other coordinate from p(x_other | x[column]).

    The known value is noised too: ``n_paths`` times, each for its share of the n points. At each step of DDPM
    a particle is weighted by how well its estimate agrees with its path at the next level, and resampled by
    that weight. As steps and points grow, what is left are draws of the conditional itself; with these
    numbers a share is off by a few hundredths. Trippe et al. (2023), Diffusion probabilistic modeling of
    protein backbones in 3D for the motif-scaffolding problem (SMCDiff).
    """
    rng, levels = np.random.default_rng(seed), karras(n_steps, sigma_max=largest_noise, sigma_min=0.02)
    # Paths of the known value through the noise, (n_steps + 1, n_paths), from the noisy end.
    steps = np.sqrt(np.diff(levels[::-1] ** 2))[:, None]
    walked = np.cumsum(steps * rng.standard_normal((n_steps, n_paths)), axis=0)
    paths = known + np.concatenate([np.zeros((1, n_paths)), walked])[::-1]
    each = n // n_paths
    X = starting_noise(model, n_paths * each, largest_noise, rng)
    X[:, column] = np.repeat(paths[0], each)
    for k, (t, s) in enumerate(reported(pairwise(levels), n_steps, report)):
        noise = t * model.predict_noise(X, t)
        mean, variance = X - (1 - s**2 / t**2) * noise, s**2 * (t**2 - s**2) / t**2
        if s > 0:
            difference = paths[k + 1][:, None] - mean[:, column].reshape(n_paths, each)
            mean = mean[systematic_resampling(softmax(-0.5 * difference**2 / variance, axis=1), rng)]
        X = mean + np.sqrt(variance) * rng.standard_normal(X.shape)
        X[:, column] = np.repeat(paths[k + 1], each)
    return X


def conditional_moments(model: Density, *, known: float, column: int = 0) -> tuple[float, float]:
    """Mean and deviation of p(x_other | x[column] = ``known``) by a sum over twice the plane's width.

    The model's own ``score_samples``, for what was filled in to be held against.
    """
    axis = grid.axis(2000, 2 * grid.HALF_WIDTH)
    places = np.full((len(axis), 2), known)
    places[:, 1 - column] = axis
    shares = softmax(model.score_samples(places))
    mean = shares @ axis
    return float(mean), float(np.sqrt(shares @ (axis - mean) ** 2))
