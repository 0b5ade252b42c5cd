"""What goes wrong with samplers, at one click."""

from __future__ import annotations

from typing import Any

import streamlit as st

from pages.parts import pickers
from pages.parts.story import tell
from pages.parts.walking import setting_key
from paradigms.experiments.walks import chain_samplers

# The target, both samplers, and what is turned on them.
FAILURES: dict[str, tuple[str, dict[str, tuple[str, dict[str, Any]]]]] = {
    "step too large": ("squiggle", {
        "left": ("unadjusted_langevin", {"step_size": 0.19}),
        "right": ("metropolis_langevin", {"step_size": 0.19})}),
    "two islands": ("two_islands", {
        "left": ("metropolis_langevin", {"step_size": 0.05}),
        "right": ("parallel_tempering", {})}),
    "a ridge": ("banana", {
        "left": ("random_walk_metropolis", {"step_size": 0.15}),
        "right": ("hamiltonian", {})}),
    "a funnel": ("funnel", {
        "left": ("hamiltonian", {"step_size": 0.4}),
        "right": ("no_u_turn", {"step_size": 0.05})}),
}  # fmt: skip


def failures() -> None:
    """Buttons that set everything so that one can see what goes wrong."""
    with st.container(horizontal=True, key="failures"):
        for name, (target, sides) in FAILURES.items():
            if st.button(name.capitalize(), key=f"failure_{name}"):
                st.session_state["walk_target"], st.session_state["failure"] = target, name
                for side, (sampler, settings) in sides.items():
                    st.session_state[f"walk_{side}"] = sampler
                    for control in chain_samplers()[sampler].controls:
                        usual = pickers.defaults(chain_samplers()[sampler].estimator)[control.parameter]
                        st.session_state[setting_key(side, sampler, control.parameter)] = settings.get(
                            control.parameter, usual
                        )
    shown = st.session_state.get("failure")
    if shown and _stands(*FAILURES[shown]):
        tell("langevin", shown)


def _stands(target: str, sides: dict[str, tuple[str, dict[str, Any]]]) -> bool:
    """Whether that is still what is chosen: a sentence about something else would mislead."""
    chosen = st.session_state
    samplers = all(chosen.get(f"walk_{side}") == sampler for side, (sampler, _) in sides.items())
    return samplers and chosen.get("walk_target") == target
