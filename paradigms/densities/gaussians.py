"""Gaussians: log densities, gradients, convolution with noise, moments, samples."""

from __future__ import annotations

import numpy as np
from scipy.linalg import solve_triangular
from scipy.special import logsumexp

_LOG_TWO_PI = np.log(2 * np.pi)
RELATIVE_VARIANCE_FLOOR = 1e-3  # of the data's mean variance, where a model has no control for it
ABSOLUTE_VARIANCE_FLOOR = 1e-6  # when all points lie in one spot


class Gaussians:
    """K Gaussians N(μ_k, Σ_k) in d dimensions, factored once: Σ_k = L_k L_kᵀ.

    Points are whitened, z_k = L_k⁻¹(x − μ_k), for all K by one matrix product, and gradients come back by
    another; nothing of shape (n, K, d, d) is ever made. ``means (K, d)``, ``covariances (K, d, d)``.
    """

    def __init__(self, means: np.ndarray, covariances: np.ndarray) -> None:
        self.means = means
        self.covariances = covariances
        dimension = means.shape[1]
        self._factors = np.linalg.cholesky(covariances)
        identity = np.eye(dimension)
        inverses = [solve_triangular(factor, identity, lower=True) for factor in self._factors]
        self._inverse_factors = np.array(inverses)
        self._whitening = self._inverse_factors.reshape(-1, dimension).T.copy()
        self._whitened_means = np.einsum("kij,kj->ki", self._inverse_factors, means).ravel()
        log_determinants = np.log(np.diagonal(self._factors, axis1=1, axis2=2)).sum(axis=1)
        self._log_normalisers = -0.5 * dimension * _LOG_TWO_PI - log_determinants

    def log_density(self, X: np.ndarray) -> np.ndarray:
        """log N(x; μ_k, Σ_k) as ``(n, K)``."""
        return self._log_density_of(self._whiten(X))

    def log_density_on_grid(self, x_axis: np.ndarray, y_axis: np.ndarray) -> np.ndarray:
        """The same on a tensor grid, ``(H, W, K)``, for d = 2.

        L is triangular, so the first whitened coordinate depends on the column alone and the second is a
        sum of a column's part and a row's.
        """
        values = np.empty((len(y_axis), len(x_axis), len(self.means)))
        for k, ((a, _), (b, c)) in enumerate(self._inverse_factors):
            x, y = x_axis - self.means[k, 0], y_axis[:, None] - self.means[k, 1]
            values[:, :, k] = self._log_normalisers[k] - 0.5 * ((a * x) ** 2 + (b * x + c * y) ** 2)
        return values

    def component_gradient(self, X: np.ndarray, components: np.ndarray) -> np.ndarray:
        """∇ log N(x; μ_k, Σ_k) as ``(n, d)``, with each point's own component k ``(n,)``."""
        return self._gradient(self._whiten(X), np.eye(len(self.means))[components])

    def mixture_log_density(self, X: np.ndarray, log_weights: np.ndarray) -> np.ndarray:
        """log Σ_k w_k N(x; μ_k, Σ_k) as ``(n,)``."""
        return logsumexp(self.log_density(X) + log_weights, axis=1)

    def mixture_log_density_and_gradient(
        self, X: np.ndarray, log_weights: np.ndarray
    ) -> tuple[np.ndarray, np.ndarray]:
        """The same, and its gradient Σ_k p(k|x) ∇ log N(x; μ_k, Σ_k): ``(n,)`` and ``(n, d)``."""
        # Components first: numpy is slow where it sums over a short last axis.
        count, dimension = self.means.shape
        whitened = self._whitening.T @ X.T - self._whitened_means[:, None]
        whitened = whitened.reshape(count, dimension, len(X))
        constants = (self._log_normalisers + log_weights)[:, None]
        logits = constants - 0.5 * np.einsum("kdn,kdn->kn", whitened, whitened)
        largest = logits.max(axis=0)
        parts = np.exp(logits - largest)
        total = parts.sum(axis=0)
        whitened *= (parts / total)[:, None]
        gradient = -(self._whitening @ whitened.reshape(count * dimension, -1)).T
        return largest + np.log(total), gradient

    def sample(self, components: np.ndarray, rng: np.random.Generator) -> np.ndarray:
        """One point from the Gaussian that each entry of ``components (n,)`` names: ``(n, d)``."""
        noise = rng.standard_normal((len(components), self.means.shape[1]))
        points = np.empty_like(noise)
        for k, (mean, factor) in enumerate(zip(self.means, self._factors, strict=True)):
            own = components == k
            points[own] = mean + noise[own] @ factor.T
        return points

    def _whiten(self, X: np.ndarray) -> np.ndarray:
        return (X @ self._whitening - self._whitened_means).reshape(len(X), *self.means.shape)

    def _log_density_of(self, whitened: np.ndarray) -> np.ndarray:
        return self._log_normalisers - 0.5 * np.einsum("nkd,nkd->nk", whitened, whitened)

    def _gradient(self, whitened: np.ndarray, responsibilities: np.ndarray) -> np.ndarray:
        weighted = whitened * responsibilities[:, :, None]
        return -weighted.reshape(len(whitened), -1) @ self._whitening.T


def convolved(covariances: np.ndarray, sigma: float) -> np.ndarray:
    """The covariances of x + σε with ε ~ N(0, I): Σ + σ²I. Raises ValueError for a negative σ."""
    if not sigma >= 0:
        raise ValueError(f"The noise level must be at least 0; it is {sigma}.")
    return covariances + sigma**2 * np.eye(covariances.shape[-1])


def mixture_moments(
    weights: np.ndarray, means: np.ndarray, covariances: np.ndarray
) -> tuple[np.ndarray, np.ndarray]:
    """Mean ``(d,)`` and covariance ``(d, d)`` of Σ_k w_k p_k, from the moments of its parts.

    The law of total covariance: the mean of the covariances and the covariance of the means.
    """
    mean = weights @ means
    spread = means - mean
    return mean, np.einsum("k,kij->ij", weights, covariances) + (spread * weights[:, None]).T @ spread


def variance_floor(X: np.ndarray, relative: float = RELATIVE_VARIANCE_FLOOR) -> float:
    """The smallest variance a model may take: a share of the data's, averaged over the columns.

    It keeps a single point, or three on a line, from being given an infinite density.
    """
    return max(relative * float(X.var(axis=0).mean()), ABSOLUTE_VARIANCE_FLOOR)


def raised(covariance: np.ndarray, floor: float) -> np.ndarray:
    """The covariance with its eigenvalues raised to at least ``floor``; unchanged where none is below."""
    eigenvalues, eigenvectors = np.linalg.eigh(covariance)
    if eigenvalues[0] >= floor:
        return covariance
    return (eigenvectors * np.maximum(eigenvalues, floor)) @ eigenvectors.T
