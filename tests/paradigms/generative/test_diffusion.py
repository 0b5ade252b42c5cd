"""Diffusion on Gaussians, where Bayes' rule gives every answer; and one network read in all its ways."""

from itertools import pairwise

import numpy as np
import pytest
from formulas import Normal, two_islands

from paradigms.generative.diffusion import Diffusion
from paradigms.samplers.dpm_solver import dpm_solver

MEANS, VARIANCE = np.array([[-1.5, 0.5], [1.0, -0.5]]), 0.36


@pytest.fixture(scope="module")
def fitted():
    """Learned from 4,000 points of N(μ_k, 0.36 I), a quarter of them of the second class."""
    rng = np.random.default_rng(0)
    y = (rng.random(4000) < 0.25).astype(int)
    return Diffusion().fit(MEANS[y] + np.sqrt(VARIANCE) * rng.standard_normal((4000, 2)), y)


def noisy(sigma, n=2000, seed=1):
    rng = np.random.default_rng(seed)
    y = np.arange(n) % 2
    return MEANS[y] + np.sqrt(VARIANCE + sigma**2) * rng.standard_normal((n, 2)), y


@pytest.mark.parametrize("sigma", [0.1, 0.5, 2.0])
def test_the_guess_is_the_posterior_mean(fitted, sigma):
    """E[x₀ | x, y] = (v x + σ² μ_y)/(v + σ²), to a tenth of the class's own deviation."""
    X, y = noisy(sigma)
    expected = (VARIANCE * X + sigma**2 * MEANS[y]) / (VARIANCE + sigma**2)
    error = np.sqrt(((fitted.predict_clean(X, sigma, y) - expected) ** 2).mean())
    assert error < 0.1 * np.sqrt(VARIANCE)


def test_without_a_class_it_is_the_mean_over_the_classes(fitted):
    """The classes' own answers, weighted by p(y|x) at that noise: 3 to 1 before x is seen."""
    X, _ = noisy(1.0)
    densities = [0.75, 0.25] * np.exp([Normal(mean, VARIANCE + 1.0).score_samples(X) for mean in MEANS]).T
    shares = densities / densities.sum(axis=1, keepdims=True)
    answers = (VARIANCE * X[:, None] + MEANS) / (VARIANCE + 1.0)
    expected = (shares[:, :, None] * answers).sum(axis=1)
    assert np.sqrt(((fitted.predict_clean(X, 1.0) - expected) ** 2).mean()) < 0.1


@pytest.mark.parametrize("sigma", [0.05, 1.0, 8.0])
def test_clean_noise_and_v_are_three_readings_of_one_answer(fitted, sigma):
    """x = x̂₀ + σε̂; and with α = 1/√(1+σ²), z = αx in units of the data: x̂₀ = αz − √(1−α²) v̂."""
    X, y = noisy(sigma, n=50)
    clean, noise = fitted.predict_clean(X, sigma, y), fitted.predict_noise(X, sigma, y)
    np.testing.assert_allclose(clean + sigma * noise, X, atol=1e-6)
    alpha = 1 / np.sqrt(1 + (sigma / fitted.scale_) ** 2)
    z = alpha * (X - fitted.mean_) / fitted.scale_
    v = fitted.predict_v(X, sigma, y)
    inner_clean = (clean - fitted.mean_) / fitted.scale_
    np.testing.assert_allclose(alpha * z - np.sqrt(1 - alpha**2) * v, inner_clean, atol=1e-5)
    np.testing.assert_allclose(np.sqrt(1 - alpha**2) * z + alpha * v, noise, atol=1e-5)


@pytest.mark.parametrize("time", [0.2, 0.5, 0.9])
def test_a_denoiser_is_a_velocity(fitted, time):
    """E[x₁ − ε | x_t] for x₁ ~ N(μ, vI): μ + (tv − (1 − t))/(t²v + (1 − t)²) (x_t − tμ)."""
    X, y = noisy((1 - time) / time)
    X = time * X
    gain = (time * VARIANCE - (1 - time)) / (time**2 * VARIANCE + (1 - time) ** 2)
    expected = MEANS[y] + gain * (X - time * MEANS[y])
    error = np.sqrt(((fitted.velocity(X, time, y) - expected) ** 2).mean())
    assert error < 0.15 * expected.std()


def test_the_velocity_carries_noise_to_the_data(fitted):
    """By Heun's rule between the two ends where it is singular."""
    X, y = np.random.default_rng(0).standard_normal((4000, 2)), np.arange(4000) % 2
    times = np.linspace(0.01, 0.99, 60)
    for t, then in pairwise(times):
        first = fitted.velocity(X, t, y)
        X = X + (then - t) / 2 * (first + fitted.velocity(X + (then - t) * first, then, y))
    for k in range(2):
        np.testing.assert_allclose(X[y == k].mean(axis=0), MEANS[k], atol=0.1)
        np.testing.assert_allclose(np.cov(X[y == k].T), VARIANCE * np.eye(2), atol=0.06)


def test_the_density_is_the_truth_s(fitted):
    """log p(x|y) on average over the data, which no model can exceed: the entropy of N(μ, vI)."""
    X, y = noisy(0.0)
    log_conditional = fitted.log_conditional(X)[np.arange(len(X)), y]
    truth = [Normal(MEANS[k], VARIANCE).score_samples(x[None])[0] for x, k in zip(X, y, strict=True)]
    gap = np.array(truth) - np.log(2 * np.pi * VARIANCE) - log_conditional
    assert -0.02 < gap.mean() < 0.05  # the Kullback-Leibler divergence, known to some 0.01
    np.testing.assert_allclose(np.exp(fitted.class_log_prior_), [0.75, 0.25], atol=0.03)


def test_the_density_knows_where_each_class_lies_in_the_noise():
    """Even at σ = 10 two islands are not one Gaussian: each integral must end at its own class's mean.

    Across the island of N(−2, ¼), log p(x|y) + 2(x + 2)² is level. Ended at 0, it would rise by 0.28.
    """
    X = two_islands(weight=0.5).sample(4000, 0)
    across = np.linspace(-1, 1, 21)
    places = np.column_stack([across - 2, np.zeros(21)])
    log_conditional = Diffusion().fit(X, X[:, 0] > 0).log_conditional(places)[:, 0]
    assert abs(np.polyfit(across, log_conditional + 2 * across**2, 1)[0]) < 0.12


def test_its_own_sampler_is_one_of_many(fitted):
    """Any sampler may ask it for the noise: here the one it uses, but from outside and in plane units."""
    y = np.ones(3000, dtype=int)
    start = MEANS[1] + 12.0 * np.random.default_rng(0).standard_normal((3000, 2))
    levels = np.append(np.geomspace(12.0, 0.02, 25), 0.0)
    *_, last = dpm_solver(fitted, start, noise_levels=levels, y=y)
    np.testing.assert_allclose(last.position.mean(axis=0), MEANS[1], atol=0.08)
    np.testing.assert_allclose(np.cov(last.position.T), VARIANCE * np.eye(2), atol=0.06)


def test_noise_below_nought_is_refused(fitted):
    with pytest.raises(ValueError, match="at least 0"):
        fitted.predict_noise(np.zeros((1, 2)), -0.1)
