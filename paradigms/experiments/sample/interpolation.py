"""Interpolation between two points through the noise of a denoiser."""

from __future__ import annotations

from itertools import pairwise

import numpy as np

from paradigms.diffusion.noise_schedules import karras
from paradigms.progress import Report, part_of, reported, unreported
from paradigms.protocols import Denoiser, SampleableDenoiser
from paradigms.samplers.probability_flow import probability_flow


def interpolated(
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


def pair(X: np.ndarray, y: np.ndarray, *, seed: int = 0) -> tuple[np.ndarray, np.ndarray]:
    """Two of the points ``X (n, d)``, of two classes ``y (n,)`` where there are; of one alone, itself."""
    rng = np.random.default_rng(seed)
    first = rng.integers(len(X))
    others = np.flatnonzero(y != y[first])
    return X[first], X[rng.choice(others) if len(others) else rng.integers(len(X))]


def _encoded(denoiser: Denoiser, X: np.ndarray, levels: np.ndarray, report: Report) -> np.ndarray:
    """The probability-flow ODE upwards, from the last level above 0 to the first, by Heun's rule."""
    X = X.astype(float)
    for s, t in reported(pairwise(levels[-2::-1]), len(levels), report):
        derivative = denoiser.predict_noise(X, s)
        X = X + (t - s) / 2 * (derivative + denoiser.predict_noise(X + (t - s) * derivative, t))
    return X
