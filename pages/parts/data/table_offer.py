"""A table that was given: which columns become points, how they will lie, and the button that takes them."""

from __future__ import annotations

import hashlib
from typing import NamedTuple

import streamlit as st

from pages.parts.computing.results import recorded
from pages.parts.data.table_preview import preview
from pages.parts.text.story import plain, words
from pages.parts.workspace import state
from paradigms.data.dataset_spec import DatasetSpec
from paradigms.data.tables.columns import guess_columns
from paradigms.data.tables.points import (
    NO_LABEL,
    ImportedPoints,
    may_be_logarithmic,
    table_to_points,
    wants_logarithm,
)
from paradigms.data.tables.reading import read_table
from paradigms.data.tables.table import Table

COLUMNS = ("csv_x", "csv_y", "csv_label")


class Given(NamedTuple):
    """What was uploaded (under a file's ``name``) or pasted last; it waits here until it is used."""

    source: str | bytes
    name: str

    @property
    def digest(self) -> str:
        source = self.source.encode(errors="replace") if isinstance(self.source, str) else self.source
        return hashlib.sha256(source).hexdigest()


def _table(given: Given) -> Table:
    return recorded(given.digest, read_table, given.source)


def _points(given: Given, x: int, y: int, label: int, equal: bool, logs: tuple) -> ImportedPoints:
    columns = {"x": x, "y": y, "label": label}
    return recorded(
        given.digest, table_to_points, _table(given), **columns, equal_scales=equal, logarithmic=logs
    )


def offer(given: Given) -> None:
    """Its columns as they were guessed, to be changed; a preview; and the button. Raises BadData."""
    table = _table(given)
    if given.name:
        st.caption(words("data", "from file", name=plain(given.name[:60]), n=f"{table.n_rows:,}"))
    offered = st.session_state.get("offered_table")
    if offered != given.digest or any(key not in st.session_state for key in COLUMNS):
        guess = guess_columns(table)
        st.session_state["offered_table"] = given.digest
        chosen = (guess.x, guess.y, NO_LABEL if guess.label is None else guess.label)
        st.session_state.update(zip(COLUMNS, chosen, strict=True))
        st.session_state["csv_equal_scales"] = False
    x, y, label = _columns(table)
    with st.container(horizontal=True, vertical_alignment="center", key="csv_taking"):
        points = _points(given, x, y, label, *_scales(table, x, y))
        n = f"{len(points.X):,}"
        st.button(words("data", "use", n=n), type="primary", key="csv_use", on_click=_use, args=(points,))
    preview(table, x, y, None if label == NO_LABEL else label)
    st.caption(plain(" ".join(points.notes)))


def _columns(table: Table) -> tuple[int, int, int]:
    """The three select boxes."""
    places = list(range(len(table.names)))

    def named(place: int) -> str:
        return words("data", "no label") if place == NO_LABEL else table.names[place]

    with st.container(horizontal=True, gap="small"):
        x = st.selectbox("x₁", places, format_func=named, key="csv_x")
        y = st.selectbox("x₂", places, format_func=named, key="csv_y")
        label = st.selectbox("Label", [NO_LABEL, *places], format_func=named, key="csv_label")
    return x, y, label


def _scales(table: Table, x: int, y: int) -> tuple[bool, tuple[bool | None, bool | None]]:
    """Whether both axes have one scale; and which are logarithmic, where that is worth a question."""
    equal = st.checkbox(
        words("data", "equal scales"), key="csv_equal_scales", help=words("data", "equal scales help")
    )
    logs: list[bool | None] = [None, None]
    for axis, (place, key) in enumerate(zip((x, y), ("csv_log_x", "csv_log_y"), strict=True)):
        if not equal and may_be_logarithmic(table, place):
            # Another column has another key, so that each is offered as serves it best.
            label = words("data", "logarithmic", name=plain(table.names[place]))
            logs[axis] = st.checkbox(label, wants_logarithm(table, place), key=f"{key}_{place}")
    return equal, (logs[0], logs[1])


def _use(points: ImportedPoints) -> None:
    """Show the points, and nothing before them."""
    data = DatasetSpec.of_points(points.X, points.class_indices, points.class_names)
    state.replace_data(data, points.units)
    st.session_state["given_table"] = None
    st.session_state["table"] = False  # the popover closes
