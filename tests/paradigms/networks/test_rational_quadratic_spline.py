"""The spline against zuko's, and its slope against autograd."""

import pytest
import torch
from zuko.transforms import MonotonicRQSTransform

from paradigms.networks.rational_quadratic_spline import rational_quadratic_spline

BOUND, N_BINS = 5.0, 7


@pytest.fixture
def parameters():
    random = torch.Generator().manual_seed(0)
    return 1.5 * torch.randn((400, 3 * N_BINS - 1), generator=random, dtype=torch.float64)


@pytest.fixture
def x():
    return torch.linspace(-7, 7, 400, dtype=torch.float64)


def knots(parameters):
    """The knots and slopes that our parameters stand for, read off the curve itself."""
    widths, heights, slopes = parameters.split([N_BINS, N_BINS, N_BINS - 1], dim=-1)
    floor = 1e-3

    def edges(values):
        shares = floor + (1 - N_BINS * floor) * torch.softmax(values, dim=-1)
        inner = 2 * BOUND * shares.cumsum(dim=-1) - BOUND
        return torch.cat([torch.full((len(values), 1), -BOUND, dtype=torch.float64), inner], dim=-1)

    shift = torch.log(torch.expm1(torch.tensor(1 - floor, dtype=torch.float64)))
    inner = torch.nn.functional.softplus(slopes + shift) + floor
    ones = torch.ones((len(slopes), 1), dtype=torch.float64)
    return edges(widths), edges(heights), torch.cat([ones, inner, ones], dim=-1)


def test_it_is_zuko_s_curve_with_zuko_s_slope(x, parameters):
    theirs = MonotonicRQSTransform(*[torch.zeros(400, n) for n in (N_BINS, N_BINS, N_BINS - 1)], bound=BOUND)
    theirs.horizontal, theirs.vertical, theirs.derivatives = knots(parameters)
    values, log_slopes = rational_quadratic_spline(x, parameters, BOUND)
    expected, expected_slopes = theirs.call_and_ladj(x)
    torch.testing.assert_close(values, expected)
    torch.testing.assert_close(log_slopes, expected_slopes)


def test_the_slope_is_autograd_s(x, parameters):
    x = x.requires_grad_()
    values, log_slopes = rational_quadratic_spline(x, parameters, BOUND)
    (slopes,) = torch.autograd.grad(values.sum(), x)
    torch.testing.assert_close(log_slopes.exp(), slopes)


def test_there_and_back_again(x, parameters):
    values, log_slopes = rational_quadratic_spline(x, parameters, BOUND)
    back, back_slopes = rational_quadratic_spline(values, parameters, BOUND, inverse=True)
    torch.testing.assert_close(back, x, atol=1e-7, rtol=0)
    torch.testing.assert_close(back_slopes, log_slopes, atol=1e-6, rtol=1e-6)


def test_it_rises_and_leaves_everything_outside_alone(parameters):
    x = torch.linspace(-7, 7, 400, dtype=torch.float64)
    values, log_slopes = rational_quadratic_spline(x, parameters[:1].expand(400, -1), BOUND)
    assert (values.diff() > 0).all()
    outside = x.abs() > BOUND
    assert torch.equal(values[outside], x[outside])
    assert torch.equal(log_slopes[outside], torch.zeros(int(outside.sum()), dtype=torch.float64))


def test_zeros_are_the_identity(x):
    values, log_slopes = rational_quadratic_spline(x, torch.zeros(400, 3 * N_BINS - 1), BOUND)
    torch.testing.assert_close(values, x, atol=1e-5, rtol=0)
    torch.testing.assert_close(log_slopes, torch.zeros_like(x), atol=1e-5, rtol=0)
