"""The look of every curve that Plotly draws: named axes, the legend above, little margin."""

from __future__ import annotations

import plotly.graph_objects as go


def with_axes(figure: go.Figure, x: str, y: str, y_range: list[float] | None = None) -> go.Figure:
    return figure.update_layout(
        height=360,
        showlegend=True,
        margin={"l": 60, "r": 10, "t": 10, "b": 40},
        xaxis_title=x,
        yaxis_title=y,
        yaxis_range=y_range,
        legend={"orientation": "h", "y": 1.02, "yanchor": "bottom"},  # a long one grows upwards
    )
