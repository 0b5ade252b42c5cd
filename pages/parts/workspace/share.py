"""The address holds the workspace as it changes; a button copies it."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

import streamlit as st

from pages.parts.component.address import address
from pages.parts.text.story import words
from pages.parts.workspace.data_settings import preset
from pages.parts.workspace.workspace import Workspace


def share_button() -> None:
    if st.button(words("link", "share"), icon=":material/share:", key="share"):
        st.session_state["shared"] = (uuid4().hex, None)


def keep_address(page: str) -> None:
    """Call it once a run, before the page, with the page's own address."""
    whole = Workspace.read(page)
    fitting = whole.fitting_a_link
    word, version = fitting.word, _version_of(fitting.word)
    request, shared = st.session_state.get("shared", ("", ""))
    if shared is None:
        st.session_state["shared"] = (request, shared := word)
    asked_for = request and shared == word
    address(word, page, version, _said(request, whole, fitting) if asked_for else None, "address")


def correct_address(page: str, key: str) -> None:
    """Call it where something may have been set since, at the end of a page or a fragment."""
    word = Workspace.read(page).fitting_a_link.word
    if word != st.session_state["word"][0]:
        address(word, page, _version_of(word), None, f"address_{key}")


def _version_of(word: str) -> int:
    """How many words there have been: the same word again is news where another one was between."""
    last, version = st.session_state.get("word", (word, 0))
    if last != word:
        version += 1
        st.session_state["said_on_arrival"] = ""
    st.session_state["word"] = (word, version)
    return version


def _said(request: str, whole: Workspace, fitting: Workspace) -> dict[str, Any]:
    """In the words of the browser's answer, which alone knows whether it may copy.

    It copies once for each ``request``, which is like no other: a tab may outlive the session that it was in.
    """
    copied, not_copied = words("link", "copied"), words("link", "not copied")
    if whole.drawn and not fitting.drawn:
        left = {"n": f"{whole.drawn.size:,}", "title": preset().title}
        copied = words("link", "copied without points", **left)
        not_copied = words("link", "not copied without points", **left)
    return {"request": request, "label": words("link", "address"), "copied": copied, "not copied": not_copied}
