"""What two samplers walk over, and the settings that show what goes wrong."""

from __future__ import annotations

from typing import Any, NamedTuple

import streamlit as st

from pages.parts import pickers, state
from pages.parts.story import tell, words
from pages.parts.trainer import learned_distribution
from paradigms import registry
from paradigms.evaluation.assessment import DistributionAssessment
from paradigms.experiments.walks import chain_samplers

FITTED = "fitted"
# What goes wrong at one click: the target, both samplers, and what is turned on them.
FAILURES: dict[str, tuple[str, dict[str, tuple[str, dict[str, Any]]]]] = {
    "step too large": ("squiggle", {
        "left": ("unadjusted_langevin", {"step_size": 0.19}),
        "right": ("metropolis_langevin", {"step_size": 0.19})}),
    "two islands": ("two_islands", {
        "left": ("metropolis_langevin", {"step_size": 0.05}),
        "right": ("parallel_tempering", {})}),
    "a ridge": ("banana", {
        "left": ("random_walk_metropolis", {"step_size": 2.5}),
        "right": ("hamiltonian", {})}),
    "a funnel": ("funnel", {
        "left": ("hamiltonian", {"step_size": 0.4}),
        "right": ("no_u_turn", {"step_size": 0.05})}),
}  # fmt: skip


class Subject(NamedTuple):
    """What is walked over: its ``density``, and the ``truth`` that draws are compared with."""

    density: Any
    truth: Any


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


def pick_subject() -> Subject | None:
    """A formula, or the visitor's own fitted distribution."""
    targets = registry.targets()
    titles = {name: target.title for name, target in targets.items()} | {FITTED: "Your own distribution"}
    name = st.selectbox(
        "The density",
        list(titles),
        format_func=titles.__getitem__,
        key="walk_target",
        persist_state="session",
    )
    if name != FITTED:
        st.caption(targets[name].hard)
        return Subject(targets[name].distribution, targets[name].distribution)
    choice = pickers.pick_distribution("distribution_model")
    assessment, refusal, _ = learned_distribution(choice, state.dataset())
    if not isinstance(assessment, DistributionAssessment):
        st.warning(refusal or words("langevin", "no density"))
        return None
    tell("langevin", "table", n=str(len(assessment.log_joint)))
    return Subject(assessment.table, assessment.model)


def setting_key(side: str, sampler: str, parameter: str) -> str:
    return f"walk_{side}_{sampler}_{parameter}"
