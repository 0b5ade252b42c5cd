"""What data sets that were put in place from this side are called and measured in, for undo."""

from __future__ import annotations

import streamlit as st

from pages.parts.workspace.data_settings import FIRST_SPEC
from paradigms.contract import CONTRACT
from paradigms.data.tables.units import Units

MOST_ORIGINS: int = CONTRACT["limits"]["undo"]  # as long as the plane's undo history


def origins() -> dict[int, tuple[tuple[str, ...], Units | None]]:
    """Their class names and units, by revision."""
    return st.session_state.setdefault("origins", {0: (FIRST_SPEC.class_names, None)})


def remember_origin(revision: int, names: tuple[str, ...], its_units: Units | None, *, current: int) -> int:
    """Add the one of a revision, and forget the oldest of many, but not the ``current`` one."""
    known = origins()
    known[revision] = (names, its_units)
    while len(known) > MOST_ORIGINS:
        del known[min(set(known) - {current})]
    return revision
