"""The visitor's points on a page without a plane to draw on: kept in the tab, named, given up if wanted."""

from __future__ import annotations

import streamlit as st

from pages.parts.data.data_bar import back_to_preset
from pages.parts.pictures.draw_panel import draw_panel
from pages.parts.text.story import words
from pages.parts.workspace import state
from pages.parts.workspace.data_settings import preset


def name_points(*, used: bool = True) -> None:
    """Say whether the page is about the visitor's own points, where there are any; offer the preset again."""
    if state.is_drawn():
        with st.container(horizontal=True, vertical_alignment="center"):
            n = str(len(state.dataset()))
            st.caption(words("data", "your points" if used else "your points wait", n=n), width="content")
            title = preset().title
            st.button(f"Back to {title}", key="back_to_preset", on_click=back_to_preset)


def keep_points() -> None:
    """The drawing plane, unseen, at the end of a page: what was drawn or imported comes back on a reload."""
    with st.container(key="stored_points"):
        draw_panel(state.dataset())
