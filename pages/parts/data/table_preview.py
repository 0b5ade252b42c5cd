"""The first rows of a table, with the columns that are taken marked."""

from __future__ import annotations

import streamlit as st

from pages.parts.text.story import plain, words
from paradigms.data.tables.table import Table

N_ROWS, MOST_COLUMNS, LONGEST_CELL = 5, 7, 18


def preview(table: Table, x: int, y: int, label: int | None) -> None:
    """Five rows; the columns of x₁, x₂ and the label stand out, and some of the others are there too."""
    roles = {label: words("data", "is the label"), y: "x₂", x: "x₁"}
    others = [place for place in range(len(table.names)) if place not in roles]
    shown = sorted([place for place in roles if place is not None] + others[: MOST_COLUMNS - len(roles)])
    header = [plain(table.names[place]) + (f" → {roles[place]}" if place in roles else "") for place in shown]
    rows = [header, ["---"] * len(shown)]
    for row in range(min(N_ROWS, table.n_rows)):
        cells = [plain(_short(table.columns[place][row])) for place in shown]
        rows.append(
            [
                f"**{cell}**" if cell and place in roles else cell
                for place, cell in zip(shown, cells, strict=True)
            ]
        )
    with st.container(key="csv_preview"):
        st.markdown("\n".join(f"| {' | '.join(row)} |" for row in rows))
        left_out = len(table.names) - len(shown)
        if left_out:
            st.caption(words("data", "more columns", n=str(left_out)))


def _short(cell: str) -> str:
    cell = " ".join(cell.split())
    return cell if len(cell) <= LONGEST_CELL else f"{cell[: LONGEST_CELL - 1]}…"
