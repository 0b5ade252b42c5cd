"""A button for another draw of the same thing."""

from __future__ import annotations

import streamlit as st

from pages.parts.workspace.setting import Setting

_MANY = 10_000


def seed_setting(name: str, **about: bool) -> Setting:
    """The seed of what the button with the key ``name`` draws anew."""
    return Setting(f"{name}_seed", 0, low=0, high=_MANY - 1, **about)


def seed_of(setting: Setting, label: str) -> int:
    """Another one after each press of the button with that ``label``."""
    if st.button(label, key=setting.name.removesuffix("_seed")):
        next_seed(setting)
    return setting.value


def next_seed(setting: Setting) -> None:
    setting.set((setting.value + 1) % _MANY)
