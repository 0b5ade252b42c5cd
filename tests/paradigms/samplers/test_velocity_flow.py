"""The flow's ODE against a Gaussian's closed form, and what holds of every sampler."""

import numpy as np
import pytest

from paradigms.samplers.velocity_flow import velocity_flow

START = np.array([[-1.5, 0.4], [0.3, 2.2], [0.5, -0.5]])
MEAN, VARIANCE = np.array([1.0, -2.0]), 0.3


class ToNormal:
    """x_t = (1 − t)x₀ + tx₁ with x₁ ~ N(MEAN, VARIANCE · I), and a note of when it was asked."""

    def __init__(self):
        self.times, self.labels = [], []

    def velocity(self, X, time, y=None):
        self.times.append(time)
        self.labels.append(y)
        growth = (time * VARIANCE - (1 - time)) / spread(time) ** 2
        return MEAN + growth * (X - time * MEAN)


def spread(time):
    return np.sqrt((1 - time) ** 2 + time**2 * VARIANCE)


def exact(time):
    """dx/dt = m + (c'/c)(x − tm) gives x_t = tm + c x₀, for the deviation c of x_t."""
    return time * MEAN + spread(time) * START


def error(method, n_steps):
    *_, last = velocity_flow(ToNormal(), START, n_steps=n_steps, method=method)
    return np.abs(last.position - exact(1.0)).max()


def test_the_whole_path_is_the_gaussian_s_closed_form():
    snapshots = list(velocity_flow(ToNormal(), START, n_steps=200))
    assert [snapshot.step for snapshot in snapshots] == list(range(201))
    np.testing.assert_allclose([snapshot.time for snapshot in snapshots], np.linspace(0, 1, 201))
    for snapshot in snapshots[::20]:
        np.testing.assert_allclose(snapshot.position, exact(snapshot.time), atol=2e-4)


def test_euler_is_of_first_order_and_heun_of_second():
    assert error("euler", 40) / error("euler", 80) == pytest.approx(2, abs=0.2)
    assert error("heun", 40) / error("heun", 80) == pytest.approx(4, abs=0.4)
    assert error("heun", 40) < 0.2 * error("euler", 40)


@pytest.mark.parametrize(("method", "n_steps", "calls"), [("euler", 8, 8), ("heun", 8, 15), ("heun", 1, 1)])
def test_the_velocity_at_time_1_is_never_asked_for(method, n_steps, calls):
    field = ToNormal()
    *_, last = velocity_flow(field, START, n_steps=n_steps, method=method)
    assert len(field.times) == calls
    assert field.times[0] == 0 and max(field.times) < 1 and last.time == 1


def test_the_start_and_earlier_snapshots_are_left_alone():
    before = START.copy()
    kept = [(s.position, s.position.copy()) for s in velocity_flow(ToNormal(), START, n_steps=5)]
    np.testing.assert_array_equal(START, before)
    np.testing.assert_array_equal(kept[0][0], START)
    assert not np.shares_memory(kept[0][0], START)
    assert all(np.array_equal(position, copy) for position, copy in kept)


def test_nothing_is_left_to_chance():
    rng = np.random.default_rng(0)
    *_, with_rng = velocity_flow(ToNormal(), START, rng=rng)
    *_, without = velocity_flow(ToNormal(), START)
    np.testing.assert_array_equal(with_rng.position, without.position)
    assert rng.bit_generator.state == np.random.default_rng(0).bit_generator.state


def test_labels_are_passed_on():
    field, y = ToNormal(), np.array([0, 1, 1])
    list(velocity_flow(field, START, n_steps=3, y=y))
    assert len(field.labels) == 5 and all(labels is y for labels in field.labels)


def test_a_run_may_be_left_early():
    run = velocity_flow(ToNormal(), START)
    next(run), next(run)
    run.close()
    assert next(run, None) is None


@pytest.mark.parametrize(
    ("changes", "what"), [({"method": "midpoint"}, "heun"), ({"n_steps": 0}, "one step")]
)
def test_what_makes_no_flow_is_refused(changes, what):
    with pytest.raises(ValueError, match=what):
        next(velocity_flow(ToNormal(), START, **changes))
