"""A lower bound on the log density of a latent-variable model: the latent space cut into cells."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import product

import numpy as np
from scipy.spatial import cKDTree
from scipy.special import logsumexp, ndtr

from paradigms import grid
from paradigms.densities.separable_kernel import gaussian_kernel_on_grid

_REACH = 5.0  # codes beyond are left out, 6e-7 of them in each column: a bound may lack them
_FIRST_CELLS, _N_CELLS, _LOSS = 256, 3000, 0.002  # halved until so many, or so little is lost
_NODES, _WEIGHTS = np.polynomial.legendre.leggauss(4)  # in each cell and column
_AT_A_TIME = 2**21  # exponentials
_UNDERFLOW, _NEAREST, _RARE = 1e-290, 8, 1e-9

Decoder = Callable[[np.ndarray], np.ndarray]
Cells = tuple[np.ndarray, ...]


class DecodedCells:
    """log Σ_k P_k exp(−v_k/2σ²) N(x; m_k, σ²I) ≤ log ∫ N(z; 0, I) N(x; decoder(z), σ²I) dz, for every x.

    P_k is the probability of the cell A_k of codes; m_k is the mean of decoder(z) over it and v_k the
    variance, summed over the columns. In a cell log E exp ≥ E log (Jensen), and there the mean of log N(x;
    decoder(z), σ²I) is log N(x; m_k, σ²I) − v_k/2σ². It is the evidence lower bound (Kingma and Welling 2014,
    eq. 3) with the best of all q(z|x) that follow the prior within each cell. Its integral is Σ P_k
    exp(−v_k/2σ²); the cells that lack most of that are halved first, across the column that moves the means.

    ``decoder`` takes codes ``(n, n_codes)`` to means ``(n, d)``. It is asked some hundred thousand times,
    once and for all.
    """

    def __init__(self, decoder: Decoder, n_codes: int, sigma: float) -> None:
        self.sigma = sigma
        probability, self.centres, variance = _cut(decoder, n_codes, sigma)
        self._weights = probability * np.exp(-0.5 * variance / sigma**2)
        with np.errstate(divide="ignore"):  # a cell across which the decoder jumps counts for nothing
            log_weights = np.log(probability) - 0.5 * variance / sigma**2
        self._log_normaliser = -0.5 * self.centres.shape[1] * np.log(2 * np.pi * sigma**2)
        constants = log_weights - 0.5 * (self.centres**2).sum(axis=1) / sigma**2
        self._to_logits = np.vstack([self.centres.T / sigma**2, constants])

    def log_bound(self, X: np.ndarray) -> np.ndarray:
        """As ``(n,)``, right in log space however far from the data."""
        values = np.empty(len(X))
        for rows, largest, shares in self._shares(X):
            values[rows] = largest + np.log(shares.sum(axis=1))
        return self._log_normaliser + values - 0.5 * (X**2).sum(axis=1) / self.sigma**2

    def gradient(self, X: np.ndarray) -> np.ndarray:
        """Its gradient, (Σ_k w_k m_k − x)/σ², w_k being the share of cell k: ``(n, d)``."""
        pulled = np.empty_like(X)
        for rows, _, shares in self._shares(X):
            pulled[rows] = shares @ self.centres / shares.sum(axis=1, keepdims=True)
        return (pulled - X) / self.sigma**2

    def log_bound_on_grid(self, x_axis: np.ndarray, y_axis: np.ndarray) -> np.ndarray:
        """The same on a tensor grid, ``(H, W)``, for d = 2: the kernel is separable.

        Where that underflows, log p being below −600, the nearest cells stand for all: a bound still.
        """
        sums = gaussian_kernel_on_grid(self.centres, self._weights, x_axis, y_axis, self.sigma)
        log_sums, lost = np.log(np.maximum(sums, _UNDERFLOW)), sums < _UNDERFLOW
        if lost.any():
            kept = self._weights > _RARE
            log_weights = np.log(self._weights[kept])
            k = np.arange(1, min(_NEAREST, len(log_weights)) + 1)
            distance, which = cKDTree(self.centres[kept]).query(grid.points(x_axis, y_axis)[lost.ravel()], k)
            log_sums[lost] = logsumexp(log_weights[which] - 0.5 * (distance / self.sigma) ** 2, axis=1)
        return self._log_normaliser + log_sums

    def _shares(self, X: np.ndarray) -> Iterator[tuple[slice, np.ndarray, np.ndarray]]:
        """Rows, the largest logit of each, and all of them as shares of it: blocks of ``(n, K)``."""
        rows_at_once = max(1, _AT_A_TIME // len(self.centres))
        for start in range(0, len(X), rows_at_once):
            rows = slice(start, start + rows_at_once)
            logits = np.column_stack([X[rows], np.ones(len(X[rows]))]) @ self._to_logits
            largest = logits.max(axis=1)
            logits -= largest[:, None]
            yield rows, largest, np.exp(logits, out=logits)


def _cut(decoder: Decoder, n_codes: int, sigma: float) -> Cells:
    """P ``(K,)``, m ``(K, d)`` and v ``(K,)`` of cells that lose little."""
    along = np.linspace(-_REACH, _REACH, round(_FIRST_CELLS ** (1 / n_codes)) + 1)
    corners = np.array(list(product(range(len(along) - 1), repeat=n_codes)))
    cells = _looked_at(decoder, along[corners], along[corners + 1])
    while True:
        low, high, probability, means, variance, by_column = cells
        losses = probability * -np.expm1(-0.5 * variance / sigma**2)
        if len(losses) >= _N_CELLS or losses.sum() < _LOSS:
            return probability, means, variance
        order = np.argsort(-losses)
        halved, kept = np.split(order, [min((len(order) + 1) // 2, _N_CELLS - len(order))])
        each, across = np.arange(len(halved)), by_column[halved].argmax(axis=1)
        first_end, second_start = high[halved], low[halved]
        middle = 0.5 * (first_end + second_start)[each, across]
        first_end[each, across] = second_start[each, across] = middle
        halves = _looked_at(
            decoder, np.concatenate([low[halved], second_start]), np.concatenate([first_end, high[halved]])
        )
        cells = tuple(np.concatenate([old[kept], new]) for old, new in zip(cells, halves, strict=True))


def _looked_at(decoder: Decoder, low: np.ndarray, high: np.ndarray) -> Cells:
    """The cells between two corners ``(K, n_codes)``, their P, m and v, and what each column adds to v."""
    n_codes = low.shape[1]
    nodes = np.array(list(product(_NODES, repeat=n_codes)))
    weights = np.array(list(product(_WEIGHTS, repeat=n_codes))).prod(axis=1)
    z = 0.5 * ((low + high)[:, None] + (high - low)[:, None] * nodes)
    weights = weights * np.exp(-0.5 * (z**2).sum(axis=2))
    weights /= weights.sum(axis=1, keepdims=True)
    decoded = decoder(z.reshape(-1, n_codes)).reshape(*z.shape[:2], -1)
    means = np.einsum("kj,kjd->kd", weights, decoded)
    away = decoded - means[:, None]
    variance = np.einsum("kj,kjd->k", weights, away**2)
    by_node = away.reshape(len(low), *[len(_NODES)] * n_codes, -1)
    others = [tuple(1 + other for other in range(n_codes) if other != column) for column in range(n_codes)]
    by_column = np.stack([(by_node.mean(axis=axes) ** 2).sum(axis=(1, 2)) for axes in others], axis=1)
    mirrored = low >= 0  # the upper tail, where differences of probabilities near 1 would lose their digits
    upper, lower = np.where(mirrored, -low, high), np.where(mirrored, -high, low)
    return low, high, (ndtr(upper) - ndtr(lower)).prod(axis=1), means, variance, by_column
