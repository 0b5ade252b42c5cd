"""Slopes over the plane, and how far two denoisers are apart."""

import numpy as np
import pytest
from formulas import Normal, two_islands

from paradigms import grid
from paradigms.experiments.sample.score_fields import N_ARROWS, RESOLUTION, score_difference, score_field


def test_the_field_of_a_gaussian_points_to_its_mean():
    field = score_field(Normal(mean=1.0), noise_level=0.5)
    np.testing.assert_allclose(field.uv, 0.5 * (1 - field.xy) / 1.25)
    assert field.xy.shape == (N_ARROWS**2, 2) and field.lengths.shape == (RESOLUTION, RESOLUTION)
    axis = grid.axis(RESOLUTION)
    assert field.lengths[-1, 0] == pytest.approx(0.4 * np.hypot(axis[0] - 1, axis[-1] - 1))


def test_two_gaussians_differ_by_their_means_everywhere_and_a_model_not_from_itself():
    class Sampled(Normal):
        def sample(self, n, seed):
            return np.random.default_rng(seed).standard_normal((n, 2))

    field, mean = score_difference(Normal(mean=1.0), Sampled(), noise_level=2.0)
    np.testing.assert_allclose(field.uv, 2.0 / 5.0)
    assert mean == pytest.approx(np.sqrt(2) * 0.4)
    itself, nought = score_difference(two_islands(), two_islands(), noise_level=0.3)
    assert nought == 0 and not itself.lengths.any()
