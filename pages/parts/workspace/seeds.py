"""A button for another draw of the same thing."""

from __future__ import annotations

import streamlit as st


def seed_of(name: str, label: str) -> int:
    """Another one after each press of the button with that ``label``; ``name`` keeps several apart."""
    seed = st.session_state.get(f"{name}_seed", 0)
    if st.button(label, key=name):
        seed = st.session_state[f"{name}_seed"] = seed + 1
    return seed
