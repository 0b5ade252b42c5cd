"""A setting: one thing that a visitor can turn, declared once, with all that a widget or a link must know.

Declared at the head of the module whose widget it is, and drawn there by ``value = STEPS.widget()``. Settings
that the registries bring forth, such as the controls of every model, are declared by a function that yields
them (``declared.family``). There is no list of them anywhere: what is imported is declared.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

import streamlit as st

DECLARED: dict[str, Setting] = {}


class Setting:
    """``name`` is the widget's key, and what the setting is called in a link.

    ``default`` and ``choices`` may be functions, where they depend on another setting or on a registry.
    Without choices it is a switch, or a number from ``low`` to ``high``, or what ``check`` answers with (it
    raises ValueError for anything else). ``look`` is Streamlit's widget, unless that follows from the rest;
    ``about`` goes to it. One that is set ``with_data`` is forgotten when the points change.
    """

    def __init__(
        self,
        name: str,
        default: Any,
        text: str = "",
        *,
        choices: Any = (),
        low: float | None = None,
        high: float | None = None,
        look: str = "",
        check: Callable[[Any], Any] | None = None,
        with_data: bool = False,
        **about: Any,
    ) -> None:
        self.name, self.text, self.with_data = name, text, with_data
        self._default, self._choices, self._check = default, choices, check
        self.low, self.high, self._look, self._about = low, high, look, about
        DECLARED[name] = self

    @property
    def default(self) -> Any:
        return self._default() if callable(self._default) else self._default

    @property
    def choices(self) -> tuple[Any, ...]:
        return tuple(self._choices() if callable(self._choices) else self._choices)

    @property
    def value(self) -> Any:
        """What it is set to, wherever its widget stands."""
        return st.session_state.get(self.name, self.default)

    def set(self, value: Any) -> None:
        """From elsewhere than its widget, before that is drawn."""
        st.session_state[self.name] = value

    def forget(self) -> None:
        """Back to its default, as that is now."""
        if self.name in st.session_state:
            self.set(self.default)

    def widget(self, text: str | None = None, *, choices: Iterable[Any] | None = None, **about: Any) -> Any:
        """Draw it; answers with its value. ``choices`` are those of its own that there are at this place."""
        offered = self.choices if choices is None else tuple(choices)
        value, look = self.value, self._look
        if offered and value not in offered:
            far = (lambda choice: abs(choice - value)) if look == "select_slider" else offered.index
            value = min(offered, key=far)
        if self.name not in st.session_state or st.session_state[self.name] != value:
            self.set(value)
        shown = {"key": self.name, "persist_state": "session", **self._about, **about}
        label = self.text if text is None else text
        if offered:
            return getattr(st, look or "selectbox")(label, offered, **shown)
        if isinstance(value, bool):
            return getattr(st, look or "toggle")(label, **shown)
        return getattr(st, look or "slider")(label, self.low, self.high, **shown)

    def checked(self, told: Any) -> Any:
        """A value from outside, as the widget holds it. Raises ValueError for one that no widget can have."""
        if self._check is not None:
            return self._check(told)
        if choices := self.choices:
            for choice in choices:
                if choice == told and type(choice) is type(told):
                    return choice
        elif isinstance(usual := self.default, bool):
            if isinstance(told, bool):
                return told
        elif isinstance(told, int | float) and not isinstance(told, bool):
            whole = isinstance(usual, int)
            if self.low <= told <= self.high and (not whole or isinstance(told, int)):
                return told if whole else float(told)
        raise ValueError(f"“{self.name}” cannot be set to {str(told)[:40]!r}.")
