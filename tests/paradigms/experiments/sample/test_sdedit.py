"""Noised to a level and denoised again, against the formula for a Gaussian."""

import numpy as np
import pytest
from formulas import Normal

from paradigms.experiments.sample.sdedit import sdedit


@pytest.mark.parametrize("noise", [0.05, 0.5, 20.0])
def test_redrawing_keeps_what_the_noise_leaves(noise):
    """On N(0, I), x₀ + σε carried back along the ODE is (x₀ + σε)/√(1 + σ²): that much of x₀ is left."""
    X = np.random.default_rng(0).standard_normal((4000, 2))
    found = sdedit(Normal(), X, noise_level=noise, seed=1)
    assert found.std() == pytest.approx(1, abs=0.03)
    left = np.mean(found * X)
    assert left == pytest.approx(1 / np.sqrt(1 + noise**2), abs=0.04)
