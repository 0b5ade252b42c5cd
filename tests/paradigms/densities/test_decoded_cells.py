"""The bound of cells against decoders whose density has a formula."""

import numpy as np
import pytest
from scipy.special import logsumexp
from scipy.stats import multivariate_normal, norm

from paradigms import grid
from paradigms.densities.decoded_cells import DecodedCells


def nothing_above(bound, exact):
    np.testing.assert_array_less(bound, exact + 1e-6)


@pytest.mark.parametrize("sigma", [0.02, 0.2, 1.0])
def test_of_a_straight_line_it_is_nearly_the_gaussian(sigma):
    """z ↦ Wz + b makes N(b, WWᵀ + σ²I): Tipping and Bishop (1999), eq. 6, in three columns."""
    W, b = np.array([[1.0, 0.5, -0.3]]), np.array([0.2, -1.0, 0.0])
    cells, exact = (
        DecodedCells(lambda Z: Z @ W + b, 1, sigma),
        multivariate_normal(b, W.T @ W + sigma**2 * np.eye(3)),
    )
    X = exact.rvs(300, random_state=0)
    gap = exact.logpdf(X) - cells.log_bound(X)
    assert gap.min() > -1e-6 and gap.mean() < 0.005
    far = 10 * X
    nothing_above(cells.log_bound(far), exact.logpdf(far))


def test_of_a_sheet_it_lies_below_the_gaussian_everywhere():
    W = np.array([[1.5, 0.2], [-0.4, 0.7]])
    cells, exact = (
        DecodedCells(lambda Z: Z @ W, 2, 0.3),
        multivariate_normal(np.zeros(2), W.T @ W + 0.09 * np.eye(2)),
    )
    X = np.random.default_rng(0).uniform(-6, 6, (300, 2))
    nothing_above(cells.log_bound(X), exact.logpdf(X))
    own = exact.rvs(300, random_state=1)
    assert (exact.logpdf(own) - cells.log_bound(own)).mean() < 0.02


@pytest.mark.parametrize("n_codes", [1, 2])
def test_of_a_decoder_that_jumps_it_is_the_mixture_of_both_sides(n_codes):
    """Two places, the first where z₁ < ½: F(½) and 1 − F(½) are their shares."""
    shares = norm.cdf([0.5, -0.5])
    cells = DecodedCells(lambda Z: np.where(Z[:, :1] < 0.5, -1.0, 1.0) * np.ones(2), n_codes, 0.1)
    X = np.random.default_rng(0).normal(size=(200, 2))
    each = [multivariate_normal([place, place], 0.01).logpdf(X) for place in (-1.0, 1.0)]
    exact = logsumexp(np.log(shares) + np.transpose(each), axis=1)
    nothing_above(cells.log_bound(X), exact)
    np.testing.assert_allclose(cells.log_bound(X), exact, atol=0.01)


@pytest.fixture(scope="module", params=[0.03, 0.3])
def curled(request):
    return DecodedCells(lambda Z: np.column_stack([np.sin(2 * Z[:, 0]), Z[:, 0] * Z[:, 1]]), 2, request.param)


def test_the_grid_agrees_with_the_points(curled):
    x_axis, y_axis = np.linspace(-3, 3, 25), np.linspace(-2, 2, 20)
    on_grid = curled.log_bound_on_grid(x_axis, y_axis)
    at_points = curled.log_bound(grid.points(x_axis, y_axis)).reshape(20, 25)
    near = at_points > -600
    np.testing.assert_allclose(on_grid[near], at_points[near], rtol=1e-7, atol=1e-7)
    assert np.isfinite(on_grid).all()
    nothing_above(on_grid, at_points)
    np.testing.assert_allclose(on_grid, at_points, rtol=0.1)


def test_the_gradient_is_that_of_the_bound(curled):
    X = np.random.default_rng(0).uniform(-1.5, 1.5, (40, 2))
    step = 1e-5
    numerical = [(curled.log_bound(X + e) - curled.log_bound(X - e)) / (2 * step) for e in step * np.eye(2)]
    np.testing.assert_allclose(curled.gradient(X), np.transpose(numerical), rtol=1e-4, atol=1e-3)


def test_what_it_integrates_to_is_at_most_one(curled):
    """That is the sum of its weights: the thinner the sheet is, the more of it is lost across each cell."""
    axis = grid.axis(1200, half_width=9.0)
    total = grid.integral(curled.log_bound_on_grid(axis, axis), axis, axis)
    assert total < 1
    assert total > (0.98 if curled.sigma > 0.1 else 0.5)
