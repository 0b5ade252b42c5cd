"""A flow and its rectified flow with few steps: distances, straightness, and the frames of both."""

import numpy as np
import pytest
from formulas import Normal, two_islands

from paradigms.diffusion.velocity_from_noise import VelocityFromNoise
from paradigms.evaluation.distances import energy_distance
from paradigms.experiments.sample import rectified_flow, reverse_process
from paradigms.samplers.velocity_flow import velocity_flow


@pytest.fixture(scope="module")
def model():
    return two_islands(weight=0.6)


@pytest.fixture(scope="module")
def reflow(model):
    return rectified_flow.rectified(model)


def trial(model, reflow, **settings):
    return rectified_flow.flow_run(model, reflow, **({"n_steps": 3, "sampler": "Flow matching"} | settings))


def test_the_straightness_of_a_quarter_turn_is_what_geometry_says():
    """On a circle of radius r at speed rω, ω = π/2: S = r²ω² − |x₁ − x₀|² = r²(π²/4 − 2)."""

    class QuarterTurn:
        def velocity(self, X, time, y=None):
            return np.pi / 2 * np.column_stack([-X[:, 1], X[:, 0]])

    starts = np.array([[1.0, 0.0], [0.0, -2.0]])
    expected = np.mean([1.0, 4.0]) * (np.pi**2 / 4 - 2)
    assert rectified_flow.straightness(QuarterTurn(), starts, 200) == pytest.approx(expected, rel=1e-2)


def test_the_pairs_of_a_reflow_are_where_the_flow_began_and_ended():
    """For N(1, I/4) the flow takes x₀ to 1 + x₀/2."""
    pairs = rectified_flow.rectified(Normal(mean=1.0, variance=0.25), seed=2)
    assert len(pairs.starts) == rectified_flow.N_PAIRS
    np.testing.assert_allclose(pairs.ends, 1 + pairs.starts / 2, atol=0.01)
    again, other = (rectified_flow.rectified(Normal(), seed=seed) for seed in (2, 3))
    np.testing.assert_array_equal(pairs.starts, again.starts)
    assert not np.array_equal(pairs.starts, other.starts)


def test_one_step_is_enough_on_straight_paths_only(model, reflow):
    bent, straight = (
        trial(model, reflow, n_steps=1, sampler=which)
        for which in ("Flow matching", "Flow matching, straightened")
    )
    assert bent.distance > 5 * bent.floor
    assert straight.distance < 1.6 * straight.floor
    assert straight.straightness < 0.02 * bent.straightness
    assert bent.floor == straight.floor
    assert trial(model, reflow, n_steps=30).distance < 1.6 * bent.floor
    assert trial(model, reflow, n_steps=30).straightness == bent.straightness, "the field's own"


@pytest.mark.parametrize(("n_steps", "n_frames"), [(1, 41), (3, 40), (12, 37), (20, 41), (40, 41), (60, 61)])
def test_the_film_shows_the_end_of_every_step_and_lines_between(model, reflow, n_steps, n_frames):
    film = trial(model, reflow, n_steps=n_steps).trajectory
    assert film.positions.shape == (n_frames, reverse_process.N_SHOWN, 2)
    assert film.positions.dtype == np.float32
    np.testing.assert_allclose(film.times, np.linspace(0, 1, n_frames))
    path = list(_path(model, n_steps))
    ends = film.positions[:: (n_frames - 1) // n_steps]
    np.testing.assert_allclose(ends, [snapshot.position for snapshot in path], atol=1e-5)
    if n_steps < n_frames - 1:  # half-way through the first step, half of its way
        frames_a_step = (n_frames - 1) // n_steps
        np.testing.assert_allclose(
            film.positions[1] - film.positions[0], (ends[1] - ends[0]) / frames_a_step, atol=1e-5
        )


def _path(model, n_steps):
    start = np.random.default_rng(0).standard_normal((reverse_process.N_COMPARED, 2))[
        : reverse_process.N_SHOWN
    ]
    return velocity_flow(VelocityFromNoise(model), start, n_steps=n_steps)


def test_evaluations_are_counted_and_seeds_obeyed(model, reflow):
    first, again, other = (trial(model, reflow, seed=seed) for seed in (1, 1, 2))
    assert first.evaluations == 5
    assert first.milliseconds > 0
    np.testing.assert_array_equal(first.trajectory.positions, again.trajectory.positions)
    assert first.distance == again.distance != other.distance


def test_the_floor_is_that_of_many_pairs_of_sets(model, reflow):
    n = reverse_process.N_COMPARED
    squares = [energy_distance(model.sample(n, [7, k]), model.sample(n, [8, k])) ** 2 for k in range(30)]
    assert trial(model, reflow).floor == pytest.approx(np.sqrt(np.mean(squares)), rel=0.2)


def test_a_curve_for_each_field_in_the_form_of_the_other_samplers(model, reflow):
    curve = rectified_flow.flow_trial(model, reflow, steps=(1, 4, 20))
    assert isinstance(curve, reverse_process.StepTrial)
    for columns in (curve.distances, curve.evaluations, curve.milliseconds):
        assert list(columns) == ["Flow matching", "Flow matching, straightened"]
        assert all(column.shape == (3,) for column in columns.values())
    np.testing.assert_array_equal(curve.steps, [1, 4, 20])
    for name in curve.evaluations:
        np.testing.assert_array_equal(curve.evaluations[name], [1, 7, 39])
    flow, straight = curve.distances["Flow matching"], curve.distances["Flow matching, straightened"]
    assert flow[0] > 2 * flow[1] > 2 * flow[2]
    assert straight[0] < 0.2 * flow[0]
    assert (straight < 1.6 * curve.floor).all()
    assert straight[1] == trial(model, reflow, n_steps=4, sampler="Flow matching, straightened").distance
