"""Chains of 2,000 particles: Langevin on a mixture and on a table, and what draws of a random walk cost.

The peers: the same walk on the mixture as one writes it in numpy, all differences and all inverse
covariances at once; the exact slope of the kernel density that the table is of; and emcee's stretch move,
which asks for log p only, as the random walk does. Everything computes in one thread, as it does in the app.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

import numpy as np
from threadpoolctl import threadpool_limits

from benchmarks.comparison import Comparison, milliseconds, seconds, side_by_side
from benchmarks.stage import CannotMeasure, Stage
from paradigms import grid
from paradigms.bayes_rule import BayesRule
from paradigms.data.dataset_spec import DatasetSpec
from paradigms.densities.tabulated_density import TabulatedDensity
from paradigms.evaluation.chain_diagnostics import effective_sample_size
from paradigms.generative.gaussian_mixture import GaussianMixture
from paradigms.generative.kernel_density import KernelDensity
from paradigms.samplers.random_walk_metropolis import random_walk_metropolis
from paradigms.samplers.unadjusted_langevin import unadjusted_langevin

N_PARTICLES, N_STEPS, STEP_SIZE = 2000, 500, 0.01
SIZE = f"{N_PARTICLES:,} particles × {N_STEPS} steps"
RESOLUTION, N_POINTS = 256, 2000
TENTH = 10  # the exact kernel density walks a tenth of the steps; its seconds are multiplied
START = np.random.default_rng(0).standard_normal((N_PARTICLES, 2))


def compare(_: Stage) -> Iterator[Comparison]:
    data = DatasetSpec(preset="moons", size=400).dataset()
    mixture = BayesRule(GaussianMixture()).fit(data.X, data.y)
    with threadpool_limits(1):
        yield _on_a_mixture(mixture)
        yield _on_a_table(KernelDensity().fit(DatasetSpec(preset="moons", size=N_POINTS).dataset().X))
        yield from _beside_emcee(mixture)


def _on_a_mixture(mixture: BayesRule) -> Comparison:
    gradient = plain_gradient(mixture)
    astray = np.abs(walk(mixture.log_density_gradient) - plain_walk(gradient)).max()
    if astray > 1e-6:
        raise AssertionError(f"The two walks part by {astray:.1e}; their times cannot be compared.")
    ours, peer = side_by_side(
        lambda: seconds(lambda: walk(mixture.log_density_gradient)),
        lambda: seconds(lambda: plain_walk(gradient)),
        runs=5,
    )
    return Comparison(
        f"Langevin on a mixture of {len(mixture.densities_) * len(mixture.densities_[0].weights_)}, {SIZE}",
        milliseconds(ours),
        f"{milliseconds(peer)}, the same walk in plain numpy",
        f"{peer / ours:.1f}×",
        "< 200 ms",
        ours < 0.2,
    )


def _on_a_table(density: KernelDensity) -> Comparison:
    axis = grid.axis(RESOLUTION)
    table = TabulatedDensity(grid.log_density(density, axis, axis), grid.HALF_WIDTH)
    few = N_STEPS // TENTH
    # The same kicks: how far the table leads the particles off the exact way, in the middle of them.
    ways = walk(table.log_density_gradient, few) - walk(density.log_density_gradient, few)
    astray = np.median(np.linalg.norm(ways, axis=1))
    if astray > 0.01:
        raise AssertionError(f"The two walks part by {astray:.3f}; their times cannot be compared.")
    ours, peer = side_by_side(
        lambda: seconds(lambda: walk(table.log_density_gradient)),
        lambda: TENTH * seconds(lambda: walk(density.log_density_gradient, few)),
        runs=3,
    )
    return Comparison(
        f"Langevin on a table of {RESOLUTION}², {SIZE}",
        milliseconds(ours),
        f"{milliseconds(peer)}, the exact slope of {N_POINTS:,} kernels ({few} steps, × {TENTH})",
        f"{peer / ours:.0f}×",
        "< 300 ms",
        ours < 0.3,
    )


def _beside_emcee(mixture: BayesRule) -> Iterator[Comparison]:
    try:
        import emcee
    except ImportError as missing:
        raise CannotMeasure("emcee is not installed; requirements-dev.txt names it.") from missing

    def stretch() -> np.ndarray:
        sampler = emcee.EnsembleSampler(N_PARTICLES, 2, mixture.score_samples, vectorize=True)
        known = np.random.RandomState(0).get_state()
        sampler.run_mcmc(emcee.State(START, random_state=known), N_STEPS)
        return sampler.get_chain()

    def random_walk() -> np.ndarray:
        steps = random_walk_metropolis(mixture, START, n_steps=N_STEPS, rng=np.random.default_rng(1))
        return np.stack([snapshot.position for snapshot in steps][1:])

    ours, peer = side_by_side(lambda: seconds(random_walk), lambda: seconds(stretch), runs=3)
    yield Comparison(
        f"random walk on that mixture, {SIZE}",
        milliseconds(ours),
        f"{milliseconds(peer)}, emcee's stretch move",
        f"{peer / ours:.1f}×",
    )
    pace, peer_pace = effective_draws(random_walk()) / ours, effective_draws(stretch()) / peer
    yield Comparison(
        "the same: effective draws of the second half, per second of all",
        f"{pace:,.0f}",
        f"{peer_pace:,.0f}, emcee's stretch move",
        f"{pace / peer_pace:.1f}×",
    )


def effective_draws(chain: np.ndarray) -> float:
    """Of the second half of ``chain (steps, walkers, 2)``: the bulk effective sample size, the worse one."""
    late = chain[len(chain) // 2 :]
    return min(effective_sample_size(late[:, :, column].T) for column in range(late.shape[2]))


def walk(gradient: Callable[[np.ndarray], np.ndarray], n_steps: int = N_STEPS) -> np.ndarray:
    """Where the sampler of the app takes the particles, ``(n, 2)``."""
    slope = _Slope(gradient)
    rng = np.random.default_rng(1)
    *_, last = unadjusted_langevin(slope, START, step_size=STEP_SIZE, n_steps=n_steps, rng=rng)
    return last.position


class _Slope:
    def __init__(self, gradient: Callable[[np.ndarray], np.ndarray]) -> None:
        self.log_density_gradient = gradient


def plain_walk(gradient: Callable[[np.ndarray], np.ndarray]) -> np.ndarray:
    """Where a loop takes them."""
    position, rng = START.copy(), np.random.default_rng(1)
    for _ in range(N_STEPS):
        noise = np.sqrt(2 * STEP_SIZE) * rng.standard_normal(position.shape)
        position = position + STEP_SIZE * gradient(position) + noise
    return position


def plain_gradient(mixture: BayesRule) -> Callable[[np.ndarray], np.ndarray]:
    """∇ log p by broadcasting over ``(n, K, d, d)``, K the components of all classes."""
    parts = mixture.densities_
    means = np.concatenate([part.means_ for part in parts])
    precisions = np.linalg.inv(np.concatenate([part.covariances_ for part in parts]))
    shares = zip(mixture.class_log_prior_, parts, strict=True)
    log_weights = np.concatenate([prior + np.log(part.weights_) for prior, part in shares])
    constants = log_weights + 0.5 * np.log(np.linalg.det(precisions))

    def gradient(X: np.ndarray) -> np.ndarray:
        away = X[:, None, :] - means
        pulled = (precisions[None] * away[:, :, None, :]).sum(axis=3)
        logits = constants - 0.5 * (away * pulled).sum(axis=2)
        weights = np.exp(logits - logits.max(axis=1, keepdims=True))
        weights /= weights.sum(axis=1, keepdims=True)
        return -(weights[:, :, None] * pulled).sum(axis=1)

    return gradient
