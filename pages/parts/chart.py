"""A curve that Plotly draws, and what it shows in words."""

from __future__ import annotations

import plotly.graph_objects as go
import streamlit as st

from paradigms.data.tables.units import Units
from paradigms.figures.axes import in_units
from paradigms.scene.axes import named_axes


def chart(figure: go.Figure, said: str, key: str) -> None:
    """``said`` tells those who cannot see the curve what it comes to, in numbers; everybody may read it."""
    st.plotly_chart(figure, key=key, config={"displayModeBar": False})
    st.caption(said)


def chart_of_column(figure: go.Figure, said: str, key: str, units: Units | None, column: int = 0) -> None:
    """A curve over one coordinate; where there are ``units``, over the numbers of that column."""
    chart(in_units(figure, *named_axes(units)[column]) if units else figure, said, key)
