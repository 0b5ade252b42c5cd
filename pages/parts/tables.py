"""Points in from a table of comma-separated values, and out again."""

from __future__ import annotations

import streamlit as st

from paradigms.data import comma_separated
from paradigms.data.dataset import BadData
from paradigms.data.dataset_spec import DatasetSpec
from pages.parts import state

NO_LABEL = "(no label: one class)"


def tables() -> None:
    """Upload or paste, see which columns were guessed, change them, take the points; or download."""
    upload = st.file_uploader("A CSV file (at most 5 MB)", key="csv_file", type=["csv", "tsv", "txt"])
    pasted = st.text_area("or paste it here", key="csv_text", height=100, placeholder="x1,x2,label")
    source = upload.getvalue() if upload is not None else pasted
    if source:
        try:
            _import(comma_separated.read_table(source))
        except BadData as problem:
            st.error(f"{problem} Your points are kept.")
    st.download_button(
        "Download these points",
        lambda: comma_separated.write_csv(state.dataset()),
        "two-souls.csv",
        "text/csv",
        on_click="ignore",
        disabled=len(state.dataset().X) == 0,
    )


def _import(table: comma_separated.Table) -> None:
    guess = comma_separated.guess_columns(table)
    columns = list(table.columns)
    x = st.selectbox("x₁", columns, columns.index(guess.x), key="csv_x")
    y = st.selectbox("x₂", columns, columns.index(guess.y), key="csv_y")
    labels = [NO_LABEL, *columns]
    label = st.selectbox("Label", labels, labels.index(guess.label or NO_LABEL), key="csv_label")
    points = comma_separated.table_to_points(table, x, y, None if label == NO_LABEL else label)
    for note in points.notes:
        st.caption(note)
    if st.button(f"Use these {len(points.X)} points", type="primary", key="csv_use"):
        state.replace_data(DatasetSpec.of_points(points.X, points.slots, points.class_names))
        st.rerun()
