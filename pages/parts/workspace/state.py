"""What a visitor has made: the data set on every page, and which revision of it.

The points live here, in the session. A plane in the browser sends each pen-up as one full snapshot with a
commit id; a preset or an imported table is put in place from this side. Either counts the revision up. The
*origin* of points is the revision that was last put in place from this side and that they were drawn on: a
drawing, and every step of undo, keeps its origin's class names and units.
"""

from __future__ import annotations

import logging
from typing import Any

import streamlit as st

from jobs.store import results
from pages.parts.component.plane import sent
from pages.parts.workspace.names_and_units import names_and_units
from paradigms.contract import CONTRACT
from paradigms.data import drawn_points
from paradigms.data.bad_data import BadData
from paradigms.data.dataset import Dataset
from paradigms.data.dataset_spec import DatasetSpec
from paradigms.data.tables.units import Units

DRAW_KEY = "draw"
FIRST_SPEC = DatasetSpec(preset="moons")
MOST_ORIGINS: int = CONTRACT["limits"]["undo"]  # as long as the plane's undo history
LONGEST_COMMIT = 64  # letters; the plane sends some twenty


def spec() -> DatasetSpec:
    """The recipe of the current data set; the key of every cache."""
    return st.session_state.setdefault("spec", FIRST_SPEC)


def dataset() -> Dataset:
    return results.remember(("dataset", spec().digest), spec().dataset)


def revision() -> int:
    return st.session_state.get("revision", 0)


def origin() -> int:
    """The revision, put in place from this side, that the current points were drawn on."""
    return st.session_state.get("origin", 0)


def commit() -> str:
    """The browser's id of the pen-up that made this revision; empty if it was made on this side."""
    return st.session_state.get("commit", "")


def is_first_visit() -> bool:
    """Whether the data are still those that everybody sees first."""
    return spec() == FIRST_SPEC


def is_drawn() -> bool:
    return spec().preset is None


def units() -> Units | None:
    """The names and units of the imported table that the points are drawn on, if they are."""
    return _origins()[origin()][1]


def replace_data(new_spec: DatasetSpec, new_units: Units | None = None) -> None:
    """Put another data set in place; the plane keeps the old one on its undo stack."""
    number = _new_origin(new_spec.class_names, new_units)
    st.session_state.update(spec=new_spec, revision=number, origin=number, commit="")
    st.session_state.pop("sample_seed", None)


def adopt_drawing() -> None:
    """Take over what was drawn since the last run, if anything; call it before the data are used."""
    snapshot = sent(DRAW_KEY, "points")
    if not snapshot or snapshot.get("commit") == st.session_state.get("seen_commit"):
        return
    st.session_state["seen_commit"] = snapshot.get("commit")
    if snapshot.get("restored") and revision() > 0:
        return
    try:
        points = drawn_points.decode(snapshot)
        drawn_on = _drawn_on(snapshot)
        names, _ = _origins()[drawn_on]
        # The seed stays, so that the points already there stay on their side of the split.
        drawn = DatasetSpec(None, drawn=points, class_names=names, seed=spec().seed)
    except BadData as problem:
        logging.getLogger("two_souls").warning("A drawing was refused: %s", problem)
        st.toast("That drawing could not be read, so the last one stays.")
        return
    commit_id = str(snapshot.get("commit"))[:LONGEST_COMMIT]
    st.session_state.update(spec=drawn, revision=revision() + 1, origin=drawn_on, commit=commit_id)
    st.session_state.pop("sample_seed", None)


def _drawn_on(snapshot: dict[str, Any]) -> int:
    """The origin of drawn points; where it is not known, or no more, the browser says names and units."""
    told = snapshot.get("origin")
    told = told if isinstance(told, int) else origin()
    if snapshot.get("restored") or (told not in _origins() and "class_names" in snapshot):
        return _new_origin(*names_and_units(snapshot))
    return told if told in _origins() else origin()


def _new_origin(names: tuple[str, ...], its_units: Units | None) -> int:
    """Remember what the next revision is called and measured in, and forget the oldest of many."""
    origins, number = _origins(), revision() + 1
    origins[number] = (names, its_units)
    while len(origins) > MOST_ORIGINS:
        del origins[min(set(origins) - {origin()})]
    return number


def _origins() -> dict[int, tuple[tuple[str, ...], Units | None]]:
    """Class names and units of the data sets that were put in place from this side, by revision."""
    return st.session_state.setdefault("origins", {0: (FIRST_SPEC.class_names, None)})
