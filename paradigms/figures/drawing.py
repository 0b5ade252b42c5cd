"""Figures of direct sampling on a line: quantiles, rejection, importance weights; the curse of dimension."""

from __future__ import annotations

import numpy as np
import plotly.graph_objects as go
from scipy.stats import norm

from paradigms.experiments.sample.curse_of_dimension import Curse
from paradigms.experiments.sample.direct_draws import LineImportance, LineRejection
from paradigms.experiments.sample.first_coordinate import FirstCoordinate
from paradigms.figures.axes import with_axes


def distribution_function(line: FirstCoordinate, heights: np.ndarray) -> go.Figure:
    """F, and for each of the ``heights (n,)`` the way to its quantile."""
    quantiles = line.quantile(heights)
    x, density, cumulative = line.curves(quantiles)
    figure = go.Figure()
    figure.add_scatter(x=x, y=cumulative, mode="lines", name="F(x₁)")
    figure.add_scatter(
        x=x, y=density / density.max(), mode="lines", name="p(x₁), its peak 1", line={"dash": "dot"}
    )
    for height, quantile in zip(heights, quantiles, strict=True):
        figure.add_scatter(
            x=[x[0], quantile, quantile],
            y=[height, height, 0],
            mode="lines+markers",
            line={"width": 1, "dash": "dash"},
            marker={"size": [0, 0, 8]},
            showlegend=False,
        )
    return with_axes(figure, "x₁", "height u")


def rejection_on_a_line(line: FirstCoordinate, proposed: LineRejection) -> go.Figure:
    """p below a flat envelope; accepted proposals are discs, rejected ones crosses."""
    x, density, _ = line.curves(np.zeros(1))
    figure = go.Figure()
    figure.add_scatter(x=x, y=density, mode="lines", name="p(x₁)")
    figure.add_scatter(
        x=x[[0, -1]], y=[proposed.envelope] * 2, mode="lines", name="the lid", line={"dash": "dash"}
    )
    for name, which, marker in (
        ("stayed", proposed.accepted, {"symbol": "circle", "size": 7}),
        ("refused", ~proposed.accepted, {"symbol": "x", "size": 5, "opacity": 0.7}),
    ):
        places, heights = proposed.x[which], proposed.heights[which]
        figure.add_scatter(x=places, y=heights, mode="markers", name=name, marker=marker)
    return with_axes(figure, "x₁", "height", [0, 1.06 * proposed.envelope])


def weights_of_draws(line: FirstCoordinate, weighted: LineImportance) -> go.Figure:
    """Above p and q; below, over the same x₁, the weight of each draw of q as a stem."""
    x, density, _ = line.curves(weighted.draws)
    figure = go.Figure()
    figure.add_scatter(x=x, y=density, mode="lines", name="p(x₁)")
    q = norm.pdf(x, scale=weighted.spread)
    figure.add_scatter(x=x, y=q, mode="lines", name="q(x₁)", line={"dash": "dash"})
    stems = np.full((len(weighted.draws), 3), np.nan)  # each from 0 up to its weight, then a gap
    stems[:, 1], stems[:, 0] = weighted.weights, 0
    figure.add_scatter(
        x=np.repeat(weighted.draws, 3),
        y=stems.ravel(),
        mode="lines",
        line={"width": 1},
        yaxis="y2",
        showlegend=False,
        hoverinfo="skip",
    )
    figure.add_scatter(
        x=weighted.draws,
        y=weighted.weights,
        mode="markers",
        name="weight of a draw",
        yaxis="y2",
        marker={"size": 7},
    )
    figure.update_layout(
        xaxis={"anchor": "y2"},
        yaxis={"domain": [0.5, 1], "rangemode": "tozero"},
        yaxis2={"domain": [0, 0.4], "rangemode": "tozero", "title": "weight"},
    )
    return with_axes(figure, "x₁", "density")


def curse(found: Curse) -> go.Figure:
    """Shares against the number of dimensions, logarithmic; marks were measured, lines are formulas."""
    figure = go.Figure()
    for name, measured, formula, symbol in (
        ("darts that stay", found.accepted, found.accepted_formula, "circle"),
        ("worth of weighted draws", found.effective, found.effective_formula, "square"),
    ):
        seen = measured > 0
        figure.add_scatter(
            x=found.dimensions, y=formula, mode="lines", name=f"{name}, formula", showlegend=False
        )
        figure.add_scatter(
            x=found.dimensions[seen],
            y=measured[seen],
            mode="markers",
            name=name,
            marker={"symbol": symbol, "size": 9},
        )
    return with_axes(figure, "dimensions d", "share").update_yaxes(type="log", exponentformat="power")
