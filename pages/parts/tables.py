"""Points in from a table of comma-separated values, and out again."""

from __future__ import annotations

import streamlit as st

from pages.parts import state
from pages.parts.story import plain
from paradigms.data.bad_data import BadData
from paradigms.data.comma_separated import Table, read_table, write_csv
from paradigms.data.dataset_spec import DatasetSpec
from paradigms.data.guessed_columns import guess_columns
from paradigms.data.imported_points import table_to_points

NO_LABEL = -1


def tables() -> None:
    """Upload or paste, see which columns were guessed, change them, take the points; or download."""
    upload = st.file_uploader("A CSV file (at most 5 MB)", key="csv_file", type=["csv", "tsv", "txt"])
    pasted = st.text_area("or paste it here", key="csv_text", height=100, placeholder="x1,x2,label")
    source = upload.getvalue() if upload is not None else pasted
    if source or upload is not None:  # an empty file is told that it is empty
        try:
            _import(_read(source))
        except BadData as problem:
            st.error(f"{plain(str(problem))} Your points are kept.")
    st.download_button(
        "Download these points",
        lambda: write_csv(state.dataset(), state.transform()),
        "two-souls.csv",
        "text/csv",
        on_click="ignore",
        disabled=len(state.dataset().X) == 0,
    )


def _read(source: str | bytes) -> Table:
    """The table, parsed once; a session keeps no more than the last one."""
    key, table = st.session_state.get("parsed_table", (None, None))
    if key != hash(source):
        table = read_table(source)
        st.session_state["parsed_table"] = (hash(source), table)
        for chosen in ("csv_x", "csv_y", "csv_label"):  # they were columns of the table before
            st.session_state.pop(chosen, None)
    return table


def _import(table: Table) -> None:
    guess = guess_columns(table)
    columns = list(range(len(table.names)))
    x, y = (
        st.selectbox(name, columns, index, format_func=table.names.__getitem__, key=key)
        for name, index, key in (("x₁", guess.x, "csv_x"), ("x₂", guess.y, "csv_y"))
    )
    label = st.selectbox(
        "Label",
        [NO_LABEL, *columns],
        0 if guess.label is None else guess.label + 1,
        format_func=lambda index: "(no label: one class)" if index == NO_LABEL else table.names[index],
        key="csv_label",
    )
    points = table_to_points(table, x, y, None if label == NO_LABEL else label)
    for note in points.notes:
        st.caption(plain(note))
    if st.button(f"Use these points ({len(points.X)})", type="primary", key="csv_use"):
        state.replace_data(
            DatasetSpec.of_points(points.X, points.slots, points.class_names), points.transform
        )
        st.rerun()
