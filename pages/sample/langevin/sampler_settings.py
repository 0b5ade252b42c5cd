"""Which sampler walks on a side of the page, and how it is set."""

from __future__ import annotations

import streamlit as st

from pages.parts.models import pickers
from pages.parts.models.targets import Subject
from paradigms import registry
from paradigms.experiments.sample.walks import Settings, chain_samplers

# Both usually step alike, so that what differs is the correction.
USUAL_STEP = {"unadjusted_langevin": 0.1}


def setting_key(side: str, sampler: str, parameter: str) -> str:
    return f"walk_{side}_{sampler}_{parameter}"


def pick_sampler(side: str, subject: Subject) -> str:
    """The name of the one that was chosen, of those that can walk there."""
    cards, able, key = chain_samplers(), subject.samplers, f"walk_{side}"
    usually = {"left": "unadjusted_langevin", "right": "metropolis_langevin"}[side]
    if st.session_state.setdefault(key, usually) not in able:
        st.session_state[key] = able[-1]
    return st.selectbox(
        f"Sampler {side}", able, format_func=lambda name: cards[name].title, key=key,
        persist_state="session", label_visibility="collapsed",
    )  # fmt: skip


def settings_of(side: str, sampler: str) -> Settings:
    """What its controls are set to."""
    card = chain_samplers()[sampler]
    usual, settings = registry.defaults(card.estimator), []
    for control in card.controls:
        if control.parameter != "n_steps":
            key = setting_key(side, sampler, control.parameter)
            value = usual[control.parameter]
            if control.parameter == "step_size":
                value = USUAL_STEP.get(sampler, value)
            settings.append((control.parameter, pickers.control_widget(control, value, key)))
    return tuple(settings)
