"""What goes wrong with samplers, at one click."""

from __future__ import annotations

from typing import Any, NamedTuple

import streamlit as st

from pages.parts.text.story import tell
from pages.sample.langevin.sampler_settings import setting_key
from paradigms.experiments.sample.walks import usual_settings


class Failure(NamedTuple):
    """The target, and each side's sampler with the settings that are not its usual ones."""

    target: str
    left: tuple[str, dict[str, float]]
    right: tuple[str, dict[str, float]]

    def wanted(self) -> dict[str, Any]:
        """Every widget of the page that it sets, by key; steps are stops of their sliders."""
        values: dict[str, Any] = {"walk_target": self.target}
        for side in ("left", "right"):
            sampler, settings = getattr(self, side)
            values[f"walk_{side}"] = sampler
            for parameter, usual in usual_settings(sampler):
                values[setting_key(side, sampler, parameter)] = settings.get(parameter, usual)
        return values


FAILURES = {
    "step too large": Failure(
        "squiggle", ("unadjusted_langevin", {"step_size": 0.2}), ("metropolis_langevin", {"step_size": 0.2})
    ),
    "two islands": Failure(
        "two_islands", ("metropolis_langevin", {"step_size": 0.05}), ("parallel_tempering", {})
    ),
    "a ridge": Failure("banana", ("random_walk_metropolis", {"step_size": 0.14}), ("hamiltonian", {})),
    "a funnel": Failure("funnel", ("hamiltonian", {"step_size": 0.41}), ("no_u_turn", {"step_size": 0.2})),
}


def failures() -> None:
    """Buttons that set everything so that one can see what goes wrong, and what that is, while it stands."""
    with st.container(horizontal=True, key="failures"):
        for name, failure in FAILURES.items():
            if st.button(name.capitalize(), key=f"failure_{name}"):
                st.session_state["failure"] = name
                st.session_state.update(failure.wanted())
    shown, chosen = st.session_state.get("failure"), st.session_state
    if shown and all(chosen.get(key, value) == value for key, value in FAILURES[shown].wanted().items()):
        tell("langevin", shown)
