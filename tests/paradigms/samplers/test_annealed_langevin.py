"""Annealed Langevin against the stationary variance of its own step, and the weights of two islands."""

import numpy as np
import pytest
from formulas import Normal, two_islands

from paradigms.diffusion.noise_schedules import karras, starting_noise
from paradigms.samplers.annealed_langevin import annealed_langevin


@pytest.mark.parametrize("step_size", [0.1, 0.5])
def test_at_one_level_the_variance_is_that_of_the_formula(step_size):
    """On N(0, v): x' = (1 − a)x + √(2η)σξ with a = ησ²/(v + σ²), whose variance is (v + σ²)/(1 − a/2)."""
    v, sigma = 0.5, 0.8
    levels = np.full(150, sigma)
    *_, last = annealed_langevin(
        Normal(variance=v),
        np.zeros((50_000, 2)),
        step_size=step_size,
        noise_levels=levels,
        rng=np.random.default_rng(0),
    )
    a = step_size * sigma**2 / (v + sigma**2)
    expected = (v + sigma**2) / (1 - a / 2)
    standard_error = expected * np.sqrt(2 / 100_000)
    assert last.position.var() == pytest.approx(expected, abs=4 * standard_error)


def test_a_step_is_the_formula_and_the_last_one_takes_the_clean_point():
    start, denoiser = np.array([[1.0, -2.0]]), Normal(mean=3.0, variance=0.5)
    _, middle, last = annealed_langevin(
        denoiser, start, step_size=0.3, noise_levels=[2.0, 1.0, 0.0], rng=np.random.default_rng(5)
    )
    kick = np.random.default_rng(5).standard_normal((1, 2))
    expected = start + 0.3 * (3.0 - start) / 1.5 + np.sqrt(0.6) * kick
    np.testing.assert_allclose(middle.position, expected)
    posterior_mean = (0.5 * middle.position + 1.0 * 3.0) / 1.5  # Bayes' rule for N(3, 1/2) and noise 1
    np.testing.assert_allclose(last.position, posterior_mean)


@pytest.mark.slow
def test_two_islands_get_their_weights_back_where_plain_langevin_stays():
    mixture, rng = two_islands(weight=0.7), np.random.default_rng(0)
    start = starting_noise(mixture, 20_000, karras(1)[0], rng)
    *_, last = annealed_langevin(mixture, start, n_steps=400, rng=rng)
    assert np.mean(last.position[:, 0] < 0) == pytest.approx(0.7, abs=0.03)
    np.testing.assert_allclose(last.position[:, 1].var(), 0.25, atol=0.04)
