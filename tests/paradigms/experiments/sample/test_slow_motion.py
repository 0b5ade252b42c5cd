"""Slow motion shows the phases that the sampler tells, and each leads where its term of the formula leads."""

import numpy as np
import pytest

from paradigms import grid, registry
from paradigms.densities.tabulated_density import TabulatedDensity
from paradigms.diffusion.noise_schedules import karras
from paradigms.experiments.sample.motion import START_DEVIATION
from paradigms.experiments.sample.slow_motion import MOVING, PROPOSED, REFUSED, slow_motion
from paradigms.experiments.sample.walks import (
    LARGEST_NOISE,
    SMALLEST_NOISE,
    chain_samplers,
    usual_settings,
)
from paradigms.samplers.annealed_langevin import annealed_langevin
from paradigms.samplers.hamiltonian import hamiltonian

ISLANDS = registry.targets()["two_islands"].distribution
BANANA = registry.targets()["banana"].distribution


def test_the_phases_of_a_langevin_step_are_the_terms_of_its_formula():
    found = slow_motion(BANANA, name="metropolis_langevin", settings=(("step_size", 0.1),), seed=2)
    phases, positions = found.phases, found.motion.trajectory.positions.astype(float)
    assert [phase.name for phase in phases[:4]] == ["score", "noise", "choice", "score"]
    assert [phase.begins_step for phase in phases[:4]] == [True, False, False, True]
    start, drifted = positions[0], positions[phases[1].frame]
    np.testing.assert_allclose(
        drifted - start, 0.1 * BANANA.log_density_gradient(start), rtol=1e-3, atol=1e-3
    )
    proposal, chosen = positions[phases[2].frame], positions[phases[3].frame]
    stayed = (np.abs(chosen - start) < 1e-6).all(axis=1)
    gone = (np.abs(chosen - proposal) < 1e-6).all(axis=1)
    assert (stayed ^ gone).all() and gone.sum() == phases[2].n_gone
    np.testing.assert_array_equal(found.states[phases[1].frame], MOVING)
    np.testing.assert_array_equal(found.states[phases[2].frame], PROPOSED)
    np.testing.assert_array_equal(found.states[phases[3].frame], np.where(gone, MOVING, REFUSED))


@pytest.mark.parametrize("name", chain_samplers())
def test_every_sampler_is_led_through_the_phases_of_its_formula(name):
    axis = grid.axis(100)
    table = TabulatedDensity(grid.log_density(ISLANDS, axis, axis), grid.HALF_WIDTH)
    found = slow_motion(table, name=name, settings=usual_settings(name))
    assert {phase.name for phase in found.phases} == chain_samplers()[name].phases
    assert len(found.states) == len(found.motion.trajectory.positions)
    frames = [phase.frame for phase in found.phases]
    assert frames == sorted(set(frames)) and frames[-1] < len(found.states) - 1, "each takes its time"


def test_a_phase_leads_through_all_its_places():
    found = slow_motion(BANANA, name="hamiltonian", settings=(("step_size", 0.1), ("n_leapfrog", 9)), seed=1)
    positions = found.motion.trajectory.positions
    start = np.random.default_rng(1).normal(scale=START_DEVIATION, size=(4, 2))
    run = hamiltonian(BANANA, start, step_size=0.1, n_leapfrog=9, rng=np.random.default_rng([1, 7]))
    _, first = next(run), next(run)
    assert [phase.frame for phase in found.phases[:2]] == [0, 9]
    np.testing.assert_allclose(positions[:10], first.path, atol=1e-5)


def test_an_annealed_step_follows_the_score_at_its_own_noise_level():
    axis = grid.axis(100)
    table = TabulatedDensity(grid.log_density(ISLANDS, axis, axis), grid.HALF_WIDTH)
    found = slow_motion(table, name="annealed_langevin", settings=(("step_size", 0.2),))
    positions = found.motion.trajectory.positions.astype(float)
    ends = [phase.frame for phase in found.phases if phase.begins_step] + [len(positions) - 1]
    levels = karras(10, LARGEST_NOISE, SMALLEST_NOISE)
    walk = annealed_langevin(
        table, positions[0], step_size=0.2, noise_levels=levels, rng=np.random.default_rng([0, 7])
    )
    for frame, snapshot in zip(ends, walk, strict=True):
        np.testing.assert_allclose(positions[frame], snapshot.position, atol=1e-4)
    drift = -0.2 * levels[1] * table.predict_noise(positions[0], levels[1])
    np.testing.assert_allclose(positions[found.phases[1].frame] - positions[0], drift, atol=1e-4)


def test_what_flies_away_waits_where_it_was_last():
    found = slow_motion(BANANA, name="unadjusted_langevin", settings=(("step_size", 50.0),))
    assert np.isfinite(found.motion.trajectory.positions).all() and found.motion.problem


def test_a_swap_is_told_by_how_many_it_moves():
    found = slow_motion(ISLANDS, name="parallel_tempering", settings=(("step_size", 0.5),))
    positions = found.motion.trajectory.positions
    frames = [phase.frame for phase in found.phases] + [len(positions) - 1]
    for phase, end in zip(found.phases, frames[1:], strict=True):
        if phase.name == "swap":
            assert phase.n_gone == (positions[phase.frame] != positions[end]).any(axis=1).sum()
    assert any(phase.n_gone for phase in found.phases if phase.name == "swap")
