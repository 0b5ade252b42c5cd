"""All that a visitor can set: the settings of the modules that are imported, one by one and in families."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Any

import streamlit as st

from pages.parts.workspace.setting import DECLARED, Setting

_families: list[Callable[[], Iterable[Setting]]] = []


def family(of: Callable[[], Iterable[Setting]]) -> Callable[[], Iterable[Setting]]:
    """Declare all that a function yields, each the same one whenever it is called."""
    _families.append(of)
    return of


def settings() -> dict[str, Setting]:
    """Every one by its name."""
    for one_family in _families:
        tuple(one_family())
    return dict(DECLARED)


def changed() -> Iterator[tuple[str, Any]]:
    """What the visitor has turned, by name, with its value; what no widget can have is no such value."""
    for name in st.session_state:
        if name in DECLARED and (value := st.session_state[name]) != DECLARED[name].default:
            try:
                checked = DECLARED[name].checked(value)
            except ValueError:
                continue
            yield name, checked


def forget_with_data() -> None:
    """The points are others: what was asked of the old ones is at its default again."""
    for setting in list(DECLARED.values()):
        if setting.with_data:
            setting.forget()
