"""What two walks say of their target, beside what is true of it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
import streamlit as st

from pages.parts import cached
from pages.parts.chart import chart, chart_of_column
from pages.parts.numbers import UNKNOWN, rounded
from pages.parts.places import of_spread, spread
from pages.parts.recorded import recorded
from pages.parts.story import plain, tell, words
from pages.parts.subjects import units
from paradigms.data.tables.transform import Axis
from paradigms.experiments.chain_verdict import Verdict, bias_of_unadjusted_steps
from paradigms.experiments.walks import chain_samplers
from paradigms.figures import chains
from paradigms.scene.axes import named_axes

N_TRUE = 4000
MOST_R_HAT = 99.0


def verdict_numbers(sampler: str, verdict: Verdict) -> None:
    """Four numbers; each says what it means when it is hovered over or focused."""
    accepted = "all" if verdict.accepted is None else f"{100 * verdict.accepted:.0f} %"
    with st.container(horizontal=True):
        label = "moved" if sampler == "no_u_turn" else "accepted"
        st.metric(label, accepted, help=_meaning_of_accepted(sampler, verdict))
        effective = f"{verdict.effective:,.0f} of {verdict.n_draws:,}"
        st.metric("worth, draws", effective, help=words("langevin", "effective"))
        st.metric("R̂", _r_hat(verdict.r_hat), help=words("langevin", "r hat"))
        label = f"distance (fresh: {rounded(verdict.floor, 3)})"
        st.metric(label, rounded(verdict.distance, 3), help=words("langevin", "distance"))


def _meaning_of_accepted(sampler: str, verdict: Verdict) -> str:
    """Timid and bold are words for proposals whose reach is set, and only where these can be refused."""
    if verdict.accepted is None:
        return words("langevin", "never refused")
    if sampler == "no_u_turn":
        return words("langevin", "moved")
    has_a_step = any(control.parameter == "step_size" for control in chain_samplers()[sampler].controls)
    return words("langevin", "accepted" if has_a_step else "accepted by design")


def _r_hat(value: float | None) -> str:
    """Where chains stand still without moving at all, R̂ has no bound."""
    return UNKNOWN if value is None else "∞" if value > MOST_R_HAT else rounded(value)


def believe(verdicts: Mapping[str, Verdict], truth: Any) -> None:
    """How soon the chains forget, and the histograms of both coordinates; ``verdicts`` by side.

    Chains that were lost have nothing to say.
    """
    titles = {side: chain_samplers()[st.session_state[f"walk_{side}"]].title for side in verdicts}
    named = {f"{side}: {titles[side]}": verdict for side, verdict in verdicts.items()}
    draws = {name: verdict.draws for name, verdict in named.items() if not verdict.problem}
    true = recorded(truth, true_draws, truth)
    first, *others = st.columns(3, gap="medium")
    with first:
        curves = {
            name: verdict.correlation for name, verdict in named.items() if verdict.correlation is not None
        }
        left = {
            side: UNKNOWN if verdict.correlation is None else rounded(verdict.correlation[-1])
            for side, verdict in verdicts.items()
        }
        if curves:
            lags = str(len(next(iter(curves.values()))) - 1)
            said = words("langevin", "correlation curve", lags=lags, **left)
            chart(chains.autocorrelations(curves), said, key="correlation")
        else:
            tell("langevin", "no chains")
    for column, place in enumerate(others):
        name, axis = named_axes(units())[column]
        with place:
            figure = chains.marginals(draws, true, column)
            numbers = {
                side: UNKNOWN if verdict.problem else _mean_and_deviation(verdict.draws[:, column], axis)
                for side, verdict in verdicts.items()
            }
            told = _mean_and_deviation(true[:, column], axis)
            about = plain(of_spread(name, axis))
            said = words("langevin", "marginal curve", name=about, truth=told, **numbers)
            chart_of_column(figure, said, f"marginal_{column}", units(), column)


def true_draws(truth: Any) -> np.ndarray:
    return truth.sample(N_TRUE, 0)


def bias() -> None:
    """Of the unadjusted step on N(0, 1), measured beside its formula."""
    steps, measured = cached.once(bias_of_unadjusted_steps)
    one = int(np.flatnonzero(steps == 1)[0])
    said = words("langevin", "bias curve", measured=rounded(measured[one]), formula=rounded(1 / (1 - 1 / 2)))
    chart(chains.bias_of_the_step(steps, measured), said, key="bias_curve")


def _mean_and_deviation(values: np.ndarray, axis: Axis) -> str:
    return spread(axis, float(values.mean()), float(values.std()))
