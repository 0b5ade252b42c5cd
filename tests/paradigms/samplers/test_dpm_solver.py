"""DPM-Solver++(2M) against a Gaussian's closed form, and against the published update."""

import numpy as np
import pytest
from formulas import Normal, two_islands

from paradigms.diffusion.noise_schedules import karras, starting_noise
from paradigms.samplers.dpm_solver import dpm_solver

START = np.array([[-15.0, 4.0], [3.0, 22.0], [0.5, -0.5]])


def error(n_steps):
    """The largest error at σ = 0.5 of a solution that starts at σ = 3.

    dx/dσ = σ(x − μ)/(v + σ²) gives x(σ) = μ + (x(σ₀) − μ) √((v + σ²)/(v + σ₀²)).
    """
    levels = np.geomspace(3.0, 0.5, n_steps + 1)
    *_, last = dpm_solver(Normal(mean=1.0, variance=0.8), START, noise_levels=levels)
    exact = 1.0 + (START - 1.0) * np.sqrt((0.8 + 0.5**2) / (0.8 + 3.0**2))
    return np.abs(last.position - exact).max()


def test_it_is_of_second_order():
    assert error(80) / error(160) == pytest.approx(4, abs=0.4)
    assert error(25) < 2e-3


def test_two_steps_are_the_published_update():
    """Lu et al. (2022), algorithm 2 with α = 1, λ = −ln σ, written out in r = h₁/h₂."""
    denoiser, x = Normal(mean=0.5, variance=0.8), START
    levels = np.array([3.0, 1.5, 0.9])
    first, second, third = (snapshot.position for snapshot in dpm_solver(denoiser, x, noise_levels=levels))

    def clean(position, sigma):
        return position - sigma * denoiser.predict_noise(position, sigma)

    np.testing.assert_array_equal(first, x)
    expected = levels[1] / levels[0] * x - (np.exp(-np.log(levels[0] / levels[1])) - 1) * clean(x, 3.0)
    np.testing.assert_allclose(second, expected)
    h, h_before = np.log(levels[1] / levels[2]), np.log(levels[0] / levels[1])
    r = h_before / h
    D = (1 + 1 / (2 * r)) * clean(second, 1.5) - 1 / (2 * r) * clean(x, 3.0)
    np.testing.assert_allclose(third, levels[2] / levels[1] * second - (np.exp(-h) - 1) * D)


@pytest.mark.slow
def test_two_islands_get_their_weights_back():
    mixture, rng = two_islands(weight=0.7), np.random.default_rng(0)
    start = starting_noise(mixture, 50_000, karras(1)[0], rng)
    *_, last = dpm_solver(mixture, start)
    assert np.mean(last.position[:, 0] < 0) == pytest.approx(0.7, abs=0.01)
    np.testing.assert_allclose(last.position[:, 1].var(), 0.25, atol=0.01)
