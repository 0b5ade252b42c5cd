"""Nested cells with 3 × 3 Gauss–Legendre nodes, cut in three where a density is narrow."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from scipy.special import logsumexp

from paradigms import grid
from paradigms.protocols import JointModel

NARROW = 1.0  # −∂² log p between nodes: they stand one standard deviation of a Gaussian apart
NARROW_ON_A_LATTICE = 2.0  # the midpoint rule over many cells is right where that is 1.4: 2e−4
MATTERS = np.log(1e-5)  # a cell with less mass than that, and no draw, may be curved as it likes
ASTRAY = 0.5  # nats that a draw may be off the paraboloid through the nodes around it
NODES_IN_THE_THICK = 2  # of the nine of a cell that is cut around its draws
SMALLEST = 1e-8  # plane units; a cell of that width is not cut
_MARGIN, _FEW = 0.3, 120.0  # left around n draws: 0.3 + 120/n² of the room that they take
_EDGE = 0.5 - 1e-9

_THREE = np.array([-1.0, 0.0, 1.0])
_GAUSS = np.sqrt(0.6) / 2 * _THREE  # Gauss-Legendre's nodes on a cell of width 1
_FINE = grid.axis(7, half_width=0.5)
_LOG_WEIGHTS = np.log(np.outer([5, 8, 5], [5, 8, 5]) / 18**2).ravel()


class Draws(NamedTuple):
    """``X (d, 2)``, log p there and the cell in which each lies ``(d,)``; ``crowd`` is too many to a node."""

    X: np.ndarray
    log_density: np.ndarray
    cells: np.ndarray
    crowd: float


class Cells(NamedTuple):
    """``centres (m, 2)``, ``widths (m, 2)``, the cell of the picture that each is of ``(m,)``, log p(x, y) at
    its nodes ``(m, 9, K)``.
    """

    centres: np.ndarray
    widths: np.ndarray
    owners: np.ndarray
    log_joint: np.ndarray

    @classmethod
    def of(cls, model: JointModel, centres: np.ndarray, widths: np.ndarray, owners: np.ndarray) -> Cells:
        log_joint = model.log_joint(_places(centres, widths, _GAUSS).reshape(-1, 2))
        return cls(centres, widths, owners, log_joint.reshape(len(centres), 9, -1))

    @property
    def log_density(self) -> np.ndarray:
        """log p at the nodes, ``(m, 9)``."""
        return logsumexp(self.log_joint, axis=2)

    @property
    def log_areas(self) -> np.ndarray:
        """Of what each node stands for, ``(m, 9)``."""
        return np.log(self.widths).sum(axis=1)[:, None] + _LOG_WEIGHTS


def finer(cells: Cells) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Places ``(m, 2)``, log p there and the log mass of each, ``(m,)``: 7 × 7 to a cell, on its paraboloid.

    Where a density lies along a row of cells, all of them have their nodes on the same few contours.
    """
    basis, at_nodes = _lagrange(_FINE, _GAUSS), cells.log_density.reshape(-1, 3, 3)
    log_density = np.einsum("ai,mij,bj->mab", basis, at_nodes, basis).reshape(len(at_nodes), -1)
    log_mass = logsumexp(cells.log_density + cells.log_areas, axis=1, keepdims=True)
    log_mass = log_mass + log_density - logsumexp(log_density, axis=1, keepdims=True)
    return _places(cells.centres, cells.widths, _FINE).reshape(-1, 2), log_density.ravel(), log_mass.ravel()


