"""The address holds the workspace as it changes; a button copies it."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

import streamlit as st

from pages.parts.component.address import address
from pages.parts.text.story import words
from pages.parts.workspace.arrival import SAID
from pages.parts.workspace.data_settings import preset
from pages.parts.workspace.kept import Kept
from pages.parts.workspace.workspace import Workspace

# The last request for a link, and the word that it was, None until that is known.
SHARED: Kept[tuple[str, str | None]] = Kept("shared", lambda: ("", ""))
# The word in the address, and how many there were before.
WORD: Kept[tuple[str | None, int]] = Kept("word", lambda: (None, 0))


def share_button() -> None:
    if st.button(words("link", "share"), icon=":material/share:", key="share"):
        SHARED.value = uuid4().hex, None


def keep_address(page: str) -> None:
    """Call it once a run, before the page, with the page's own address."""
    whole = Workspace.read(page)
    fitting = whole.fitting_a_link
    word, version = fitting.word, _version_of(fitting.word)
    request, shared = SHARED.value
    if shared is None:
        shared = word
        SHARED.value = request, shared
    asked_for = request and shared == word
    address(word, page, version, _said(request, whole, fitting) if asked_for else None, "address")


def correct_address(page: str, key: str) -> None:
    """Call it where something may have been set since, at the end of a page or a fragment."""
    word = Workspace.read(page).fitting_a_link.word
    if word != WORD.value[0]:
        address(word, page, _version_of(word), None, f"address_{key}")


def _version_of(word: str) -> int:
    """How many words there have been: the same word again is news where another one was between."""
    last, version = WORD.value
    if last not in (None, word):
        version += 1
        SAID.value = ""
    WORD.value = word, version
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
