"""A kernel density on a 200 × 200 grid at n = 2,000, against scikit-learn's."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from sklearn import neighbors

from benchmarks.comparison import Comparison, milliseconds, seconds, side_by_side
from benchmarks.stage import Stage
from paradigms import grid
from paradigms.data.dataset_spec import DatasetSpec
from paradigms.generative.kernel_density import KernelDensity

MATTERS = 12.0  # densities within e⁻¹² of the peak are compared


def compare(_: Stage) -> Iterator[Comparison]:
    X, axis = DatasetSpec(preset="moons", size=2000).dataset().X, grid.axis(200)
    points = grid.points(axis, axis)
    ours = KernelDensity().fit(X)
    peer = neighbors.KernelDensity(bandwidth=ours.bandwidth).fit(X)
    fast, slow = side_by_side(
        lambda: seconds(lambda: ours.on_grid(axis, axis), repeat=10),
        lambda: seconds(lambda: peer.score_samples(points)),
        runs=5,
    )
    yield Comparison(
        "kernel density on 200 × 200, n = 2,000",
        milliseconds(fast),
        f"{milliseconds(slow)}, sklearn.neighbors.KernelDensity",
        f"{slow / fast:.0f}×",
        "≥ 100×",
        slow / fast >= 100,
    )
    log_density = peer.score_samples(points)
    here = log_density > log_density.max() - MATTERS
    difference = np.abs(ours.on_grid(axis, axis).ravel() - log_density)[here].max()
    yield Comparison(
        f"largest difference of log density ({here.mean():.0%} of the grid)",
        f"{difference:.1e}",
        "the same",
        held_to="≤ 1e-5",
        met=bool(difference <= 1e-5),
    )
