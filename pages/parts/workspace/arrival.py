"""The link of an address, applied once, when a session begins; and what is said where it could not be."""

from __future__ import annotations

from collections.abc import Callable
from urllib.parse import parse_qs, urlsplit

import streamlit as st
from streamlit.runtime.scriptrunner import get_script_run_ctx

from pages.parts.text.story import plain, words
from pages.parts.workspace.kept import Kept
from pages.parts.workspace.link import PARAMETER, BadLink
from pages.parts.workspace.workspace import Workspace

_LONGEST_NAME, _MOST_NAMES = 40, 5
_ARRIVED, SAID = Kept("arrived", bool), Kept("said_on_arrival", str)


def arrive(declare: Callable[[], None]) -> None:
    """Apply it, before any widget is drawn; ``declare`` imports what declares the settings of all pages."""
    if _ARRIVED.value:
        return
    _ARRIVED.value = True
    if word := _word():
        declare()
        try:
            told = Workspace.of_word(word)
            told.apply(on_arrival=True)
            SAID.value = _left_out(told.left_out)
        except BadLink as problem:
            SAID.value = str(problem)


def say_what_became_of_it() -> None:
    """Until something is changed."""
    if SAID.value:
        st.warning(SAID.value)


def _word() -> str:
    """The word in the address as it stands in the browser.

    Streamlit's own record of the query is that of the page's opening, which is old when a tab comes back and
    finds its session gone.
    """
    context = get_script_run_ctx(suppress_warning=True)
    browser = context.context_info.url if context and context.context_info else ""
    there = parse_qs(urlsplit(browser).query).get(PARAMETER)
    return there[-1] if there else st.query_params.get(PARAMETER, "")


def _left_out(names: tuple[str, ...]) -> str:
    if not names:
        return ""
    told = ", ".join(plain(str(name)[:_LONGEST_NAME]) for name in names[:_MOST_NAMES])
    told += ", …" if len(names) > _MOST_NAMES else ""
    if len(names) == 1:
        return words("link", "one left out", names=told)
    return words("link", "some left out", n=str(len(names)), names=told)
