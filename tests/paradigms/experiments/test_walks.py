"""Walks that are recorded, taken apart and judged."""

import numpy as np
import pytest

from paradigms import registry
from paradigms.experiments import walks

ISLANDS = registry.targets()["two_islands"].distribution
BANANA = registry.targets()["banana"].distribution


def test_the_parts_of_a_langevin_step_are_the_terms_of_its_formula():
    recorded, parts = walks.slow_motion(
        BANANA, name="metropolis_langevin", settings=(("step_size", 0.1),), seed=2
    )
    assert [part for _, part in parts[:4]] == ["slope", "noise", "choice", "slope"]
    positions = recorded.trajectory.positions.astype(float)
    start, uphill = positions[0], positions[parts[1][0]]
    np.testing.assert_allclose(uphill - start, 0.1 * BANANA.log_density_gradient(start), rtol=1e-3, atol=1e-3)
    proposal, chosen = positions[parts[2][0]], positions[parts[3][0]]
    stayed = (np.abs(chosen - start) < 1e-6).all(axis=1)
    gone = (np.abs(chosen - proposal) < 1e-6).all(axis=1)
    assert (stayed ^ gone).all()


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("unadjusted_langevin", {"slope", "noise"}),
        ("random_walk_metropolis", {"noise", "choice"}),
        ("hamiltonian", {"path", "choice"}),
        ("no_u_turn", {"path", "choice"}),
        ("gibbs", {"noise", "choice"}),
        ("parallel_tempering", {"step"}),
    ],
)
def test_each_sampler_has_its_own_parts(name, expected):
    settings = () if name == "gibbs" else (("step_size", 0.1),)
    assert {part for _, part in walks.slow_motion(ISLANDS, name=name, settings=settings)[1]} == expected


def test_a_good_sampler_is_believed_and_a_stuck_one_is_found_out_by_the_distance():
    good = walks.judge(ISLANDS, ISLANDS, name="parallel_tempering", settings=(("step_size", 0.7),))
    stuck = walks.judge(ISLANDS, ISLANDS, name="metropolis_langevin", settings=(("step_size", 0.02),), seed=3)
    assert good.r_hat < 1.1 and good.distance < 3 * good.floor
    assert stuck.distance > 3 * stuck.floor or stuck.r_hat > 1.5
    assert good.effective > 5 * stuck.effective and len(good.draws) == good.n_draws


def test_the_bias_of_the_unadjusted_step_is_the_formula_s():
    steps, measured = walks.bias_of_unadjusted_steps()
    np.testing.assert_allclose(measured, 1 / (1 - steps / 2), rtol=4 * np.sqrt(2 / 20_000))


def test_a_walk_that_flies_away_is_kept_until_then():
    lost = walks.walk(BANANA, name="unadjusted_langevin", settings=(("step_size", 0.9),))
    assert "too large" in lost.problem and np.isfinite(lost.trajectory.positions).all()
