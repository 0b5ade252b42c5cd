"""A curve that Plotly draws, and what it shows in words."""

from __future__ import annotations

from typing import Any

import plotly.graph_objects as go
import streamlit as st

from paradigms.data.tables.units import Units
from paradigms.figures.axes import HEIGHT, in_units
from paradigms.scene.axes import named_axes


def chart(figure: go.Figure, said: str, key: str) -> None:
    """``said`` tells those who cannot see the curve what it comes to, in numbers; everybody may read it."""
    st.plotly_chart(figure, key=key, config={"displayModeBar": False})
    st.caption(said)


def chart_of_column(figure: go.Figure, said: str, key: str, units: Units | None, column: int = 0) -> None:
    """A curve over one coordinate; where there are ``units``, over the numbers of that column."""
    chart(in_units(figure, *named_axes(units)[column]) if units else figure, said, key)


def no_chart_yet(dimmed: str, **_standing: Any) -> None:
    """The room of a curve that is still computed, and why it is empty."""
    with st.container(height=HEIGHT, border=False, vertical_alignment="bottom"):
        st.caption(dimmed)
