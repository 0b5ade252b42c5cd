"""Editing with a denoiser: conditional sampling of a coordinate, SDEdit, interpolation through the noise."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
from scipy.special import softmax

from paradigms import grid
from paradigms.diffusion.noise_schedules import karras, starting_noise
from paradigms.progress import Report, part_of, reported, unreported
from paradigms.protocols import Denoiser, Density, SampleableDenoiser
from paradigms.samplers.importance import systematic_resampling
from paradigms.samplers.probability_flow import probability_flow


def fill_in(
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


def redraw(
    denoiser: Denoiser,
    X: np.ndarray,
    *,
    noise_level: float,
    n_steps: int = 60,
    seed: int = 0,
    report: Report = unreported,
) -> np.ndarray:
    """Points ``(n, d)`` noised up to a level and denoised: little noise keeps them, much replaces them.

    Meng et al. (2022), SDEdit: guided image synthesis and editing with stochastic differential equations,
    whose reverse process adds noise; this one follows the ODE.
    """
    rng = np.random.default_rng(seed)
    levels = karras(n_steps, sigma_max=noise_level, sigma_min=min(0.01, noise_level / 2))
    noisy = X + noise_level * rng.standard_normal(X.shape)
    *_, last = reported(probability_flow(denoiser, noisy, noise_levels=levels), len(levels), report)
    return last.position


def pair(X: np.ndarray, y: np.ndarray, *, seed: int = 0) -> tuple[np.ndarray, np.ndarray]:
    """Two of the points ``X (n, d)``, of two classes ``y (n,)`` where there are; of one alone, itself."""
    rng = np.random.default_rng(seed)
    first = rng.integers(len(X))
    others = np.flatnonzero(y != y[first])
    return X[first], X[rng.choice(others) if len(others) else rng.integers(len(X))]


def between(
    denoiser: SampleableDenoiser,
    a: np.ndarray,
    b: np.ndarray,
    *,
    n: int = 41,
    largest_noise: float = 10.0,
    report: Report = unreported,
) -> tuple[np.ndarray, np.ndarray]:
    """From a to b, ``(d,)`` each, through the noise and straight: two paths ``(n, d)``.

    Both ends follow the probability-flow ODE into the noise, where a mix of them keeps its length
    about the ``denoiser``'s mean: sin((1 − s)θ) and sin(sθ) over sin θ, θ the angle between them (Shoemake
    1985; where they lie opposite, the straight line); and every mix follows it back. Song, Meng and Ermon
    (2021), Denoising diffusion implicit models, section 5.3.
    """
    levels = karras(60, sigma_max=largest_noise, sigma_min=0.01)
    mean, share = denoiser.mean_and_covariance()[0], np.linspace(0, 1, n)[:, None]
    first, second = _encoded(denoiser, np.stack([a, b]), levels, part_of(report, 0.0, 0.5)) - mean
    cosine = first @ second / max(np.linalg.norm(first) * np.linalg.norm(second), 1e-12)
    angle = np.arccos(np.clip(cosine, -1, 1))
    if 1e-3 < angle < np.pi - 1e-3:
        mixed = (np.sin((1 - share) * angle) * first + np.sin(share * angle) * second) / np.sin(angle)
    else:
        mixed = (1 - share) * first + share * second
    snapshots = probability_flow(denoiser, mean + mixed, noise_levels=levels)
    *_, back = reported(snapshots, len(levels), part_of(report, 0.5, 1.0))
    return back.position, (1 - share) * a + share * b


def _encoded(denoiser: Denoiser, X: np.ndarray, levels: np.ndarray, report: Report) -> np.ndarray:
    """The probability-flow ODE upwards, from the last level above 0 to the first, by Heun's rule."""
    X = X.astype(float)
    for s, t in reported(pairwise(levels[-2::-1]), len(levels), report):
        derivative = denoiser.predict_noise(X, s)
        X = X + (t - s) / 2 * (derivative + denoiser.predict_noise(X + (t - s) * derivative, t))
    return X
