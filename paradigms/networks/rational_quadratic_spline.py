"""Monotone rational-quadratic splines, their inverses and log derivatives."""

from __future__ import annotations

import math

import torch
from torch.nn import functional

_SMALLEST = 1e-3  # share of the width or height of a piece, and derivative at a knot


def rational_quadratic_spline(
    x: torch.Tensor, parameters: torch.Tensor, bound: float, inverse: bool = False
) -> tuple[torch.Tensor, torch.Tensor]:
    """The curve's value at each entry of x, and the log of its derivative dy/dx there, also on the way back.

    ``parameters`` has the shape of x and a last axis of 3B − 1: B widths, B heights, B − 1 inner derivatives,
    all unconstrained; zeros give the identity. The curve maps [−bound, bound] onto itself and is the identity
    outside. ``inverse`` finds x for a given y. Durkan et al. (2019), Neural spline flows, eqs. 4-8;
    the pieces: Gregory and Delbourgo (1982).
    """
    n_bins = (parameters.shape[-1] + 1) // 3
    widths, heights, derivatives = parameters.split([n_bins, n_bins, n_bins - 1], dim=-1)
    x_knots, y_knots = _knots(widths, bound), _knots(heights, bound)
    inner = functional.softplus(derivatives + math.log(math.expm1(1 - _SMALLEST))) + _SMALLEST
    derivatives = functional.pad(inner, (1, 1), value=1.0)

    knots = y_knots if inverse else x_knots
    left = (x[..., None] >= knots[..., 1:-1]).sum(dim=-1, keepdim=True)  # which piece x lies in
    x0, y0, d0 = (values.gather(-1, left)[..., 0] for values in (x_knots, y_knots, derivatives))
    x1, y1, d1 = (values.gather(-1, left + 1)[..., 0] for values in (x_knots, y_knots, derivatives))
    width, height = x1 - x0, y1 - y0
    chord = height / width
    excess = d0 + d1 - 2 * chord
    if inverse:  # eqs. 6-8: the root in [0, 1] of a quadratic, in its stable form
        rise = x - y0
        a, b, c = height * (chord - d0) + rise * excess, height * d0 - rise * excess, -chord * rise
        t = 2 * c / (-b - (b * b - 4 * a * c).clamp_min(0).sqrt())
    else:
        t = (x - x0) / width
    t = t.clamp(0, 1)
    u = t * (1 - t)
    denominator = chord + excess * u
    derivative = (chord / denominator) ** 2 * (d1 * t * t + 2 * chord * u + d0 * (1 - t) ** 2)  # eq. 5
    y = x0 + t * width if inverse else y0 + height * (chord * t * t + d0 * u) / denominator  # eq. 4
    outside = x.abs() >= bound
    return torch.where(outside, x, y), derivative.log().masked_fill(outside, 0.0)


def _knots(shares: torch.Tensor, bound: float) -> torch.Tensor:
    """B + 1 increasing knots from −bound to bound."""
    n_bins = shares.shape[-1]
    shares = _SMALLEST + (1 - n_bins * _SMALLEST) * functional.softmax(shares, dim=-1)
    return functional.pad(2 * bound * shares.cumsum(dim=-1) - bound, (1, 0), value=-bound)
