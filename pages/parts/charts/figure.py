"""A small drawing of ours, in the colours of the text around it (``st.html`` leaves drawings out)."""

from __future__ import annotations

import streamlit as st

_mount = st.components.v2.component(
    "two_souls.figure",
    html="<div></div>",
    js="""
    export default ({ parentElement, data }) => { parentElement.querySelector("div").innerHTML = data; };
    """,
    isolate_styles=False,
)


def figure(svg: str, key: str) -> None:
    """Show an SVG that was made by ``paradigms.figures``; nothing of a visitor's is in it."""
    _mount(key=key, data=svg)
