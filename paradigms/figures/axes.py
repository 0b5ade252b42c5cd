"""The look of every curve that Plotly draws: named axes, the legend above, little margin."""

from __future__ import annotations

import re
from html import escape

import plotly.graph_objects as go

from paradigms.data.tables.transform import Axis

HEIGHT = 360  # pixels


def with_axes(figure: go.Figure, x: str, y: str, y_range: list[float] | None = None) -> go.Figure:
    return figure.update_layout(
        height=HEIGHT,
        showlegend=True,
        margin={"l": 60, "r": 10, "t": 10, "b": 40},
        xaxis_title=x,
        yaxis_title=y,
        yaxis_range=y_range,
        legend={"orientation": "h", "y": 1.02, "yanchor": "bottom"},  # a long one grows upwards
    )


def in_units(figure: go.Figure, name: str, axis: Axis) -> go.Figure:
    """The same figure over the table's own numbers in place of x₁ or x₂: of the column of that ``name``.

    Heights stay what they are: a density is still one per plane unit, and its axis says so.
    """
    shown = plain(name)
    figure.for_each_trace(lambda trace: trace.update(x=axis.back(trace.x), name=_renamed(trace.name, shown)))
    figure.for_each_yaxis(lambda y: y.update(title_text=_per_plane_unit(y.title.text)))
    return figure.update_xaxes(title_text=shown, type="log" if axis.logarithmic else "linear")


def plain(text: str) -> str:
    """Text as Plotly shows it, whatever a visitor put into it: no markup and no formula."""
    return escape(text, quote=False).replace("$", "&#36;")


def _renamed(trace: str | None, name: str) -> str | None:
    return trace and re.sub("x[₁₂]", lambda _: name, trace)


def _per_plane_unit(title: str | None) -> str | None:
    return f"{title}, per plane unit" if title == "density" else title
