"""Inverse transform sampling: the quantile function of uniform numbers, one coordinate after the other."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from paradigms import grid
from paradigms.cards import Control, SamplerCard
from paradigms.protocols import Density
from paradigms.trajectory import Snapshot


def inverse_cdf(
    target: Density,
    start: np.ndarray,
    *,
    half_width: float = 8.0,
    n_cells: int = 400,
    n_steps: int = 2,
    rng: np.random.Generator,
) -> Iterator[Snapshot]:
    """First x₁ = F₁⁻¹(u₁) from its marginal, then x₂ = F₂⁻¹(u₂ | x₁) from its conditional; u ~ U(0, 1).

    Both distribution functions are sums over ``n_cells`` cells a side of the square of ``half_width``, which
    must hold the mass of the target; within a cell the density counts as even. The target has
    ``score_samples`` for two columns, up to a constant. Of ``start (n, 2)`` only the number of points
    matters; the first snapshot is the start, the second has x₁, the third x₂ as well (``n_steps`` 1 stops
    before), and ``time`` counts them.

    Devroye (1986), Non-uniform random variate generation, section II.2; by conditionals: Rosenblatt (1952).
    """
    position = np.array(start, dtype=float)
    yield Snapshot(0, 0.0, position)
    axis = grid.axis(n_cells, half_width)
    log_density = grid.log_density(target, axis, axis)
    density = np.exp(log_density - log_density.max())  # rows are x₂, columns x₁
    width = 2 * half_width / n_cells
    rows = np.arange(len(position))
    for step, column in enumerate((0, 1)[:n_steps], start=1):
        if column == 0:
            masses = np.broadcast_to(density.sum(axis=0), (len(rows), n_cells))
        else:
            cell = np.clip(((position[:, 0] + half_width) / width).astype(int), 0, n_cells - 1)
            masses = density.T[cell]
        position = position.copy()
        position[:, column] = -half_width + width * quantile_of_cells(masses, rng.random(len(rows)))
        yield Snapshot(step, float(step), position)


def quantile_of_cells(masses: np.ndarray, u: np.ndarray) -> np.ndarray:
    """F⁻¹(u) in units of cells, ``(n,)``, for the masses ``(n, m)`` of m cells and ``u (n,)`` in [0, 1).

    F rises in a straight line through each cell.
    """
    cumulative = np.cumsum(masses, axis=1)
    height = u * cumulative[:, -1]
    cell = np.minimum((cumulative <= height[:, None]).sum(axis=1), masses.shape[1] - 1)
    each = np.arange(len(u))
    within = 1 - (cumulative[each, cell] - height) / masses[each, cell]
    return cell + np.clip(within, 0.0, 1.0)


CARD = SamplerCard(
    title="Inverse distribution function",
    estimator=inverse_cdf,
    estimates=r"x \sim p(x)",
    source="Devroye (1986), Non-uniform random variate generation",
    controls=(Control("n_cells", "Cells a side", low=10, high=400, step=10),),
    rank=1,
    family="direct",
    asks=(Density,),
)
