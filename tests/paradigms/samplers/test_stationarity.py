"""Points of a target stay points of that target, under every sampler that claims to be exact."""

from functools import cache

import numpy as np
import pytest

from paradigms import registry
from paradigms.evaluation.distances import energy_distance

N, SEEDS = 1000, range(5)
TARGETS = ("two_islands", "banana", "squiggle")
EXACT = [
    name
    for name, card in registry.samplers().items()
    if card.family in ("chain", "direct") and card.estimates == r"x \sim p(x)"
]
# Steps that are long enough for most particles to have moved far; any other sampler takes its usual ones.
SETTINGS = {
    "rejection": {"half_width": 8.0},
    "random_walk_metropolis": {"step_size": 0.7, "n_steps": 100},
    "gibbs": {"n_steps": 20},
    "metropolis_langevin": {"step_size": 0.1, "n_steps": 100},
    "hamiltonian": {"step_size": 0.25, "n_leapfrog": 8, "n_steps": 20},
    "no_u_turn": {"step_size": 0.3, "n_steps": 12},
    "parallel_tempering": {"step_size": 0.7, "n_steps": 100},
}


@cache
def floor(target):
    """The energy distances of 200 pairs of fresh sets, as means of five: their 99 % quantile."""
    distribution = registry.targets()[target].distribution
    found = [
        energy_distance(distribution.sample(N, [1, seed]), distribution.sample(N, [2, seed]))
        for seed in range(200)
    ]
    means = np.random.default_rng(0).choice(found, (4000, len(SEEDS))).mean(axis=1)
    return np.quantile(means, 0.99)


@pytest.mark.slow
@pytest.mark.parametrize("target", TARGETS)
@pytest.mark.parametrize("name", EXACT)
def test_a_target_is_left_as_it_is(name, target):
    distribution = registry.targets()[target].distribution
    sampler, distances, moved, arrived = registry.samplers()[name].estimator, [], [], []
    for seed in SEEDS:
        start = distribution.sample(N, [5, seed])
        *_, last = sampler(distribution, start, rng=np.random.default_rng(seed), **SETTINGS.get(name, {}))
        distances.append(energy_distance(last.position, distribution.sample(N, [6, seed])))
        arrived.append(last.position)
        moved.append((last.position != start).any(axis=1).mean())
    assert np.mean(moved) > 0.9, "nothing is tested where nothing moves"
    assert np.mean(distances) < floor(target)
    has_the_moments(np.concatenate(arrived), distribution)


def has_the_moments(X, distribution):
    """Every particle is a draw by itself: mean and second moments to five standard errors of draws of p."""
    fresh = distribution.sample(20 * len(X), 9)
    for moment in (lambda X: X, lambda X: X**2, lambda X: X[:, :1] * X[:, 1:]):
        expected, error = moment(fresh).mean(axis=0), moment(fresh).std(axis=0) / np.sqrt(len(X))
        assert (np.abs(moment(X).mean(axis=0) - expected) < 5 * error).all()


@pytest.mark.slow
def test_the_check_would_notice_a_bias_of_five_per_cent():
    distribution = registry.targets()["two_islands"].distribution
    narrow = [
        energy_distance(0.95 * distribution.sample(N, [3, s]), distribution.sample(N, [4, s])) for s in SEEDS
    ]
    shifted = [
        energy_distance(
            distribution.sample(N, [3, s]) + np.array([0.15, 0.0]), distribution.sample(N, [4, s])
        )
        for s in SEEDS
    ]
    assert np.mean(shifted) > floor("two_islands") and np.mean(narrow) > floor("two_islands")


def test_every_sampler_that_claims_to_be_exact_is_held_to_it():
    """Unadjusted and annealed Langevin are biased, importance resamples, and diffusions want a denoiser."""
    others = {name for name, card in registry.samplers().items() if card.family in ("chain", "direct")}
    assert others - set(EXACT) == {"unadjusted_langevin", "annealed_langevin", "importance"}
    assert SETTINGS.keys() <= set(EXACT)
