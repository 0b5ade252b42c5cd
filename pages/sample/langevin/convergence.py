"""Autocorrelations and marginals of two samplers beside the truth, and the bias of the unadjusted step."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
import streamlit as st

from pages.parts.charts.chart import chart, chart_of_column, no_chart_yet
from pages.parts.computing.place import place
from pages.parts.computing.results import computed
from pages.parts.models.targets import Subject, units
from pages.parts.text.numbers import UNKNOWN, rounded
from pages.parts.text.places import of_spread, spread
from pages.parts.text.story import plain, tell, words
from pages.sample.langevin.sampler_settings import SAMPLER
from paradigms.data.tables.transform import Axis
from paradigms.experiments.sample.chain_verdict import Verdict, bias_of_unadjusted_steps, true_draws
from paradigms.experiments.sample.walks import chain_samplers
from paradigms.figures import chains
from paradigms.scene.axes import named_axes


def diagnostics(verdicts: Mapping[str, Verdict | None], subject: Subject) -> None:
    """Autocorrelations, and the histograms of both coordinates; ``verdicts`` by side, where known.

    Chains that diverged are left out.
    """
    with place("believe", _no_charts_yet):
        if all(verdicts.values()):
            _diagnostics(verdicts, computed(subject.name, true_draws, subject.truth))
        else:
            _no_charts_yet(words("waiting", "no verdicts yet"))


def _no_charts_yet(dimmed: str, **_standing: Any) -> None:
    for column in st.columns(3, gap="medium"):
        with column:
            no_chart_yet(dimmed)


def _diagnostics(verdicts: Mapping[str, Verdict], true: np.ndarray) -> None:
    titles = {side: chain_samplers()[SAMPLER[side].value].title for side in verdicts}
    named = {f"{side}: {titles[side]}": verdict for side, verdict in verdicts.items()}
    draws = {name: verdict.draws for name, verdict in named.items() if not verdict.problem}
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
    for column, beside in enumerate(others):
        name, axis = named_axes(units())[column]
        with beside:
            figure = chains.marginals(draws, true, column)
            numbers = {
                side: UNKNOWN if verdict.problem else _mean_and_deviation(verdict.draws[:, column], axis)
                for side, verdict in verdicts.items()
            }
            told = _mean_and_deviation(true[:, column], axis)
            about = plain(of_spread(name, axis))
            said = words("langevin", "marginal curve", name=about, truth=told, **numbers)
            chart_of_column(figure, said, f"marginal_{column}", units(), column)


def bias() -> None:
    """Of the unadjusted step on N(0, 1), measured beside its formula."""
    with place("bias_curve", no_chart_yet):
        _bias(*computed("N(0, 1)", bias_of_unadjusted_steps))


def _bias(steps: np.ndarray, measured: np.ndarray) -> None:
    one = int(np.flatnonzero(steps == 1)[0])
    said = words("langevin", "bias curve", measured=rounded(measured[one]), formula=rounded(1 / (1 - 1 / 2)))
    chart(chains.bias_of_the_step(steps, measured), said, key="bias_curve")


def _mean_and_deviation(values: np.ndarray, axis: Axis) -> str:
    return spread(axis, float(values.mean()), float(values.std()))
