"""A denoiser as a velocity: against a Gaussian's closed form, at both ends, and where it leads."""

import numpy as np
import pytest
from formulas import Normal, two_islands

from paradigms.bayes_rule import BayesRule
from paradigms.diffusion.empirical_denoiser import EmpiricalDenoiser
from paradigms.diffusion.velocity_from_noise import VelocityFromNoise
from paradigms.evaluation.distances import energy_distance
from paradigms.generative.gaussian_mixture import GaussianMixture
from paradigms.samplers.velocity_flow import velocity_flow

X = 2 * np.random.default_rng(0).standard_normal((50, 2))


@pytest.mark.parametrize("time", [0.01, 0.3, 0.5, 0.9, 0.99])
def test_it_is_the_closed_form_of_a_gaussian(time):
    """E[x₁ − x₀ | x_t] = m + Cov(x₁ − x₀, x_t)/Var(x_t) (x_t − tm)."""
    slope = (time * 0.7 - (1 - time)) / ((1 - time) ** 2 + time**2 * 0.7)
    velocity = VelocityFromNoise(Normal(mean=1.5, variance=0.7)).velocity(X, time)
    np.testing.assert_allclose(velocity, 1.5 + slope * (X - time * 1.5), atol=1e-9)


def test_at_time_0_it_leads_to_the_mean_and_at_time_1_it_is_the_point_itself():
    mixture = two_islands(weight=0.7)
    field = VelocityFromNoise(mixture)
    np.testing.assert_allclose(field.velocity(X, 0.0), mixture.mean_and_covariance()[0] - X, atol=0.05)
    np.testing.assert_allclose(field.velocity(X, 1.0), X, atol=0.05)


def test_it_is_the_mean_over_pairs_that_passed_by():
    """By brute force: of a million pairs, those seen within 0.1 of a place."""
    rng, mixture = np.random.default_rng(1), two_islands()
    x0, x1 = rng.standard_normal((1_000_000, 2)), mixture.sample(1_000_000, rng)
    place, time = np.array([0.3, 0.2]), 0.4
    near = np.linalg.norm((1 - time) * x0 + time * x1 - place, axis=1) < 0.1
    assert near.sum() > 4000
    velocity = VelocityFromNoise(mixture).velocity(place[None], time)[0]
    np.testing.assert_allclose((x1 - x0)[near].mean(axis=0), velocity, atol=0.08)


def test_a_flow_along_it_arrives_at_the_mixture():
    mixture = two_islands(weight=0.7)
    start = np.random.default_rng(2).standard_normal((4000, 2))
    *_, last = velocity_flow(VelocityFromNoise(mixture), start, n_steps=60)
    fresh, other = mixture.sample(2000, 3), mixture.sample(2000, 5)
    assert energy_distance(last.position[:2000], fresh) < 1.5 * energy_distance(other, fresh)
    mean, covariance = mixture.mean_and_covariance()
    np.testing.assert_allclose(last.position.mean(axis=0), mean, atol=0.1)
    np.testing.assert_allclose(np.cov(last.position.T), covariance, atol=0.15)
    assert np.mean(last.position[:, 0] < 0) == pytest.approx(0.7, abs=0.03)


def test_with_labels_it_leads_to_their_class():
    y = np.arange(200) % 2
    points = np.where(y[:, None] == 0, -2.0, 2.0) + 0.3 * np.random.default_rng(4).standard_normal((200, 2))
    field = VelocityFromNoise(BayesRule(GaussianMixture(n_components=1)).fit(points, y))
    asked = np.array([0, 1] * 25)
    *_, last = velocity_flow(field, X, y=asked)
    np.testing.assert_array_equal(last.position[:, 0] > 0, asked == 1)


def test_raw_points_are_arrived_at_without_a_division_by_nought():
    points = np.array([[-1.0, 0.0], [1.0, 0.5]])
    *_, last = velocity_flow(VelocityFromNoise(EmpiricalDenoiser(points)), X, n_steps=100)
    gap = np.linalg.norm(last.position[:, None] - points, axis=2).min(axis=1)
    assert gap.max() < 1e-6
    assert np.isfinite(VelocityFromNoise(EmpiricalDenoiser(points)).velocity(X, 1.0)).all()
