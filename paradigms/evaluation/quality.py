"""Sample quality: distances to fresh data over those between two sets of fresh data."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations

import numpy as np

from paradigms.evaluation.distances import (
    energy_distance,
    half_circle,
    maximum_mean_discrepancy,
    sliced_wasserstein,
)


class QualityScale:
    """Q = the geometric mean of three distances from samples to fresh data, each over its floor.

    The floor of a distance is what it is between two sets of fresh data: no sample can be expected to come
    nearer. The distances are the sliced Wasserstein-2 distance, the energy distance and the maximum mean
    discrepancy with σ = 0.1, after each column has been given the mean 0 and the variance 1 of the fresh
    data. ``fresh_sets`` are at least two sets ``(n, 2)`` of the true distribution, and n samples should be
    compared with them; distances and floors are means over all sets and all pairs of them.
    """

    def __init__(self, fresh_sets: Sequence[np.ndarray]) -> None:
        everything = np.concatenate(fresh_sets)
        self._mean, self._scale = everything.mean(axis=0), everything.std(axis=0)
        self._sets = [(points - self._mean) / self._scale for points in fresh_sets]
        self.floors = np.mean([_distances(a, b) for a, b in combinations(self._sets, 2)], axis=0)

    def ratios(self, samples: np.ndarray) -> np.ndarray:
        """Each of the three distances over its floor, ``(3,)``."""
        samples = (samples - self._mean) / self._scale
        return np.mean([_distances(samples, fresh) for fresh in self._sets], axis=0) / self.floors

    def quality(self, samples: np.ndarray) -> float:
        """Q: 1 is perfect, 2 is twice as far from fresh data as fresh data are."""
        return float(np.exp(np.log(np.maximum(self.ratios(samples), 1e-12)).mean()))


def _distances(X: np.ndarray, Z: np.ndarray) -> tuple[float, float, float]:
    return (
        sliced_wasserstein(X, Z, half_circle()),
        energy_distance(X, Z),
        maximum_mean_discrepancy(X, Z, sigma=0.1),
    )
