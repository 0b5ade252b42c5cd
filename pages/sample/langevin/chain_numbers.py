"""The diagnostics of a sampler's chains, in four numbers."""

from __future__ import annotations

import streamlit as st

from pages.parts.text.numbers import UNKNOWN, percent, rounded
from pages.parts.text.story import words
from paradigms.experiments.sample.chain_verdict import Verdict

MOST_R_HAT = 99.0


def verdict_numbers(sampler: str, verdict: Verdict | None) -> None:
    """Four numbers, or as many dashes; each says what it means when it is hovered over or focused."""
    accepted, effective, r_hat, distance, floor = [UNKNOWN] * 5
    if verdict:
        accepted = "all" if verdict.accepted is None else percent(verdict.accepted, 0)
        effective = f"{verdict.effective_sample_size:,.0f} of {verdict.n_draws:,}"
        r_hat = _r_hat(verdict.r_hat)
        distance, floor = rounded(verdict.distance, 3), rounded(verdict.floor, 3)
    with st.container(horizontal=True):
        label, meaning = (words(f"samplers/{sampler}", section) for section in ("share", "share means"))
        st.metric(label, accepted, help=meaning)
        st.metric("worth, draws", effective, help=words("langevin", "effective"))
        st.metric("R̂", r_hat, help=words("langevin", "r hat"))
        st.metric(f"distance (fresh: {floor})", distance, help=words("langevin", "distance"))


def _r_hat(value: float | None) -> str:
    """Where chains stand still without moving at all, R̂ has no bound."""
    return UNKNOWN if value is None else "∞" if value > MOST_R_HAT else rounded(value)
