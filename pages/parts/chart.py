"""A curve that Plotly draws, and what it shows in words."""

from __future__ import annotations

import plotly.graph_objects as go
import streamlit as st


def chart(figure: go.Figure, said: str, key: str) -> None:
    """``said`` tells those who cannot see the curve what it comes to, in numbers; everybody may read it."""
    st.plotly_chart(figure, key=key, config={"displayModeBar": False})
    st.caption(said)
