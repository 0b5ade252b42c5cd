"""Whether chains are believed: good ones are, stuck and lost ones are not."""

import numpy as np
import pytest

from paradigms import grid, registry
from paradigms.densities.tabulated_density import TabulatedDensity
from paradigms.experiments.sample.chain_verdict import bias_of_unadjusted_steps, judge
from paradigms.experiments.sample.walks import chain_samplers, usual_settings

TARGETS = {name: target.distribution for name, target in registry.targets().items()}
ISLANDS = TARGETS["two_islands"]


@pytest.mark.parametrize("seed", range(4))
def test_a_good_sampler_is_believed_and_a_stuck_one_is_found_out(seed):
    good = judge(ISLANDS, ISLANDS, name="parallel_tempering", settings=(("step_size", 0.7),), seed=seed)
    stuck = judge(ISLANDS, ISLANDS, name="metropolis_langevin", settings=(("step_size", 0.02),), seed=seed)
    assert good.r_hat < 1.1 and good.distance < 4 * good.floor
    assert stuck.r_hat > 1.5 and stuck.distance > 3 * stuck.floor
    assert good.effective_sample_size > 5 * stuck.effective_sample_size and len(good.draws) == good.n_draws


@pytest.mark.parametrize("target", ["funnel", "squiggle"])
def test_what_was_lost_is_not_believed(target):
    lost = judge(TARGETS[target], TARGETS[target], name="unadjusted_langevin", settings=(("step_size", 1.0),))
    assert (
        "too large" in lost.problem
        and lost.r_hat is None
        and lost.effective_sample_size == 0
        and lost.distance is None
    )


def test_annealing_makes_no_chain_and_comes_near():
    axis = grid.axis(200)
    table = TabulatedDensity(grid.log_density(ISLANDS, axis, axis), grid.HALF_WIDTH)
    found = judge(table, ISLANDS, name="annealed_langevin", settings=(("step_size", 0.2),))
    assert (
        found.r_hat is None
        and found.correlation is None
        and found.effective_sample_size == found.n_draws == 400
    )
    assert found.distance < 4 * found.floor


@pytest.mark.parametrize("name", chain_samplers())
def test_every_verdict_compares_as_many_draws(name):
    axis = grid.axis(100)
    banana = TARGETS["banana"]
    target = TabulatedDensity(grid.log_density(banana, axis, axis), grid.HALF_WIDTH)
    found = judge(target, banana, name=name, settings=usual_settings(name))
    assert found.n_draws >= 400 and found.problem is None


def test_the_bias_of_the_unadjusted_step_is_the_formula_s():
    steps, measured = bias_of_unadjusted_steps()
    np.testing.assert_allclose(measured, 1 / (1 - steps / 2), rtol=4 * np.sqrt(2 / 20_000))
