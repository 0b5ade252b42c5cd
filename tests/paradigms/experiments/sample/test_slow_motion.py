"""Steps taken apart: each part leads where the term of the formula leads."""

import numpy as np
import pytest

from paradigms import grid, registry
from paradigms.densities.tabulated_density import TabulatedDensity
from paradigms.diffusion.noise_schedules import karras
from paradigms.experiments.sample.slow_motion import GOES, PROPOSED, REFUSED, slow_motion
from paradigms.experiments.sample.walks import LARGEST_NOISE, SMALLEST_NOISE
from paradigms.samplers.annealed_langevin import annealed_langevin

ISLANDS = registry.targets()["two_islands"].distribution
BANANA = registry.targets()["banana"].distribution


def test_the_parts_of_a_langevin_step_are_the_terms_of_its_formula():
    found = slow_motion(BANANA, name="metropolis_langevin", settings=(("step_size", 0.1),), seed=2)
    parts, positions = found.parts, found.motion.trajectory.positions.astype(float)
    assert [part.name for part in parts[:4]] == ["slope", "noise", "choice", "slope"]
    assert [part.begins for part in parts[:4]] == [True, False, False, True]
    start, uphill = positions[0], positions[parts[1].frame]
    np.testing.assert_allclose(uphill - start, 0.1 * BANANA.log_density_gradient(start), rtol=1e-3, atol=1e-3)
    proposal, chosen = positions[parts[2].frame], positions[parts[3].frame]
    stayed = (np.abs(chosen - start) < 1e-6).all(axis=1)
    gone = (np.abs(chosen - proposal) < 1e-6).all(axis=1)
    assert (stayed ^ gone).all() and gone.sum() == parts[2].n_gone
    np.testing.assert_array_equal(found.states[parts[1].frame], GOES)
    np.testing.assert_array_equal(found.states[parts[2].frame], PROPOSED)
    np.testing.assert_array_equal(found.states[parts[3].frame], np.where(gone, GOES, REFUSED))


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("unadjusted_langevin", {"slope", "noise"}),
        ("random_walk_metropolis", {"noise", "choice"}),
        ("hamiltonian", {"path", "choice"}),
        ("no_u_turn", {"path", "choice"}),
        ("gibbs", {"slice", "choice"}),
        ("parallel_tempering", {"noise", "choice", "swap"}),
    ],
)
def test_each_sampler_has_its_own_parts(name, expected):
    found = slow_motion(ISLANDS, name=name, settings=(("step_size", 0.1),))
    assert {part.name for part in found.parts} == expected
    assert len(found.states) == len(found.motion.trajectory.positions)


def test_an_annealed_step_climbs_at_its_own_noise_level():
    axis = grid.axis(100)
    table = TabulatedDensity(grid.log_density(ISLANDS, axis, axis), grid.HALF_WIDTH)
    found = slow_motion(table, name="annealed_langevin", settings=(("step_size", 0.2),))
    positions = found.motion.trajectory.positions.astype(float)
    ends = [part.frame for part in found.parts if part.begins] + [len(positions) - 1]
    levels = karras(10, LARGEST_NOISE, SMALLEST_NOISE)
    walk = annealed_langevin(
        table, positions[0], step_size=0.2, noise_levels=levels, rng=np.random.default_rng([0, 7])
    )
    for frame, snapshot in zip(ends, walk, strict=True):
        np.testing.assert_allclose(positions[frame], snapshot.position, atol=1e-4)
    climb = -0.2 * levels[1] * table.predict_noise(positions[0], levels[1])
    np.testing.assert_allclose(positions[found.parts[1].frame] - positions[0], climb, atol=1e-4)


def test_what_flies_away_waits_where_it_was_last():
    found = slow_motion(BANANA, name="unadjusted_langevin", settings=(("step_size", 50.0),))
    assert np.isfinite(found.motion.trajectory.positions).all() and found.motion.problem


def test_a_swap_is_told_by_how_many_it_moves():
    found = slow_motion(ISLANDS, name="parallel_tempering", settings=(("step_size", 0.5),))
    positions = found.motion.trajectory.positions
    frames = [part.frame for part in found.parts] + [len(positions) - 1]
    for part, end in zip(found.parts, frames[1:], strict=True):
        if part.name == "swap":
            assert part.n_gone == (positions[part.frame] != positions[end]).any(axis=1).sum()
    assert any(part.n_gone for part in found.parts if part.name == "swap")
