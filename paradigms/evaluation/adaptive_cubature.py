"""Adaptive cubature: the mass of a density on the plane where it is narrower than a cell of the picture.

Where the density is wider than a cell the midpoint rule over the cells is right to many digits. The others,
and their neighbours, are given the 3 × 3 nodes of Gauss and Legendre, and cut for as long as it takes. Which
cells are cut depends on the curvature of log p and on the model's own draws. Draws steer and nothing
else: the integral is a sum of p times areas, and that of a density wrong by a factor is wrong by that factor.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view
from scipy.ndimage import binary_dilation
from scipy.special import logsumexp

from paradigms import grid
from paradigms.evaluation.nested_cells import (
    NARROW_ON_A_LATTICE,
    Cells,
    Draws,
    cut_in_three,
    finer,
    is_coarse,
)
from paradigms.protocols import JointModel

CELLS_A_DRAW = 16  # of the picture, so that a coarse look at a slow model asks little of it
_CROWD, _FEWEST = 0.0025, 6  # the share of draws, and their number, that is too much for one node
_MISLEADS = 0.2  # nats between the mean of p over a cell and its centre
_CENTRES = np.array([-1.0, 0.0, 1.0])  # of three cells in a row


class Cubature(NamedTuple):
    """``places (m, 2)`` with log p there, and the logarithm of the mass that each stands for, both ``(m,)``.

    ``log_joint (H, H, K)`` is the picture: a cell whose centre misleads shows the mean of p over it, and
    ``narrow`` is the mass in such cells. ``integral`` is that of p over the plane.
    """

    places: np.ndarray
    log_density: np.ndarray
    log_mass: np.ndarray
    integral: float
    log_joint: np.ndarray
    narrow: float = 0.0


def adaptive_cubature(model: JointModel, log_joint: np.ndarray) -> Cubature:
    """``log_joint (H, H, K)`` are the values of a joint model at the centres of the cells of the plane.

    Error below 0.01 of the integral where draws fall on every part that is narrower than a cell. No
    more values are asked for than there are cells, besides those at draws. An unnormalised density is left
    as it is.
    """
    n, width = len(log_joint), 2 * grid.HALF_WIDTH / len(log_joint)
    centres, log_density = grid.points(grid.axis(n), grid.axis(n)), logsumexp(log_joint, axis=-1)
    log_mass = log_density.ravel() + 2 * np.log(width)
    midpoint = Cubature(centres, log_density.ravel(), log_mass, float(np.exp(logsumexp(log_mass))), log_joint)
    if model.density_kind == "unnormalised":
        return midpoint
    draws = _drawn(model, n)
    windows = sliding_window_view(np.pad(log_density, 1, "reflect", reflect_type="odd"), (3, 3))
    offsets = (draws.X - centres[draws.cells]) / width
    around = windows.reshape(-1, 3, 3)
    coarse, _ = is_coarse(around, _CENTRES, 2 * np.log(width), draws, offsets, 1, NARROW_ON_A_LATTICE)
    if not coarse.any():
        return midpoint
    cut = _with_neighbours(coarse)
    if 9 * cut.sum() > n**2:
        fullest = np.argsort(-np.bincount(draws.cells, minlength=n**2) - 0.5 * coarse)
        cut = _with_neighbours(np.isin(np.arange(n**2), fullest[: n**2 // 81]))
    cells = Cells.of(model, centres[cut], np.full((cut.sum(), 2), width), np.flatnonzero(cut))
    inside = cut[draws.cells]
    own = (np.cumsum(cut) - 1)[draws.cells[inside]]
    draws = Draws(draws.X[inside], draws.log_density[inside], own, draws.crowd)
    cells = cut_in_three(model, cells, draws, n**2 - 9 * cut.sum())
    inside = np.exp(logsumexp(cells.log_density + cells.log_areas))
    outside = _fourth_order(log_density)[~cut].sum() * width**2
    places, log_densities, log_masses = finer(cells)
    return Cubature(
        np.concatenate([centres[~cut], places]),
        np.concatenate([log_density.ravel()[~cut], log_densities]),
        np.concatenate([log_mass[~cut], log_masses]),
        float(inside + outside),
        *_pictured(log_joint, cells, width),
    )


def _drawn(model: JointModel, n: int) -> Draws:
    n_draws = n**2 // CELLS_A_DRAW
    X, _ = model.sample_joint(n_draws, random_state=0)
    X = X[(np.abs(X) < grid.HALF_WIDTH).all(axis=1)]
    column, row = ((X / grid.HALF_WIDTH + 1) / 2 * n).astype(int).clip(0, n - 1).T
    return Draws(X, model.score_samples(X), n * row + column, max(_CROWD * n_draws, _FEWEST))


def _with_neighbours(cells: np.ndarray) -> np.ndarray:
    side = round(np.sqrt(len(cells)))
    return binary_dilation(cells.reshape(side, side), np.ones((3, 3))).ravel()


def _fourth_order(log_density: np.ndarray) -> np.ndarray:
    """The mean of p over each cell, from its own centre and its neighbours': p + (δ²p/δx² + δ²p/δy²)/24.

    Of cells that are only a part of the plane the midpoint rule misses 1/24 of the derivative at their rim.
    """
    density = np.pad(np.exp(log_density), 1, "reflect", reflect_type="odd")
    second = np.diff(density[1:-1], 2, axis=1) + np.diff(density[:, 1:-1], 2, axis=0)
    return (density[1:-1, 1:-1] + second / 24).ravel()


def _pictured(log_joint: np.ndarray, cells: Cells, width: float) -> tuple[np.ndarray, float]:
    """The picture, with the mean of p over a cell where its centre misleads, and the mass of such cells."""
    order = np.argsort(cells.owners, kind="stable")
    owners, starts = np.unique(cells.owners[order], return_index=True)
    parts = logsumexp(cells.log_joint + cells.log_areas[:, :, None], axis=1)[order]
    means = np.logaddexp.reduceat(parts, starts, axis=0) - 2 * np.log(width)
    picture = log_joint.reshape(-1, log_joint.shape[-1]).copy()
    log_means = logsumexp(means, axis=1)
    misleading = np.abs(log_means - logsumexp(picture[owners], axis=1)) > _MISLEADS
    picture[owners[misleading]] = means[misleading]
    return picture.reshape(log_joint.shape), float(np.exp(log_means[misleading]).sum() * width**2)
