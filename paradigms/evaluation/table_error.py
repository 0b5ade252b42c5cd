"""The error of a tabulated density at draws of the density itself."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from paradigms.densities.formula_target import TargetDistribution
from paradigms.densities.tabulated_density import TabulatedDensity

_STEP = 1e-3  # of the differences by which the model's own gradient is taken


class TableError(NamedTuple):
    """Means over draws of the model: ``value``, |Δ ln p|; ``gradient``, |Δ∇ ln p| over |∇ ln p|."""

    value: float
    gradient: float


def table_error(
    model: TargetDistribution, table: TabulatedDensity, *, n: int = 500, seed: int = 0
) -> TableError:
    """Measured at ``n`` draws, without those outside the table, where it answers by another rule."""
    X = model.sample(n, seed)
    X = X[(table.nearest_inside(X) == X).all(axis=1)]
    ahead_and_behind = [X + way * step for step in _STEP * np.eye(2) for way in (1, -1)]
    exact, *around = np.split(model.score_samples(np.concatenate([X, *ahead_and_behind])), 5)
    gradient = np.column_stack([around[0] - around[1], around[2] - around[3]]) / (2 * _STEP)
    astray = table.log_density_gradient(X) - gradient
    return TableError(
        float(np.abs(table.score_samples(X) - exact).mean()),
        float(np.linalg.norm(astray, axis=1).mean() / np.linalg.norm(gradient, axis=1).mean()),
    )
