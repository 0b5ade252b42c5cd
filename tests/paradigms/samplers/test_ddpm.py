"""DDPM against Ho et al.'s own formulas, a Gaussian's closed form, and the weights of two islands."""

from itertools import pairwise

import numpy as np
import pytest
from formulas import Normal, two_islands

from paradigms.diffusion.noise_schedules import alpha_bar, karras, starting_noise
from paradigms.generative.gaussian_discriminant import GaussianDiscriminant
from paradigms.samplers.ddpm import ddpm


def test_a_step_is_equations_6_and_7_in_other_coordinates():
    """Ho et al. (2020): μ̃ = √ᾱ_s β/(1−ᾱ_t) z₀ + √α (1−ᾱ_s)/(1−ᾱ_t) z_t, β̃ = (1−ᾱ_s)/(1−ᾱ_t) β, z = √ᾱ x."""
    t, s = 1.7, 0.9
    denoiser, x = Normal(mean=0.5, variance=0.8), np.array([[1.0, -2.0], [3.0, 0.2]])
    _, after = ddpm(denoiser, x, noise_levels=[t, s], rng=np.random.default_rng(3))

    bar_t, bar_s = alpha_bar(t), alpha_bar(s)
    alpha = bar_t / bar_s
    clean = x - t * denoiser.predict_noise(x, t)
    mean = np.sqrt(bar_s) * (1 - alpha) / (1 - bar_t) * clean
    mean += np.sqrt(alpha) * (1 - bar_s) / (1 - bar_t) * np.sqrt(bar_t) * x
    spread = np.sqrt((1 - bar_s) / (1 - bar_t) * (1 - alpha))
    z = mean + spread * np.random.default_rng(3).standard_normal((2, 2))
    np.testing.assert_allclose(after.position, z / np.sqrt(bar_s))
    assert after.time == s


@pytest.mark.parametrize("n_steps", [10, 100])
def test_on_a_gaussian_the_variance_follows_its_recursion(n_steps):
    """x̂₀ is linear in x, so each step multiplies the variance and adds to it."""
    v, levels = 0.6, karras(n_steps)
    expected = v + levels[0] ** 2
    for t, s in pairwise(levels):
        factor = s**2 / t**2 + (1 - s**2 / t**2) * v / (v + t**2)
        expected = factor**2 * expected + s**2 * (t**2 - s**2) / t**2
    rng = np.random.default_rng(0)
    start = rng.standard_normal((100_000, 1)) * np.sqrt(v + levels[0] ** 2)
    *_, last = ddpm(Normal(variance=v), start, n_steps=n_steps, rng=rng)
    assert last.position.var() == pytest.approx(expected, abs=4 * expected * np.sqrt(2 / 100_000))
    assert expected < v, "one guess for the clean point makes samples vary too little"
    assert abs(expected / v - 1) < (0.09 if n_steps == 100 else 0.6)


@pytest.mark.slow
def test_two_islands_get_their_weights_back():
    mixture, rng = two_islands(weight=0.7), np.random.default_rng(0)
    start = starting_noise(mixture, 50_000, karras(1)[0], rng)
    *_, last = ddpm(mixture, start, rng=rng)
    assert np.mean(last.position[:, 0] < 0) == pytest.approx(0.7, abs=0.01)
    np.testing.assert_allclose(last.position[:, 1].var(), 0.25, atol=0.02)


def test_labels_lead_to_their_own_class():
    rng = np.random.default_rng(0)
    y = np.repeat([0, 1], 100)
    model = GaussianDiscriminant().fit(rng.standard_normal((200, 2)) * 0.4 + 3.0 * y[:, None], y)
    start = starting_noise(model, 200, karras(1)[0], rng)
    *_, last = ddpm(model, start, n_steps=60, y=y, rng=rng)
    np.testing.assert_array_equal(model.predict(last.position), y)
