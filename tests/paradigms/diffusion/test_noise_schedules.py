"""The noise schedule against its closed form, and the noise that a diffusion starts from."""

import numpy as np
import pytest

from paradigms.diffusion.noise_schedules import alpha_bar, karras, linear_beta, sigma_of, starting_noise
from paradigms.generative.gaussian_mixture import GaussianMixture


def test_karras_is_equation_5():
    levels = karras(5, sigma_max=80.0, sigma_min=0.002, rho=7.0)
    expected = [(80.0 ** (1 / 7) + i / 4 * (0.002 ** (1 / 7) - 80.0 ** (1 / 7))) ** 7 for i in range(5)]
    np.testing.assert_allclose(levels, [*expected, 0.0])


def test_karras_descends_from_the_largest_level_to_zero():
    for n_steps in (1, 2, 50):
        levels = karras(n_steps, sigma_max=3.0)
        assert levels.shape == (n_steps + 1,)
        assert levels[0] == pytest.approx(3.0) and levels[-1] == 0.0
        assert (np.diff(levels) < 0).all()


def test_a_schedule_that_makes_no_sense_is_refused():
    for wrong in ({"n_steps": 0}, {"n_steps": 5, "sigma_min": 0.0}, {"n_steps": 5, "sigma_max": 0.001}):
        with pytest.raises(ValueError, match="schedule"):
            karras(**wrong)


def test_alpha_bar_is_the_share_of_signal():
    np.testing.assert_allclose(alpha_bar(np.array([0.0, 1.0, 3.0])), [1.0, 0.5, 0.1])
    assert alpha_bar(karras(10)[0]) < 0.01, "the default start must be noise"


def test_the_start_has_the_moments_of_the_noised_model():
    rng = np.random.default_rng(0)
    X = rng.standard_normal((500, 2)) @ np.array([[2.0, 1.0], [0.0, 0.5]]) + 3.0
    model = GaussianMixture(n_components=1).fit(X)
    start = starting_noise(model, 100_000, 4.0, rng)
    np.testing.assert_allclose(start.mean(axis=0), X.mean(axis=0), atol=0.06)  # 4 standard errors
    np.testing.assert_allclose(np.cov(start.T), np.cov(X.T) + 16 * np.eye(2), atol=0.4)


def test_without_moments_of_its_own_the_model_is_sampled():
    class OnlySamples:
        def sample(self, n_samples, random_state=None):
            return 5.0 + 2.0 * random_state.standard_normal((n_samples, 1))

    start = starting_noise(OnlySamples(), 100_000, 3.0, np.random.default_rng(0))
    assert start.shape == (100_000, 1)
    assert start.mean() == pytest.approx(5.0, abs=0.15)
    assert start.var() == pytest.approx(13.0, abs=0.4)


def test_a_schedule_that_is_too_short_leaves_the_data_in_the_noise():
    """Ho et al. (2020): ᾱ_T = 4e-5 with T = 1000; with T = 50 and the same β it is 0.60."""
    assert linear_beta(1000, 0.02)[-1] == pytest.approx(4.04e-5, rel=0.01)
    assert linear_beta(50, 0.02)[-1] == pytest.approx(0.604, abs=0.005)
    np.testing.assert_allclose(alpha_bar(sigma_of(linear_beta(50, 0.02))), linear_beta(50, 0.02))
