"""Points in from a table that is uploaded or pasted, and out again."""

from __future__ import annotations

from functools import partial

import streamlit as st
from streamlit.runtime.uploaded_file_manager import UploadedFile

from pages.parts.data.table_offer import Given, offer
from pages.parts.text.story import plain, words
from pages.parts.workspace import state
from pages.parts.workspace.kept import Kept
from pages.parts.workspace.passing import close, held
from paradigms.data.bad_data import BadData
from paradigms.data.tables.writing import write_csv

GIVEN: Kept[Given | None] = Kept("given_table", lambda: None)


def tables() -> None:
    """Upload or paste, see which columns were guessed, change them, take the points; or download."""
    with st.container(horizontal=True, vertical_alignment="bottom", gap="small", key="csv_sources"):
        st.file_uploader(words("data", "upload"), key="csv_file", on_change=_take_upload)
        shape = {"height": 80, "placeholder": "x1,x2,label"}
        st.text_area(words("data", "paste"), key="csv_text", on_change=_take_paste, **shape)
    if GIVEN.value is not None:
        try:
            offer(GIVEN.value, _done)
        except BadData as problem:
            st.error(f"{plain(str(problem))} Your points are kept.")
    data = state.dataset()
    # Bound now: a download is written later, outside of this session.
    write = partial(write_csv, data, state.units())
    st.download_button(
        words("data", "download"),
        write,
        "two-souls.csv",
        "text/csv",
        key="csv_download",
        on_click="ignore",
        disabled=len(data) == 0,
    )
    if state.units():
        st.caption(words("data", "download help"))


def _take_upload() -> None:
    _give(_uploaded() or _pasted())


def _take_paste() -> None:
    _give(_pasted() or _uploaded())


def _give(given: Given | None) -> None:
    """What was given last counts; what is taken back leaves the other, if there is one."""
    GIVEN.value = given


def _done() -> None:
    GIVEN.value = None
    close("table")


def _uploaded() -> Given | None:
    upload = held("csv_file")
    # A file that the server no longer has comes as something else, without content.
    return Given(upload.getvalue(), upload.name) if isinstance(upload, UploadedFile) else None


def _pasted() -> Given | None:
    text = held("csv_text")
    return Given(text, "") if text else None
