"""What a visitor has made: the data set on every page, and which revision of it.

The points live here, in the session. A plane in the browser sends each pen-up as one full snapshot with a
commit id; a preset or an imported table is put in place from this side. Either counts the revision up. The
*origin* of points is the revision that was last put in place from this side and that they were drawn on: a
drawing, and every step of undo, keeps its origin's class names and units.

Revision 0 is what a session begins with: what everybody sees first, or what the link in its address tells.
A tab that is reloaded, or comes back, remembers its last drawing, too (plane/drawing/tab_storage.js): points
that are too many for a link, and the stroke that the address did not hold yet. So: where an address is opened
anew, its link counts; in a tab that was there before, its own drawing does. Later revisions always stay.
"""

from __future__ import annotations

import logging
from typing import Any

import streamlit as st

from jobs.store import results
from pages.parts.component.plane import sent
from pages.parts.text.story import words
from pages.parts.workspace import declared, link
from pages.parts.workspace.data_settings import FIRST_SPEC
from pages.parts.workspace.names_and_units import names_and_units
from pages.parts.workspace.origins import origins, remember_origin
from paradigms.data import drawn_points
from paradigms.data.bad_data import BadData
from paradigms.data.dataset import Dataset
from paradigms.data.dataset_spec import DatasetSpec
from paradigms.data.tables.units import Units

DRAW_KEY = "draw"
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
    return origins()[origin()][1]


def replace_data(new_spec: DatasetSpec, new_units: Units | None = None) -> None:
    """Put another data set in place; the plane keeps the old one on its undo stack."""
    number = _new_origin(new_spec.class_names, new_units)
    st.session_state.update(spec=new_spec, revision=number, origin=number, commit="")
    declared.forget_with_data()


def begin_with(first_spec: DatasetSpec, its_units: Units | None) -> None:
    """Let a fresh session begin with what a link tells."""
    st.session_state.update(spec=first_spec, commit=link.BY_LINK)
    remember_origin(0, first_spec.class_names, its_units, current=0)


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
        # The seed stays, so that the points already there stay on their side of the split.
        drawn = DatasetSpec(None, drawn=points, class_names=origins()[drawn_on][0], seed=spec().seed)
    except BadData as problem:
        logging.getLogger("two_souls").warning("A drawing was refused: %s", problem)
        st.toast(words("data", "drawing refused"))
        return
    commit_id = str(snapshot.get("commit"))[:LONGEST_COMMIT]
    st.session_state.update(spec=drawn, revision=revision() + 1, origin=drawn_on, commit=commit_id)
    declared.forget_with_data()


def _drawn_on(snapshot: dict[str, Any]) -> int:
    """The origin of drawn points; where it is not known, or no more, the browser says names and units."""
    told = snapshot.get("origin")
    told = told if isinstance(told, int) else origin()
    if snapshot.get("restored") or (told not in origins() and "class_names" in snapshot):
        return _new_origin(*names_and_units(snapshot))
    return told if told in origins() else origin()


def _new_origin(names: tuple[str, ...], its_units: Units | None) -> int:
    return remember_origin(revision() + 1, names, its_units, current=origin())
