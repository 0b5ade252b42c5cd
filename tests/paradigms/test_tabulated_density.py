"""A table against the formula that it was filled from."""

import numpy as np
import pytest
from scipy.stats import multivariate_normal

from paradigms import grid
from paradigms.samplers.metropolis_langevin import metropolis_langevin
from paradigms.tabulated_density import TabulatedDensity

COVARIANCE = np.array([[0.8, 0.3], [0.3, 0.5]])
GAUSSIAN = multivariate_normal([0.2, -0.4], COVARIANCE)


def table(n):
    axis = grid.axis(n)
    return TabulatedDensity(GAUSSIAN.logpdf(grid.points(axis, axis)).reshape(n, n), grid.HALF_WIDTH)


def places():
    return np.random.default_rng(0).uniform(-3.8, 3.8, (500, 2))


def errors(n):
    exact = -(places() - GAUSSIAN.mean) @ np.linalg.inv(COVARIANCE)
    value = np.abs(table(n).score_samples(places()) - GAUSSIAN.logpdf(places())).max()
    return value, np.abs(table(n).log_density_gradient(places()) - exact).max()


def test_value_and_slope_are_those_of_the_formula():
    value, slope = errors(200)
    assert value < 1e-3 and slope < 1e-6  # the slope of a Gaussian is linear, and so is the table


def test_the_error_falls_with_the_square_of_the_width():
    assert errors(50)[0] / errors(100)[0] == pytest.approx(4, rel=0.2)


def test_beyond_the_table_it_falls_and_points_back():
    outside = np.array([[9.0, 0.0], [0.0, -7.0], [40.0, 40.0]])
    inside = np.clip(outside, -4, 4)
    assert (table(50).score_samples(outside) < table(50).score_samples(inside)).all()
    slopes = table(50).log_density_gradient(outside)
    assert ((slopes * (outside - inside)).sum(axis=1) < 0).all()


def test_a_walk_over_the_table_has_the_moments_of_the_density():
    rng = np.random.default_rng(1)
    start = rng.standard_normal((4000, 2))
    *_, last = metropolis_langevin(table(200), start, step_size=0.1, n_steps=150, rng=rng)
    np.testing.assert_allclose(last.position.mean(axis=0), GAUSSIAN.mean, atol=0.06)
    np.testing.assert_allclose(np.cov(last.position.T), COVARIANCE, atol=0.06)
