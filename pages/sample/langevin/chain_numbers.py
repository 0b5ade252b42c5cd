"""What is to be thought of one chain, in four numbers."""

from __future__ import annotations

import streamlit as st

from pages.parts.text.numbers import UNKNOWN, rounded
from pages.parts.text.story import words
from paradigms.experiments.sample.chain_verdict import Verdict
from paradigms.experiments.sample.walks import chain_samplers

MOST_R_HAT = 99.0


def verdict_numbers(sampler: str, verdict: Verdict | None) -> None:
    """Four numbers, or as many dashes; each says what it means when it is hovered over or focused."""
    accepted, effective, r_hat, distance, floor = [UNKNOWN] * 5
    if verdict:
        accepted = "all" if verdict.accepted is None else f"{100 * verdict.accepted:.0f} %"
        effective = f"{verdict.effective:,.0f} of {verdict.n_draws:,}"
        r_hat = _r_hat(verdict.r_hat)
        distance, floor = rounded(verdict.distance, 3), rounded(verdict.floor, 3)
    with st.container(horizontal=True):
        label = "moved" if sampler == "no_u_turn" else "accepted"
        st.metric(label, accepted, help=_meaning_of_accepted(sampler, verdict))
        st.metric("worth, draws", effective, help=words("langevin", "effective"))
        st.metric("R̂", r_hat, help=words("langevin", "r hat"))
        st.metric(f"distance (fresh: {floor})", distance, help=words("langevin", "distance"))


def _meaning_of_accepted(sampler: str, verdict: Verdict | None) -> str:
    """Timid and bold are words for proposals whose reach is set, and only where these can be refused."""
    if verdict and verdict.accepted is None:
        return words("langevin", "never refused")
    if sampler == "no_u_turn":
        return words("langevin", "moved")
    has_a_step = any(control.parameter == "step_size" for control in chain_samplers()[sampler].controls)
    return words("langevin", "accepted" if has_a_step else "accepted by design")


def _r_hat(value: float | None) -> str:
    """Where chains stand still without moving at all, R̂ has no bound."""
    return UNKNOWN if value is None else "∞" if value > MOST_R_HAT else rounded(value)
