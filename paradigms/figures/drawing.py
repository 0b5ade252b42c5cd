"""Curves about drawing without a chain: a distribution function read backwards, the curse of dimension."""

from __future__ import annotations

import numpy as np
import plotly.graph_objects as go

from paradigms.experiments.direct_draws import Curse
from paradigms.figures.axes import with_axes


def distribution_function(axis: np.ndarray, density: np.ndarray, heights: np.ndarray) -> go.Figure:
    """F over ``axis (m,)`` of a ``density (m,)``, and for each of the ``heights`` the way to its quantile."""
    cumulative = np.cumsum(density) / density.sum()
    quantiles = np.interp(heights, cumulative, axis)
    figure = go.Figure()
    figure.add_scatter(x=axis, y=cumulative, mode="lines", name="F(x₁)")
    figure.add_scatter(
        x=axis, y=density / density.max(), mode="lines", name="p(x₁), its peak 1", line={"dash": "dot"}
    )
    for height, quantile in zip(heights, quantiles, strict=True):
        figure.add_scatter(
            x=[axis[0], quantile, quantile], y=[height, height, 0], mode="lines+markers",
            line={"width": 1, "dash": "dash"}, marker={"size": [0, 0, 8]}, showlegend=False,
        )  # fmt: skip
    return with_axes(figure, "x₁", "height u")


def curse(found: Curse) -> go.Figure:
    """Shares against the number of dimensions, logarithmic; dots were measured, lines are formulas."""
    figure = go.Figure()
    for name, measured, formula, symbol in (
        ("darts that stay", found.accepted, found.accepted_formula, "circle"),
        ("what weighted draws are worth", found.worth, found.worth_formula, "square"),
    ):
        seen = measured > 0
        figure.add_scatter(x=found.dimensions, y=formula, mode="lines", name=f"{name}, formula")
        figure.add_scatter(
            x=found.dimensions[seen], y=measured[seen], mode="markers", name=f"{name}, measured",
            marker={"symbol": symbol, "size": 9},
        )  # fmt: skip
    return with_axes(figure, "dimensions d", "share").update_yaxes(type="log", exponentformat="power")
