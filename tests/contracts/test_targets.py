"""What holds of every distribution with a formula: density, slope, draws and moments agree."""

import numpy as np
import pytest
from distributions import numerical_gradient

from paradigms import grid, registry


@pytest.fixture(params=registry.targets())
def target(request):
    return registry.targets()[request.param].distribution


def test_the_density_integrates_to_one(target):
    axis = grid.axis(600, half_width=12.0)
    assert grid.integral(grid.log_density(target, axis, axis), axis, axis) == pytest.approx(1, abs=0.01)


def test_the_slope_is_that_of_finite_differences(target):
    X = target.sample(200, 0)
    np.testing.assert_allclose(
        target.log_density_gradient(X), numerical_gradient(target.score_samples, X), rtol=1e-4, atol=1e-4
    )


def test_the_draws_have_the_moments(target):
    """To five standard errors, which are large where tails are heavy."""
    X, (mean, covariance) = target.sample(200_000, 0), target.mean_and_covariance()
    squares = (X - mean)[:, :, None] * (X - mean)[:, None]
    for found, expected in ((X, mean), (squares, covariance)):
        error = found.std(axis=0) / np.sqrt(len(X))
        assert (np.abs(found.mean(axis=0) - expected) < 5 * error + 1e-9).all()


def test_the_draws_lie_where_the_density_says(target):
    """In three stripes of the plane, from edge to edge of cells; four standard errors of a share are 0.01."""
    axis = grid.axis(600, half_width=12.0)
    density = np.exp(grid.log_density(target, axis, axis)) * 0.04**2
    X = target.sample(40_000, 1)
    for low, high in ((-9.0, -0.48), (-0.48, 0.48), (0.48, 9.0)):
        for j, masses in enumerate((density.sum(axis=0), density.sum(axis=1))):
            within = (low < axis) & (axis < high)
            share = ((low < X[:, j]) & (X[:, j] < high)).mean()
            assert share == pytest.approx(masses[within].sum(), abs=0.012)


def test_a_seed_gives_the_same_draws(target):
    np.testing.assert_array_equal(target.sample(5, 3), target.sample(5, 3))
    assert not np.array_equal(target.sample(5, 3), target.sample(5, 4))
