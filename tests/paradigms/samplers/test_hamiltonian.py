"""Hamiltonian Monte Carlo: the leapfrog against a circle, energy, reversal; the U-turn against its aim."""

import numpy as np
import pytest
from formulas import Normal, two_islands

from paradigms.samplers.hamiltonian import hamiltonian, leapfrog
from paradigms.samplers.no_u_turn import no_u_turn


def glide(target, x, momentum, step_size, n):
    slope = target.log_density_gradient(x)
    for _ in range(n):
        x, momentum, slope = leapfrog(target, x, momentum, slope, step_size)
    return x, momentum


def energy(target, x, momentum):
    return 0.5 * (momentum**2).sum(axis=1) - target.score_samples(x)


def test_on_a_normal_target_the_path_is_a_circle_to_second_order():
    """dx/dt = p, dp/dt = −x turns (x, p) by t."""
    x, momentum = np.random.default_rng(0).standard_normal((2, 50, 2))
    exact = np.cos(1.2) * x + np.sin(1.2) * momentum
    errors = [np.abs(glide(Normal(), x, momentum, 1.2 / n, n)[0] - exact).max() for n in (20, 40)]
    assert errors[0] / errors[1] == pytest.approx(4, abs=0.2)


def test_the_energy_is_kept_up_to_the_square_of_the_step():
    mixture, rng = two_islands(), np.random.default_rng(0)
    x, momentum = mixture.sample(500, 0), rng.standard_normal((500, 2))
    before = energy(mixture, x, momentum)
    errors = [
        np.abs(energy(mixture, *glide(mixture, x, momentum, 1.0 / n, n)) - before).mean() for n in (40, 80)
    ]
    assert errors[0] < 0.01 and errors[0] / errors[1] == pytest.approx(4, abs=0.5)


def test_time_runs_backwards_too():
    mixture, rng = two_islands(), np.random.default_rng(0)
    x, momentum = mixture.sample(100, 0), rng.standard_normal((100, 2))
    back = glide(mixture, *glide(mixture, x, momentum, 0.1, 25), -0.1, 25)
    np.testing.assert_allclose(back[0], x, atol=1e-10)
    np.testing.assert_allclose(back[1], momentum, atol=1e-10)


def test_short_steps_are_accepted_and_long_ones_are_not():
    mixture = two_islands()
    rates = []
    for step_size in (0.01, 0.3, 3.0):
        rng = np.random.default_rng(0)
        *_, last = hamiltonian(mixture, mixture.sample(500, 0), step_size=step_size, n_steps=1, rng=rng)
        rates.append(last.accepted.mean())
    assert rates[0] > 0.999 and rates[0] > rates[1] > rates[2]


def test_a_path_that_leaves_the_range_of_numbers_is_refused():
    start = np.ones((20, 2))
    with np.errstate(all="ignore"):
        *_, last = hamiltonian(
            Normal(variance=1e-3),
            start,
            step_size=1e3,
            n_leapfrog=200,
            n_steps=1,
            rng=np.random.default_rng(0),
        )
    np.testing.assert_array_equal(last.position, start)


def test_the_path_leads_from_the_start_to_the_proposal():
    first, second = hamiltonian(
        two_islands(), np.ones((7, 2)), n_leapfrog=5, n_steps=1, rng=np.random.default_rng(0)
    )
    assert second.path.shape == (6, 7, 2)
    np.testing.assert_array_equal(second.path[0], first.position)
    np.testing.assert_array_equal(second.path[-1], second.proposal)


def test_without_u_turn_the_next_place_is_on_the_path():
    mixture = two_islands()
    _, second = no_u_turn(
        mixture, mixture.sample(40, 0), step_size=0.2, n_steps=1, rng=np.random.default_rng(0)
    )
    distance = np.abs(second.path - second.position).max(axis=2)
    assert (distance.min(axis=0) < 1e-12).all()


def test_paths_turn_after_about_half_a_circle():
    """On N(0, I) the ends approach each other after half a turn, 31 steps; a doubling may go further."""
    start = np.random.default_rng(0).standard_normal((300, 2))
    _, second = no_u_turn(Normal(), start, step_size=0.1, n_steps=1, rng=np.random.default_rng(1))
    moved = (np.diff(second.path, axis=0) != 0).any(axis=2).sum(axis=0)
    assert 15 <= np.median(moved) < 40 and np.mean(moved <= 31) > 0.6


def test_no_u_turn_forgets_its_start_faster_than_random_walks():
    """After ten steps from one corner the mean is that of the target, N(0, I), to four standard errors."""
    start = np.full((1000, 2), 4.0)
    *_, last = no_u_turn(Normal(), start, step_size=0.2, n_steps=10, rng=np.random.default_rng(0))
    np.testing.assert_allclose(last.position.mean(axis=0), 0, atol=4 / np.sqrt(1000))
    np.testing.assert_allclose(last.position.var(axis=0), 1, atol=4 * np.sqrt(2 / 1000))
