"""What a visitor has made: the data set on every page, and which revision of it.

The points live here, in the session. A plane in the browser echoes each pen-up as one full snapshot with
a revision and a commit id; a preset or an imported table counts the revision up from this side.
"""

from __future__ import annotations

import math

import streamlit as st

from pages.parts import cached
from paradigms.data import drawn_points
from paradigms.data.bad_data import BadData
from paradigms.data.dataset import Dataset
from paradigms.data.dataset_spec import DatasetSpec
from paradigms.data.transform import Transform

DRAW_KEY = "draw"
FIRST_SPEC = DatasetSpec(preset="moons")


def spec() -> DatasetSpec:
    """The recipe of the current data set; the key of every cache."""
    return st.session_state.setdefault("spec", FIRST_SPEC)


def dataset() -> Dataset:
    return cached.dataset(spec())


def revision() -> int:
    return st.session_state.get("revision", 0)


def commit() -> str:
    """The browser's id of the pen-up that made this revision; empty if it was made on this side."""
    return st.session_state.get("commit", "")


def is_drawn() -> bool:
    return spec().preset is None


def transform() -> Transform | None:
    """From an imported table's units to the plane's, while the points are that table's."""
    return st.session_state.get("transform")


def replace_data(new_spec: DatasetSpec, new_transform: Transform | None = None) -> None:
    """Put another data set in place; the plane keeps the old one on its undo stack."""
    st.session_state.update(spec=new_spec, transform=new_transform, revision=revision() + 1, commit="")
    st.session_state.pop("sample_seed", None)


def adopt_drawing() -> None:
    """Take over what was drawn since the last run, if anything; call it before the data are used."""
    snapshot = (st.session_state.get(DRAW_KEY) or {}).get("points")
    if not snapshot or snapshot.get("commit") == st.session_state.get("seen_commit"):
        return
    st.session_state["seen_commit"] = snapshot.get("commit")
    if snapshot.get("restored") and revision() > 0:
        return
    try:
        packed = drawn_points.decode(snapshot)
        # The seed stays, so that the points already there stay on their side of the split.
        drawn = DatasetSpec(None, drawn=packed, class_names=dataset().class_names, seed=spec().seed)
        number = int(snapshot["revision"])
    except (BadData, KeyError, TypeError, ValueError) as problem:
        st.toast(f"That drawing could not be read, so the last one stays. {problem}")
        return
    st.session_state.update(
        spec=drawn, revision=max(revision() + 1, min(number, 2**31)), commit=str(snapshot["commit"])
    )


def probe() -> tuple[float, float] | None:
    """The place that was last pointed at on any plane, in plane units."""
    return st.session_state.get("probe_at")


def adopt_probe(plane_key: str) -> bool:
    """Take over a new pointing on a plane; answers whether there was one."""
    pointed = (st.session_state.get(plane_key) or {}).get("probe")
    seen = st.session_state.setdefault("seen_probes", {})
    if not pointed or pointed.get("id") == seen.get(plane_key):
        return False
    seen[plane_key] = pointed.get("id")
    try:
        x, y = float(pointed["x"]), float(pointed["y"])
    except (KeyError, TypeError, ValueError):
        return False
    if not (math.isfinite(x) and math.isfinite(y)):
        return False
    st.session_state["probe_at"] = (max(-4.0, min(4.0, x)), max(-4.0, min(4.0, y)))
    return True
