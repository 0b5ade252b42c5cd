"""Sums of Gaussian kernels on a tensor grid, by separability two thin matrices and one product."""

from __future__ import annotations

import numpy as np


def gaussian_kernel_on_grid(
    centres: np.ndarray,
    weights: np.ndarray,
    x_axis: np.ndarray,
    y_axis: np.ndarray,
    bandwidth: float,
) -> np.ndarray:
    """∑ᵢ wᵢ exp(−|x − cᵢ|² / 2h²) at every point of a tensor grid.

    A Gaussian of (x, y) is a Gaussian of x times a Gaussian of y, so m kernels on H × W points need
    (H + W)·m exponentials and one matrix product instead of H·W·m exponentials.

    ``centres (m, 2)`` and a scalar ``bandwidth`` h. ``weights (m,)`` give ``(H, W)``, and ``(m, K)``
    give ``(H, W, K)``; they may be negative. Entry ``[i, j]`` belongs to ``(x_axis[j], y_axis[i])``. The
    sum is not normalised. Some 38 bandwidths from every centre it underflows to exactly 0: whoever
    takes its logarithm for a picture puts a floor under it first, and whoever needs the logarithm of
    a far point evaluates it there in log space instead.
    """
    along_x = _kernel(x_axis, centres[:, 0], bandwidth)
    along_y = _kernel(y_axis, centres[:, 1], bandwidth)
    if weights.ndim == 1:
        return (along_y * weights) @ along_x.T
    n_sums = weights.shape[1]
    weighted = (weights.T[:, None, :] * along_y).reshape(n_sums * len(y_axis), len(centres))
    sums = (weighted @ along_x.T).reshape(n_sums, len(y_axis), len(x_axis))
    return np.moveaxis(sums, 0, -1)


def _kernel(axis: np.ndarray, centres: np.ndarray, bandwidth: float) -> np.ndarray:
    return np.exp(-0.5 * ((axis[:, None] - centres) / bandwidth) ** 2)
