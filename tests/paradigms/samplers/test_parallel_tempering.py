"""Parallel tempering crosses where a single chain does not, and hot chains are as hot as they say."""

import numpy as np
import pytest
from formulas import Normal, two_islands

from paradigms.samplers.parallel_tempering import parallel_tempering
from paradigms.samplers.random_walk_metropolis import random_walk_metropolis


def test_it_finds_the_other_island_and_its_share():
    mixture, start = two_islands(weight=0.7), np.tile([2.0, 0.0], (2000, 1))
    shares = {}
    for sampler in (random_walk_metropolis, parallel_tempering):
        *_, last = sampler(mixture, start, step_size=0.3, n_steps=400, rng=np.random.default_rng(0))
        shares[sampler] = np.mean(last.position[:, 0] < 0)
    assert shares[random_walk_metropolis] < 0.3
    assert shares[parallel_tempering] == pytest.approx(0.7, abs=0.05)


def test_each_rung_has_the_variance_of_its_temperature():
    """p^β of N(0, 1) is N(0, T), and what a chain there proposes N(0, T + s² T)."""

    class Asked(Normal):
        def score_samples(self, X):
            self.proposals = X.reshape(4, 4000, 2)
            return super().score_samples(X)

    target, s = Asked(), 1.0
    *_, last = parallel_tempering(
        target,
        np.zeros((4000, 2)),
        n_temperatures=4,
        hottest=8.0,
        step_size=s,
        n_steps=200,
        rng=np.random.default_rng(0),
    )
    temperatures = np.array([1, 2, 4, 8])
    np.testing.assert_allclose(target.proposals.var(axis=(1, 2)), (1 + s**2) * temperatures, rtol=0.08)
    np.testing.assert_allclose(last.position.var(), 1, rtol=0.08)


def test_a_swap_is_a_phase_of_its_own():
    """Neighbours swap in turn, the coldest pair at every second step."""
    target, rng = two_islands(), np.random.default_rng(0)
    for snapshot in list(parallel_tempering(target, target.sample(500, 0), n_steps=20, rng=rng))[1:]:
        phases = dict(snapshot.phases)
        assert list(phases) == ["noise", "choice", "swap"]
        moved = (phases["swap"] != phases["choice"]).any(axis=1)
        assert moved.any() == (snapshot.step % 2 == 0)
        np.testing.assert_array_equal(phases["swap"], snapshot.position)
