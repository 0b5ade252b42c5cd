"""The chain rule: conditionals against quadrature of the joint, and against a known conditional."""

import numpy as np
import pytest
from scipy.stats import norm

from paradigms import grid
from paradigms.generative.autoregressive import Autoregressive

AXIS = grid.axis(1600, half_width=16.0)  # so wide for the last millionths of a slice's widest Gaussian
CELL = AXIS[1] - AXIS[0]


def wave_and_line(n, seed=0):
    """x₁ ~ N(0, 1), x₂ ~ ½ N(1 + sin 2x₁, 0.3²) + ½ N(−2, 0.3²); class 1 is shifted by (1, 0)."""
    rng = np.random.default_rng(seed)
    y = np.arange(n) % 2
    x1 = rng.standard_normal(n)
    x2 = np.where(rng.random(n) < 0.5, 1 + np.sin(2 * x1), -2) + 0.3 * rng.standard_normal(n)
    return np.column_stack([x1 + y, x2]), y


@pytest.fixture(scope="module")
def fitted():
    return Autoregressive().fit(*wave_and_line(4000))


def test_a_slice_is_the_joint_over_its_integral(fitted):
    """p(x₂|x₁) = p(x₁, x₂) / ∫ p(x₁, x₂) dx₂, the integral by the midpoint rule along the slice."""
    x1 = np.array([-1.3, 0.2, 1.7])
    slices = [np.exp(fitted.score_samples(np.column_stack([np.full(1600, x), AXIS]))) for x in x1]
    marginal = np.sum(slices, axis=1) * CELL
    np.testing.assert_allclose(fitted.marginal_density(x1), marginal, rtol=1e-6)
    np.testing.assert_allclose(fitted.conditional_density(x1, AXIS), slices / marginal[:, None], rtol=1e-6)


def test_every_slice_and_the_first_factor_integrate_to_one(fitted):
    np.testing.assert_allclose(
        fitted.conditional_density(np.linspace(-3, 3, 10), AXIS).sum(axis=1) * CELL, 1, rtol=1e-6
    )
    assert fitted.marginal_density(AXIS).sum() * CELL == pytest.approx(1, abs=1e-4)


def test_the_grid_integrates_to_one_for_each_class(fitted):
    axis = grid.axis(320, half_width=8.0)
    conditional = fitted.on_grid(axis, axis) - fitted.class_log_prior_
    for k in range(2):
        assert grid.integral(conditional[:, :, k], axis, axis) == pytest.approx(1, abs=1e-3)


def test_it_finds_the_conditional_that_the_data_were_drawn_from():
    X, y = wave_and_line(4000)
    model = Autoregressive().fit(X[y == 0])
    for x1 in (-0.8, 0.0, 0.8):
        truth = 0.5 * norm.pdf(AXIS, 1 + np.sin(2 * x1), 0.3) + 0.5 * norm.pdf(AXIS, -2, 0.3)
        distance = 0.5 * np.abs(model.conditional_density([x1], AXIS)[0] - truth).sum() * CELL
        assert distance < 0.12  # total variation; two unlike Gaussians would be at 1


def test_samples_follow_the_slices(fitted):
    """The share of samples below −1 among those with x₁ near 0.5, against the slice's own integral."""
    X = fitted.sample(200_000, 0)
    near = np.abs(X[:, 0] - 0.5) < 0.02
    assert near.sum() > 2000
    expected = fitted.conditional_density([0.5], AXIS)[0][AXIS < -1].sum() * CELL
    assert np.mean(X[near, 1] < -1) == pytest.approx(expected, abs=0.045)  # 4 standard errors of 0.5/√2,000


def test_an_untrained_model_cannot_tell_the_classes_apart():
    X, y = wave_and_line(50)
    model = Autoregressive(n_steps=1, learning_rate=1e-12).fit(X, y)
    np.testing.assert_allclose(np.ptp(model.log_conditional(X), axis=1), 0, atol=1e-6)


def test_classes_that_differ_in_the_first_coordinate_are_told_apart():
    """Two Gaussians 3 apart along x₁: p(x₁|y) has to learn its class, from where all classes are alike."""
    rng = np.random.default_rng(0)
    y = np.arange(1000) % 2
    X = 0.3 * rng.standard_normal((1000, 2)) + np.column_stack([3.0 * y, np.zeros(1000)])
    model = Autoregressive().fit(X, y)
    places = np.array([[0.0, 0.0], [3.0, 0.0]])
    assert np.diagonal(model.predict_proba(places)).min() > 0.99
    for k, mean in enumerate([0.0, 3.0]):
        assert model.sample_given(np.full(2000, k), 0)[:, 0].mean() == pytest.approx(mean, abs=0.05)
