"""Distances between distributions from samples: sliced Wasserstein, energy distance, MMD."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from scipy.spatial.distance import cdist, pdist

_ROWS = 256  # of a matrix of distances at a time


def sliced_wasserstein(X: np.ndarray, Z: np.ndarray, directions: np.ndarray) -> float:
    """√( mean over the directions θ of W₂²(θ·X, θ·Z) ) for ``X (n, d)``, ``Z (m, d)``, ``directions (L, d)``.

    On a line the best transport keeps the order, so W₂² is the mean squared difference of the quantiles.
    Bonneel et al. (2015), Sliced and Radon Wasserstein barycenters of measures.
    """
    x, z = np.sort(X @ directions.T, axis=0), np.sort(Z @ directions.T, axis=0)
    ends = np.union1d(np.arange(1, len(x) + 1) / len(x), np.arange(1, len(z) + 1) / len(z))
    widths = np.diff(ends, prepend=0.0)
    middles = ends - widths / 2  # between two ends both quantile functions are constant
    difference = x[(middles * len(x)).astype(int)] - z[(middles * len(z)).astype(int)]
    return float(np.sqrt((widths @ difference**2).mean()))


def half_circle(n_directions: int = 64) -> np.ndarray:
    """Directions of the plane in equal steps, ``(n_directions, 2)``; opposite ones see the same."""
    angles = np.pi * np.arange(n_directions) / n_directions
    return np.column_stack([np.cos(angles), np.sin(angles)])


def energy_distance(X: np.ndarray, Z: np.ndarray) -> float:
    """√( 2 E|x − z| − E|x − x'| − E|z − z'| ), each mean over all pairs of rows, equal ones too.

    0 only for equal distributions. Székely and Rizzo (2013), Energy statistics: a class of statistics based
    on distances, section 2; the root of it, as in scipy.stats.
    """
    cross, own_x, own_z = _means(X, Z, "euclidean", lambda distance: distance)
    return float(np.sqrt(max(2 * cross - own_x - own_z, 0.0)))


def energy_floor(fresh: np.ndarray, n: int) -> float:
    """What n draws of the very distribution score against ``fresh (m, d)`` draws of it: √E[D²].

    For the energy distance D above, whose means take in each row's distance 0 to itself, and independent
    draws, E[D²] = E|x − x'| (1/n + 1/m). One pair of sets would do but for luck: it may score double that.
    """
    return float(np.sqrt(pdist(fresh).mean() * (1 / n + 1 / len(fresh))))


def maximum_mean_discrepancy(X: np.ndarray, Z: np.ndarray, sigma: float = 0.1) -> float:
    """√( E k(x, x') + E k(z, z') − 2 E k(x, z) ) with k(x, z) = exp(−|x − z|²/2σ²), over all pairs of rows.

    Gretton et al. (2012), A kernel two-sample test, eq. 5 (the biased estimate, which is never negative).
    A small σ makes it see fine detail, which the other two distances overlook.
    """
    kernel = _means(X, Z, "sqeuclidean", lambda squares: np.exp(squares / (-2 * sigma**2)))
    return float(np.sqrt(max(kernel[1] + kernel[2] - 2 * kernel[0], 0.0)))


def _means(
    X: np.ndarray, Z: np.ndarray, metric: str, function: Callable[[np.ndarray], np.ndarray]
) -> tuple[float, float, float]:
    """The mean of a function of the distance over the pairs of X with Z, X with X, and Z with Z."""

    def mean(A: np.ndarray, B: np.ndarray) -> float:
        blocks = (function(cdist(A[i : i + _ROWS], B, metric)).sum() for i in range(0, len(A), _ROWS))
        return float(sum(blocks)) / (len(A) * len(B))

    return mean(X, Z), mean(X, X), mean(Z, Z)
