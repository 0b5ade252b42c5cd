"""A part of a page that looks again and again at what is under way: less often where much waits its turn."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from jobs import lanes

SECONDS, MOST_SECONDS = 0.5, 4.0  # between two looks
UNHURRIED = 10  # that wait before anybody looks less often: their turns take longer to come than a look


def look_again(look: Callable[[], None], *, and_again: bool) -> None:
    """``look`` now, and over and over if it is to do so again; every look but the first may run the page."""
    seconds, is_first = _seconds(), True

    @st.fragment(run_every=seconds if and_again else None)
    def looks() -> None:
        nonlocal is_first
        look()
        if and_again and not is_first and not seconds / 4 < _seconds() < 2 * seconds:
            st.rerun()  # a fragment keeps its interval until the page runs
        is_first = False

    looks()


def _seconds() -> float:
    return min(SECONDS * max(lanes.n_waiting() / UNHURRIED, 1.0), MOST_SECONDS)
