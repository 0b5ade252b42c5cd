import numpy as np
import pytest
from sklearn.metrics.pairwise import rbf_kernel

from paradigms import grid
from paradigms.densities.separable_kernel import gaussian_kernel_on_grid


@pytest.mark.parametrize("n_sums", [None, 1, 3])
def test_it_equals_the_sum_over_points(n_sums):
    """Oracle: scikit-learn's rbf_kernel, point by point; gamma = 1 / 2h²."""
    rng = np.random.default_rng(0)
    centres = rng.normal(size=(50, 2))
    weights = rng.normal(size=50 if n_sums is None else (50, n_sums))
    x_axis, y_axis = np.linspace(-4, 4, 13), np.linspace(-2, 5, 7)
    expected = rbf_kernel(grid.points(x_axis, y_axis), centres, gamma=1 / (2 * 0.4**2)) @ weights
    actual = gaussian_kernel_on_grid(centres, weights, x_axis, y_axis, bandwidth=0.4)
    assert actual.shape == (7, 13, *weights.shape[1:])
    np.testing.assert_allclose(actual, expected.reshape(actual.shape), rtol=1e-10, atol=1e-14)


def test_far_away_it_is_zero_and_not_nan():
    one = gaussian_kernel_on_grid(np.zeros((1, 2)), np.ones(1), np.array([0.0, 100.0]), np.array([0.0]), 0.1)
    np.testing.assert_array_equal(one, [[1.0, 0.0]])
