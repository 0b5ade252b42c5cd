"""The one browser component: every two-dimensional picture of the app is a plane."""

from __future__ import annotations

from typing import Any

import streamlit as st

from paradigms.scene.message import packed
from paradigms.scene.scene import Scene

# Streamlit sends these lines with every message, so they only fetch the modules that the app serves.
_mount = st.components.v2.component(
    "two_souls.plane",
    html="<div></div>",
    js="""
    const plane = import(new URL("assets/plane/main.js", document.baseURI));
    export default (component) => {
        let cleanUp, gone = false;
        plane.then((module) => { if (!gone) cleanUp = module.render(component); }, () => {
            component.parentElement.textContent = "This picture could not be loaded. Please reload the tab.";
        });
        return () => { gone = true; cleanUp?.(); };
    };
    """,
    isolate_styles=False,
)


def plane(scene: Scene, key: str) -> Any:
    """Show a scene. What the visitor draws or points at is in the session state under ``key``."""
    return _mount(key=key, data=packed(scene), on_points_change=_heard, on_probe_change=_heard)


def sent(key: str, name: str) -> dict[str, Any] | None:
    """What the browser sent last under that name; anything but a dict is a forgery, and nothing."""
    values = st.session_state.get(key)
    value = values.get(name) if hasattr(values, "get") else None
    return value if isinstance(value, dict) else None


def _heard() -> None:
    """Values are read in the page's body; Streamlit only wants to be told that there are any."""
