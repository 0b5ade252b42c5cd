"""Kernel density estimation with a Gaussian kernel."""

from __future__ import annotations

from collections.abc import Iterator
from copy import copy
from typing import Any, Self

import numpy as np
from scipy.spatial import cKDTree
from sklearn.base import BaseEstimator
from sklearn.utils.validation import check_is_fitted

from paradigms import grid
from paradigms.cards import Card, Control
from paradigms.densities.separable_kernel import gaussian_kernel_on_grid
from paradigms.densities.softmax_sums import softmax_sums
from paradigms.estimators.exact_denoiser import ExactDenoiser
from paradigms.estimators.fitted_arrays import FittedArrays
from paradigms.estimators.input_checks import query_points, training_points
from paradigms.estimators.parameters import parameters
from paradigms.randomness import generator

_CHUNK = 2**16  # numbers in one block of the (n, m) matrix of logits: half a megabyte, which stays in cache
_UNDERFLOW = 1e-290  # below this a sum of kernels on the grid has lost its digits


@parameters
class KernelDensity(ExactDenoiser, FittedArrays, BaseEstimator):
    """p(x) = (1/m) Σ_i N(x; x_i, h²I) over the m training points, blind to classes.

    Parameters
    ----------
    bandwidth
        h > 0, in the units of the data.

    Attributes
    ----------
    centres_, bandwidth_
        The training points ``(m, d)``, and h, which ``noised`` widens.

    References
    ----------
    Rosenblatt (1956), Remarks on some nonparametric estimates of a density function; Parzen (1962).
    """

    density_kind = "exact"
    _learned = ("centres_", "bandwidth_")

    bandwidth: float = 0.3

    def fit(self, X: np.ndarray, y: np.ndarray | None = None) -> Self:
        """``X (m, d)``; y is ignored."""
        if not self.bandwidth > 0:
            raise ValueError(f"The bandwidth must be above 0; it is {self.bandwidth}.")
        return self._learn(centres_=training_points(self, X), bandwidth_=float(self.bandwidth))

    def _prepare(self) -> None:
        # −|x − c|²/2h² = (x·c − |c|²/2)/h² − |x|²/2h²: the part that depends on the centre is one matrix
        # product of [x, 1], and the weighted sums over the centres that follow are another with [c, 1].
        # Both are taken about the mean, so that data far from the origin keep their digits.
        m, d = self.centres_.shape
        variance = self.bandwidth_**2
        self._mean = self.centres_.mean(axis=0)
        centred = self.centres_ - self._mean
        self._centred_and_ones = np.column_stack([centred, np.ones(m)]).astype(np.float32)
        self._to_logits = np.vstack([centred.T, -0.5 * (centred**2).sum(axis=1)]) / variance
        self._log_normaliser = -np.log(m) - 0.5 * d * np.log(2 * np.pi * variance)

    def score_samples(self, X: np.ndarray) -> np.ndarray:
        """log p(x) as ``(n,)``, exact however far from the data."""
        X = query_points(self, X) - self._mean
        log_sums = np.empty(len(X))
        for rows, logits in self._logits(X):
            largest = logits.max(axis=1)
            logits -= largest[:, None]
            log_sums[rows] = largest + np.log(np.exp(logits, out=logits).sum(axis=1))
        return self._log_density(X, log_sums)

    def on_grid(self, x_axis: np.ndarray, y_axis: np.ndarray) -> np.ndarray:
        """log p(x) on a tensor grid, ``(H, W)``, for models of two columns.

        Below 1e-290 the separable kernel underflows; there the nearest centre stands for all of them,
        which understates log p, then below −667, by at most log m.
        """
        check_is_fitted(self)
        h = float(self.bandwidth_)
        weights = np.full(len(self.centres_), np.exp(self._log_normaliser))
        density = gaussian_kernel_on_grid(self.centres_, weights, x_axis, y_axis, h)
        lost = density < _UNDERFLOW
        log_density = np.log(np.where(lost, 1.0, density))
        if lost.any():
            nearest, _ = cKDTree(self.centres_).query(grid.points(x_axis, y_axis)[lost.ravel()])
            log_density[lost] = self._log_normaliser - 0.5 * (nearest / h) ** 2
        return log_density

    def sample(self, n_samples: int, random_state: Any = None) -> np.ndarray:
        """x ~ p(x) as ``(n, d)``: a training point at random, moved by h times a standard normal."""
        check_is_fitted(self)
        rng = generator(random_state)
        chosen = self.centres_[rng.integers(len(self.centres_), size=n_samples)]
        return chosen + self.bandwidth_ * rng.standard_normal(chosen.shape)

    def log_density_gradient(self, X: np.ndarray) -> np.ndarray:
        """∇ log p(x) = (Σ_i w_i x_i − x)/h² as ``(n, d)``, w_i the share of centre i in p(x).

        The shares are formed in single precision (from exact logits): relative error about 1e-6.
        """
        return self.log_density_and_gradient(X)[1]

    def log_density_and_gradient(self, X: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """log p(x), in single precision too, and its gradient at the price of one: ``(n,)``, ``(n, d)``."""
        X = query_points(self, X) - self._mean
        attraction, log_sums = np.empty_like(X), np.empty(len(X))
        for rows, logits in self._logits(X):
            largest = logits.max(axis=1)
            shifted = np.empty(logits.shape, dtype=np.float32)
            with np.errstate(over="ignore"):  # far away, −∞ stands for what single precision cannot hold
                np.subtract(logits, largest[:, None], out=shifted, casting="same_kind")
            sums = softmax_sums(shifted, self._centred_and_ones)
            attraction[rows] = sums[:, :-1] / sums[:, -1:]
            log_sums[rows] = largest + np.log(sums[:, -1])
        return self._log_density(X, log_sums), (attraction - X) / self.bandwidth_**2

    def noised(self, sigma: float) -> Self:
        """The density of x + σε: the bandwidth becomes √(h² + σ²). Raises ValueError for a negative σ."""
        check_is_fitted(self)
        if not sigma >= 0:
            raise ValueError(f"The noise level must be at least 0; it is {sigma}.")
        return copy(self)._learn(centres_=self.centres_, bandwidth_=np.hypot(self.bandwidth_, sigma))

    def mean_and_covariance(self) -> tuple[np.ndarray, np.ndarray]:
        """The first two moments of p(x): ``(d,)`` and ``(d, d)``."""
        check_is_fitted(self)
        mean = self.centres_.mean(axis=0)
        spread = self.centres_ - mean
        return mean, spread.T @ spread / len(spread) + self.bandwidth_**2 * np.eye(len(mean))

    def _log_density(self, centred: np.ndarray, log_sums: np.ndarray) -> np.ndarray:
        return self._log_normaliser + log_sums - 0.5 * (centred**2).sum(axis=1) / self.bandwidth_**2

    def _logits(self, X: np.ndarray) -> Iterator[tuple[slice, np.ndarray]]:
        """Blocks of rows and, for each, what depends on the centre in log N(x; x_i, h²I)."""
        rows_at_once = max(1, _CHUNK // len(self.centres_))
        for start in range(0, len(X), rows_at_once):
            rows = slice(start, start + rows_at_once)
            yield rows, np.column_stack([X[rows], np.ones(len(X[rows]))]) @ self._to_logits


CARD = Card(
    title="Kernel density",
    estimator=KernelDensity,
    estimates=r"p(x)",
    source="Rosenblatt (1956), Remarks on some nonparametric estimates of a density function; Parzen (1962)",
    controls=(
        Control(
            "bandwidth",
            "Bandwidth",
            low=0.05,
            high=2.0,
            scale="log",
            help="The spread of the small Gaussian on every point, in plane units.",
        ),
    ),
    rank=40,
)
