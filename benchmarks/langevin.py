"""500 particles × 200 unadjusted Langevin steps on a kernel density of 400 points.

The peer is the same walk as one writes it in numpy: all differences to all points at once, and the exact
gradient. It is the fairer peer: scikit-learn's KernelDensity knows no gradient, and with central
differences it needs four evaluations a step, many times slower again.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from benchmarks.comparison import Comparison, milliseconds, seconds, side_by_side
from benchmarks.stage import Stage
from paradigms.data.dataset_spec import DatasetSpec
from paradigms.generative.kernel_density import KernelDensity
from paradigms.samplers.unadjusted_langevin import unadjusted_langevin

STEP_SIZE, N_STEPS = 0.01, 200


def compare(_: Stage) -> Iterator[Comparison]:
    density = KernelDensity().fit(DatasetSpec(preset="moons", size=400).dataset().X)
    start = 2 * np.random.default_rng(0).standard_normal((500, 2))

    def walk() -> np.ndarray:
        steps = unadjusted_langevin(
            density, start, step_size=STEP_SIZE, n_steps=N_STEPS, rng=np.random.default_rng(1)
        )
        return [snapshot.position for snapshot in steps][-1]

    def plain() -> np.ndarray:
        return plain_walk(density.centres_, density.bandwidth, start, np.random.default_rng(1))

    astray = np.abs(walk() - plain()).max()
    if astray > 1e-3:
        raise AssertionError(f"The two walks part by {astray:.1e}; their times cannot be compared.")
    ours, peer = side_by_side(lambda: seconds(walk), lambda: seconds(plain), runs=7)
    yield Comparison(
        "500 particles × 200 Langevin steps, n = 400",
        milliseconds(ours),
        f"{milliseconds(peer)}, the same walk in plain numpy",
        f"{peer / ours:.1f}×",
        "< 300 ms",
        ours < 0.3,
    )


def plain_walk(
    centres: np.ndarray, bandwidth: float, start: np.ndarray, rng: np.random.Generator
) -> np.ndarray:
    """Where the particles ``(n, 2)`` end."""
    position = start.copy()
    for _ in range(N_STEPS):
        to_centres = centres[None, :, :] - position[:, None, :]
        logits = -(to_centres**2).sum(axis=2) / (2 * bandwidth**2)
        weights = np.exp(logits - logits.max(axis=1, keepdims=True))
        weights /= weights.sum(axis=1, keepdims=True)
        gradient = (weights[:, :, None] * to_centres).sum(axis=1) / bandwidth**2
        noise = np.sqrt(2 * STEP_SIZE) * rng.standard_normal(position.shape)
        position = position + STEP_SIZE * gradient + noise
    return position
