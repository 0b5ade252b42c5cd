"""What goes wrong with samplers, at one click."""

from __future__ import annotations

from typing import Any, NamedTuple

import streamlit as st

from pages.parts.models.target_settings import TARGET
from pages.parts.text.story import tell
from pages.parts.workspace.workspace import Workspace
from pages.sample.langevin.sampler_settings import SAMPLER, controls_of


class Failure(NamedTuple):
    """The target, and each side's sampler with the settings that are not its usual ones."""

    target: str
    left: tuple[str, dict[str, float]]
    right: tuple[str, dict[str, float]]

    @property
    def workspace(self) -> Workspace:
        """All that it sets; steps are stops of their sliders."""
        settings: dict[str, Any] = {TARGET.name: self.target}
        for side in ("left", "right"):
            sampler, turned = getattr(self, side)
            settings[SAMPLER[side].name] = sampler
            for parameter, setting in controls_of(side, sampler).items():
                settings[setting.name] = turned.get(parameter, setting.default)
        return Workspace(settings)


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
            st.button(name.capitalize(), key=f"failure_{name}", on_click=failure.workspace.apply)
    for name, failure in FAILURES.items():
        if failure.workspace.is_in_place():
            tell("langevin", name)
