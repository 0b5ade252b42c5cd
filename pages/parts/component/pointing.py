"""The place that a visitor points at, the same one on every plane."""

from __future__ import annotations

import math

import streamlit as st

from pages.parts.component.plane import sent
from paradigms.data import drawn_points


def probe() -> tuple[float, float] | None:
    """The place that was last pointed at on any plane, in plane units."""
    return st.session_state.get("probe_at")


def adopt_probe(plane_key: str) -> bool:
    """Take over a new pointing on a plane; answers whether there was one.

    Points lie on the plane's lattice, and so does the place: who points at a point asks about where it is.
    """
    pointed = sent(plane_key, "probe")
    seen = st.session_state.setdefault("seen_probes", {})
    if not pointed or pointed.get("id") == seen.get(plane_key):
        return False
    seen[plane_key] = pointed.get("id")
    try:
        x, y = float(pointed["x"]), float(pointed["y"])
    except (KeyError, OverflowError, TypeError, ValueError):
        return False
    if not (math.isfinite(x) and math.isfinite(y)):
        return False
    on_the_plane = [max(-4.0, min(4.0, x)), max(-4.0, min(4.0, y))]
    st.session_state["probe_at"] = tuple(drawn_points.restore(drawn_points.quantise(on_the_plane)).tolist())
    return True
