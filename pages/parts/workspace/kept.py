"""What a page keeps of a visit besides its settings: it is in no link, and ends with the session."""

from __future__ import annotations

from collections.abc import Callable
from typing import Generic, TypeVar

import streamlit as st

Value = TypeVar("Value")


class Kept(Generic[Value]):
    """One thing that is kept under a ``name`` of its own, ``make``-d where it is not there yet.

    ``value`` can be read and set; what is kept may also be changed in place.
    """

    def __init__(self, name: str, make: Callable[[], Value]) -> None:
        self._key, self._make = f"kept/{name}", make

    @property
    def value(self) -> Value:
        if self._key not in st.session_state:
            st.session_state[self._key] = self._make()
        return st.session_state[self._key]

    @value.setter
    def value(self, value: Value) -> None:
        st.session_state[self._key] = value
