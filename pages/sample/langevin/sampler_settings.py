"""The sampler on a side of the page, and its settings."""

from __future__ import annotations

import streamlit as st

from pages.parts.models import pickers
from pages.parts.models.targets import Subject
from paradigms.experiments.sample.walks import Settings, chain_samplers, usual_settings

FIRST_SHOWN = {"left": "unadjusted_langevin", "right": "metropolis_langevin"}


def setting_key(side: str, sampler: str, parameter: str) -> str:
    return f"walk_{side}_{sampler}_{parameter}"


def pick_sampler(side: str, subject: Subject) -> str:
    """The name of the one that was chosen, of those that can run on the subject."""
    cards, able, key = chain_samplers(), subject.samplers, f"walk_{side}"
    if st.session_state.setdefault(key, FIRST_SHOWN[side]) not in able:
        st.session_state[key] = able[-1]
    return st.selectbox(
        f"Sampler {side}", able, format_func=lambda name: cards[name].title, key=key,
        persist_state="session", label_visibility="collapsed",
    )  # fmt: skip


def settings_of(side: str, sampler: str) -> Settings:
    """What its controls are set to."""
    controls = {control.parameter: control for control in chain_samplers()[sampler].controls}
    return tuple(
        (name, pickers.control_widget(controls[name], usual, setting_key(side, sampler, name)))
        for name, usual in usual_settings(sampler)
    )
