"""A table that was given: which columns become points, how they will lie, and the button that takes them."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from typing import Any, NamedTuple

import streamlit as st

from jobs import lanes, tables
from pages.parts.computing.place import place
from pages.parts.computing.results import computed
from pages.parts.data.table_preview import preview
from pages.parts.text.story import no_words_yet, plain, words
from pages.parts.workspace import state
from paradigms.data.bad_data import BadData
from paradigms.data.dataset_spec import DatasetSpec
from paradigms.data.tables.columns import guess_columns
from paradigms.data.tables.points import (
    NO_LABEL,
    ImportedPoints,
    may_be_logarithmic,
    wants_logarithm,
)
from paradigms.data.tables.table import Table


class Given(NamedTuple):
    """What was uploaded (under a file's ``name``) or pasted last; it waits until it is used."""

    source: str | bytes
    name: str

    @property
    def digest(self) -> str:
        source = self.source.encode(errors="replace") if isinstance(self.source, str) else self.source
        return hashlib.sha256(source).hexdigest()


def offer(given: Given, done: Callable[[], None]) -> None:
    """Its columns as they were guessed, to be changed; a preview; and the button, after which it is ``done``.

    Raises BadData.
    """
    digest = given.digest
    with place("table", no_words_yet, doing="reading"):
        table = _usable(*computed(digest, tables.table, given.source, lane=lanes.fits))
        if given.name:
            st.caption(words("data", "from file", name=plain(given.name[:60]), n=f"{table.n_rows:,}"))
        x, y, label = _columns(table, digest)
        taking = st.container(horizontal=True, vertical_alignment="center", key="csv_taking")
        with taking:
            equal, logarithmic = _scales(table, x, y, digest)
        preview(table, x, y, None if label == NO_LABEL else label)
        how = {"x": x, "y": y, "label": label, "equal_scales": equal, "logarithmic": logarithmic}
        points = _usable(*computed(digest, tables.points, table, **how, lane=lanes.fits))
        with taking:
            use = words("data", "use", n=f"{len(points.X):,}")
            st.button(use, type="primary", key="csv_use", on_click=_use, args=(points, done))
        st.caption(plain(" ".join(points.notes)))


def _usable(found: Any, problem: str | None) -> Any:
    if problem:
        raise BadData(problem)
    return found


def _columns(table: Table, digest: str) -> tuple[int, int, int]:
    """The three select boxes; another table has others, so that each begins with what was guessed of it."""
    guess, columns = guess_columns(table), list(range(len(table.names)))

    def box(name: str, title: str, choices: list[int], guessed: int) -> int:
        return st.selectbox(
            title, choices, choices.index(guessed), format_func=named, key=f"csv_{name}_{digest}"
        )

    def named(column: int) -> str:
        return words("data", "no label") if column == NO_LABEL else table.names[column]

    with st.container(horizontal=True, gap="small"):
        x, y = box("x", "x₁", columns, guess.x), box("y", "x₂", columns, guess.y)
        label = box("label", "Label", [NO_LABEL, *columns], NO_LABEL if guess.label is None else guess.label)
    return x, y, label


def _scales(table: Table, x: int, y: int, digest: str) -> tuple[bool, tuple[bool | None, bool | None]]:
    """Whether both axes have one scale; and which are logarithmic, where that is worth a question."""
    said, meant = words("data", "equal scales"), words("data", "equal scales help")
    equal = st.checkbox(said, key=f"csv_equal_scales_{digest}", help=meant)
    logs: list[bool | None] = [None, None]
    for axis, column in enumerate((x, y)):
        if not equal and may_be_logarithmic(table, column):
            # Another column has another key, so that each is offered as serves it best.
            said = words("data", "logarithmic", name=plain(table.names[column]))
            wanted = wants_logarithm(table, column)
            logs[axis] = st.checkbox(said, wanted, key=f"csv_log_{axis}_{column}_{digest}")
    return equal, (logs[0], logs[1])


def _use(points: ImportedPoints, done: Callable[[], None]) -> None:
    """Show the points, and nothing before them."""
    data = DatasetSpec.of_points(points.X, points.class_indices, points.class_names)
    state.replace_data(data, points.units)
    done()
