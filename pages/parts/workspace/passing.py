"""Widgets that pass: what they hold is no setting, in no link, and gone when they are not drawn."""

from __future__ import annotations

from typing import Any

import streamlit as st


def held(key: str) -> Any:
    """What the widget of that key holds, for a callback, which is called before it is drawn."""
    return st.session_state.get(key)


def close(popover: str) -> None:
    """Close a popover by its key, in a callback."""
    st.session_state[popover] = False
