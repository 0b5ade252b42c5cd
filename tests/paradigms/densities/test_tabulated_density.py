"""A table against the formula that it was filled from."""

import numpy as np
import pytest
from scipy.stats import multivariate_normal

from paradigms import grid
from paradigms.densities.delayed_acceptance import DelayedAcceptance
from paradigms.densities.tabulated_density import TabulatedDensity
from paradigms.evaluation.table_error import table_error
from paradigms.samplers.gibbs import gibbs
from paradigms.samplers.hamiltonian import hamiltonian
from paradigms.samplers.metropolis_langevin import metropolis_langevin
from paradigms.samplers.no_u_turn import no_u_turn

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


@pytest.mark.parametrize("sigma", [2.0, 0.3, 0.03])
def test_its_noise_is_that_of_the_density(sigma):
    """−σ∇ log N(x; μ, Σ + σ²I): within the plane, where the table knows what may lie behind a point."""
    near = places() * 0.7
    exact = sigma * (near - GAUSSIAN.mean) @ np.linalg.inv(COVARIANCE + sigma**2 * np.eye(2))
    np.testing.assert_allclose(table(200).predict_noise(near, sigma), exact, atol=0.02)


def test_its_noise_points_home_from_so_far_that_no_cell_is_felt():
    far = np.array([[400.0, 0.0], [0.0, -70.0]])
    found = table(50).predict_noise(far, 0.05)
    assert np.isfinite(found).all() and ((far - found * 0.05) ** 2).sum() < (far**2).sum()


@pytest.mark.parametrize(
    ("sampler", "settings"),
    [
        (metropolis_langevin, {"step_size": 0.02, "n_steps": 150}),
        (hamiltonian, {"step_size": 0.1, "n_leapfrog": 10, "n_steps": 30}),
        (no_u_turn, {"step_size": 0.1, "n_steps": 20}),
        (gibbs, {"n_steps": 20}),
    ],
)
def test_what_is_accepted_by_the_density_itself_forgets_the_error_of_a_coarse_table(sampler, settings):
    """A table of 12 by 12 cells is a third too wide in the narrow direction of this Gaussian."""
    narrow = multivariate_normal([0.0, 0.0], [[1.0, 0.0], [0.0, 0.04]])
    axis = grid.axis(12)
    coarse = TabulatedDensity(narrow.logpdf(grid.points(axis, axis)).reshape(12, 12), grid.HALF_WIDTH)

    class Exact:
        score_samples = staticmethod(narrow.logpdf)

    variances = []
    for target in (coarse, DelayedAcceptance(Exact(), coarse)):
        rng = np.random.default_rng(2)
        start = narrow.rvs(3000, random_state=rng)
        *_, last = sampler(target, start, rng=rng, **settings)
        variances.append(last.position[:, 1].var())
    assert variances[0] > 1.25 * 0.04
    assert variances[1] == pytest.approx(0.04, rel=0.11)


def test_the_error_of_a_table_is_what_one_finds_by_looking():
    class Gaussian:
        score_samples = staticmethod(GAUSSIAN.logpdf)

        def sample(self, n, seed):
            return GAUSSIAN.rvs(n, random_state=seed)

    fine, coarse = (table_error(Gaussian(), table(n)) for n in (200, 25))
    assert coarse.value == pytest.approx(64 * fine.value, rel=0.2)
    assert fine.gradient < 1e-5


def test_a_walk_over_the_table_has_the_moments_of_the_density():
    rng = np.random.default_rng(1)
    start = rng.standard_normal((4000, 2))
    *_, last = metropolis_langevin(table(200), start, step_size=0.1, n_steps=150, rng=rng)
    np.testing.assert_allclose(last.position.mean(axis=0), GAUSSIAN.mean, atol=0.06)
    np.testing.assert_allclose(np.cov(last.position.T), COVARIANCE, atol=0.06)
