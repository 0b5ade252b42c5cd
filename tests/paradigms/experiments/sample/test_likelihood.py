"""The likelihood along the ODE is that of the formula, and the nearer the more levels there are."""

import numpy as np
import pytest
from formulas import Normal, two_islands

from paradigms.experiments.sample.likelihood import clean_and_jacobian, likelihood_trial

X = np.random.default_rng(0).uniform(-2.5, 2.5, (60, 2))


def test_along_the_ode_a_mixture_is_as_likely_as_its_formula_says():
    own = two_islands().sample(300, 0)
    errors = {n: likelihood_trial(two_islands(), own, n_levels=n).error for n in (20, 40, 80)}
    assert errors[80] < 0.01
    assert errors[20] / errors[40] > 2.5 and errors[40] / errors[80] > 2.5, "second order"


def test_with_more_levels_it_is_right_where_few_points_are():
    """Half-way between the islands the guess turns more abruptly, and levels have to lie closer."""
    assert likelihood_trial(two_islands(), X, n_levels=320).error < 0.01


def test_the_jacobian_is_the_posterior_s_covariance_over_that_of_the_noise():
    """Of N(0, I) the clean point is x/(1 + σ²)."""
    clean, jacobian = clean_and_jacobian(Normal(), X, 0.7)
    np.testing.assert_allclose(clean, X / 1.49)
    np.testing.assert_allclose(jacobian, np.broadcast_to(np.eye(2) / 1.49, (60, 2, 2)), atol=1e-6)


def test_a_trial_says_how_far_off_it_is():
    found = likelihood_trial(two_islands(), X, n_levels=5)
    assert found.error == pytest.approx(np.abs(found.exact - found.found).mean()) and found.error > 0.05
