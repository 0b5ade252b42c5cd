"""Walks that are recorded for the player."""

import numpy as np
import pytest

from paradigms import registry
from paradigms.experiments.sample import walks

ISLANDS = registry.targets()["two_islands"].distribution
BANANA = registry.targets()["banana"].distribution


def test_a_walk_comes_nearer_to_its_target():
    found = walks.walk(BANANA, BANANA, name="random_walk_metropolis", settings=(("step_size", 0.7),))
    frames = found.motion.trajectory.positions
    assert frames.shape == (101, 500, 2) and len(found.distances) == 101
    assert found.distances[-20:].mean() < 0.3 * found.distances[0]
    assert 0.1 < found.motion.accepted < 0.9


def test_a_walk_that_flies_away_is_kept_until_then():
    lost = walks.walk(BANANA, BANANA, name="unadjusted_langevin", settings=(("step_size", 0.9),)).motion
    assert "too large" in lost.problem and np.isfinite(lost.trajectory.positions).all()


def test_every_sampler_that_walks_is_offered_and_no_other():
    offered = set(walks.chain_samplers())
    assert offered >= {"random_walk_metropolis", "annealed_langevin", "hamiltonian", "slice_sampler"}
    assert not offered & {"inverse_cdf", "rejection", "importance", "ddpm", "ddim", "probability_flow"}


def test_a_walk_begins_with_the_usual_step_and_leaves_the_number_of_steps_to_the_experiment():
    assert walks.usual_settings("unadjusted_langevin") == (("step_size", 0.1),)
    assert walks.usual_settings("hamiltonian") == (("step_size", 0.1), ("n_leapfrog", 20))


@pytest.mark.parametrize("seed", [0, 1])
def test_the_same_seed_walks_the_same_way(seed):
    settings = (("step_size", 0.05),)
    first, second = (
        walks.walk(ISLANDS, ISLANDS, name="unadjusted_langevin", settings=settings, n_frames=5, seed=seed)
        for _ in range(2)
    )
    np.testing.assert_array_equal(first.motion.trajectory.positions, second.motion.trajectory.positions)
