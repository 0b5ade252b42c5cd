"""The score of a denoiser over the plane at one noise level, and its difference from another's."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

import numpy as np

from paradigms import grid
from paradigms.protocols import Denoiser, SampleableDenoiser

RESOLUTION, N_ARROWS = 64, 17
N_NOISY = 1000


class ScoreField(NamedTuple):
    """Arrows ``uv (n, 2)`` at ``xy (n, 2)``, and their lengths on a grid, ``(H, W)``."""

    xy: np.ndarray
    uv: np.ndarray
    lengths: np.ndarray


def score_field(denoiser: Denoiser, *, noise_level: float) -> ScoreField:
    """−ε̂ = σ ∇ log p_σ over the plane, in units of the noise: 1 is as far as the noise reaches."""
    return _field(lambda places: -denoiser.predict_noise(places, noise_level))


def score_difference(
    denoiser: Denoiser, model: SampleableDenoiser, *, noise_level: float, seed: int = 0
) -> tuple[ScoreField, float]:
    """The field of a denoiser less that of a ``model``; and its mean length at noisy draws of that."""

    def difference(X: np.ndarray) -> np.ndarray:
        return model.predict_noise(X, noise_level) - denoiser.predict_noise(X, noise_level)

    rng = np.random.default_rng(seed)
    noisy = model.sample(N_NOISY, [seed, 1]) + noise_level * rng.standard_normal((N_NOISY, 2))
    return _field(difference), float(np.linalg.norm(difference(noisy), axis=1).mean())


def _field(vectors: Callable[[np.ndarray], np.ndarray]) -> ScoreField:
    axis, coarse = grid.axis(RESOLUTION), grid.axis(N_ARROWS)
    xy = grid.points(coarse, coarse)
    lengths = np.linalg.norm(vectors(grid.points(axis, axis)), axis=1)
    return ScoreField(xy, vectors(xy), lengths.reshape(RESOLUTION, RESOLUTION))