def cut_in_three(model: JointModel, cells: Cells, draws: Draws, room: int) -> Cells:
    """Cut what is coarse, again and again, at most at ``room`` new nodes; the fullest go first."""
    while True:
        log_area = np.log(cells.widths).sum(axis=1)
        offsets = (draws.X - cells.centres[draws.cells]) / cells.widths[draws.cells]
        at_nodes = cells.log_density.reshape(-1, 3, 3)
        coarse, curvature = is_coarse(at_nodes, _GAUSS, log_area, draws, offsets, NODES_IN_THE_THICK)
        chosen = np.flatnonzero(coarse & (cells.widths > SMALLEST).all(axis=1))
        if len(chosen) > max(room, 0) // 27:
            held = np.bincount(draws.cells, minlength=len(coarse))
            chosen = np.sort(chosen[np.argsort(-held[chosen])[: max(room, 0) // 27]])
        room -= 27 * len(chosen)
        if not len(chosen):
            return cells
        axis, low, high = (of_each[chosen] for of_each in _where_to_cut(draws.cells, offsets, curvature))
        edges = np.stack([np.full(len(low), -0.5), low, high, np.full(len(low), 0.5)], axis=1)
        along = np.eye(2)[np.repeat(axis, 3)]
        middles, shares = (edges[:, 1:] + edges[:, :-1]).reshape(-1, 1) / 2, np.diff(edges).reshape(-1, 1)
        own = np.repeat(chosen, 3)
        centres = cells.centres[own] + cells.widths[own] * middles * along
        parts = Cells.of(model, centres, cells.widths[own] * shares**along, cells.owners[own])
        kept = np.ones(len(coarse), dtype=bool)
        kept[chosen] = False
        first, rank = np.cumsum(kept) - 1, (np.cumsum(~kept) - 1)[draws.cells]
        at = offsets[np.arange(len(offsets)), axis[rank]]
        part = kept.sum() + 3 * rank + (at > low[rank]) + (at > high[rank])
        draws = draws._replace(cells=np.where(kept[draws.cells], first[draws.cells], part))
        cells = Cells(*(np.concatenate([old[kept], new]) for old, new in zip(cells, parts, strict=True)))


def is_coarse(
    at_nodes: np.ndarray,
    nodes: np.ndarray,
    log_area: np.ndarray | float,
    draws: Draws,
    offsets: np.ndarray,
    per: int,
    narrow: float = NARROW,
) -> tuple[np.ndarray, np.ndarray]:
    """Which cells are too coarse, ``(m,)``, and −∂² log p from node to node along x and y, ``(m, 2)``.

    From log p at their nodes, ``(m, 3, 3)``, their log area, and how many draws there are to ``per`` nodes.
    ``offsets (d, 2)`` are those of the draws from the centres of their cells, whose width is 1.
    """
    curvature = -np.stack([np.diff(at_nodes, 2, axis=axis).min(axis=(1, 2)) for axis in (2, 1)], axis=1)
    peak = _highest(_highest(at_nodes, nodes)[:, None], nodes)[:, 0]
    filled = np.minimum(nodes[2] * np.sqrt(2 * np.pi / curvature.clip(1e-9)), 1).prod(axis=1)
    own, (x, y) = draws.cells, offsets.T
    held = np.bincount(own, minlength=len(at_nodes))
    matters = (peak + log_area + np.log(filled) > MATTERS) | (held > 0)
    coarse = (curvature.max(axis=1) > narrow) & matters
    paraboloid = np.einsum("di,dij,dj->d", _lagrange(y, nodes), at_nodes[own], _lagrange(x, nodes))
    coarse[own[np.abs(draws.log_density - paraboloid) > ASTRAY]] = True
    return coarse | (held > per * draws.crowd), curvature


def _highest(values: np.ndarray, nodes: np.ndarray) -> np.ndarray:
    """How high the parabola through three values, ``(..., 3)``, rises within the cell."""
    slope = (values[..., 2] - values[..., 0]) / 2
    curvature = -np.diff(values, 2, axis=-1)[..., 0]
    t = (slope / curvature.clip(1e-9)).clip(-0.5 / nodes[2], 0.5 / nodes[2])
    return values[..., 1] + slope * t - curvature * t**2 / 2


def _where_to_cut(
    own: np.ndarray, offsets: np.ndarray, curvature: np.ndarray
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """The axis along which to cut each of m cells, and the two places on it, ``(m,)`` each.

    Around its draws where these fill less than a third of it, else in thirds, across the steeper curvature.
    Few draws say little of how wide the part is that they fell on: the fewer, the more is left around them.
    """
    m = len(curvature)
    count = np.bincount(own, minlength=m)[:, None]
    lowest, highest = np.full((m, 2), 0.5), np.full((m, 2), -0.5)
    np.minimum.at(lowest, own, offsets)
    np.maximum.at(highest, own, offsets)
    lowest, highest = lowest.clip(-_EDGE, _EDGE), highest.clip(-_EDGE, _EDGE)
    around = (highest - lowest) * (_MARGIN + _FEW / np.maximum(count, 1) ** 2)
    low = lowest - np.minimum(around, (lowest + 0.5) / 2)
    high = highest + np.minimum(around, (0.5 - highest) / 2)
    few = (count < 2) | (high - low > 1 / 3)
    filled = np.where(few, 2 - curvature / curvature.max(axis=1, keepdims=True).clip(1e-300), high - low)
    axis = filled.argmin(axis=1)
    low, high = np.where(few, -1 / 6, low), np.where(few, 1 / 6, high)
    return axis, low[np.arange(m), axis], high[np.arange(m), axis]


def _lagrange(x: np.ndarray, nodes: np.ndarray) -> np.ndarray:
    """Lagrange's three polynomials through −a, 0, a at ``x (d,)``: ``(d, 3)``."""
    t = x / nodes[2]
    return np.stack([t * (t - 1) / 2, 1 - t**2, t * (t + 1) / 2], axis=1)


def _places(centres: np.ndarray, widths: np.ndarray, axis: np.ndarray) -> np.ndarray:
    return centres[:, None] + widths[:, None] * grid.points(axis, axis)
