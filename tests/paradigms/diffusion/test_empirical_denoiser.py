"""The denoiser of raw points: a kernel density's own, and it memorises."""

import numpy as np
import pytest

from paradigms.diffusion.empirical_denoiser import EmpiricalDenoiser, n_memorised
from paradigms.diffusion.noise_schedules import karras
from paradigms.generative.kernel_density import KernelDensity
from paradigms.samplers.ddpm import ddpm

POINTS = np.random.default_rng(0).standard_normal((60, 2))


@pytest.mark.parametrize("sigma", [0.1, 1.0, 5.0])
def test_it_is_the_slope_of_the_kernel_density_whose_kernel_is_the_noise(sigma):
    """−σ ∇ log p_σ, p_σ being a Gaussian of deviation σ on every point."""
    X = np.random.default_rng(1).standard_normal((50, 2)) * 2
    kernels = KernelDensity(bandwidth=sigma).fit(POINTS)
    expected = -sigma * kernels.log_density_gradient(X)
    np.testing.assert_allclose(EmpiricalDenoiser(POINTS).predict_noise(X, sigma), expected, atol=1e-5)


def test_with_a_class_only_its_points_count():
    y = np.arange(60) % 2
    both = EmpiricalDenoiser(POINTS, y).predict_noise(POINTS + 0.1, 0.5, np.ones(60, dtype=int))
    np.testing.assert_allclose(both, EmpiricalDenoiser(POINTS[y == 1]).predict_noise(POINTS + 0.1, 0.5))


def test_every_sample_is_a_training_point():
    start = 20.0 * np.random.default_rng(2).standard_normal((300, 2))
    *_, last = ddpm(EmpiricalDenoiser(POINTS), start, noise_levels=karras(200), rng=np.random.default_rng(3))
    assert n_memorised(last.position, POINTS, 0.02) == 300
    fresh = np.random.default_rng(4).standard_normal((300, 2))
    assert n_memorised(fresh, POINTS, 0.02) < 20
