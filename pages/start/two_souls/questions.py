"""What one can ask of a distribution, and what a function answers to the same question."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import streamlit as st

from pages.parts.computing.results import recorded
from pages.parts.text.numbers import log_density
from pages.parts.text.story import heading, tell, words
from pages.parts.workspace.seeds import next_seed, seed_setting
from pages.parts.workspace.setting import Setting
from paradigms.anomaly.max_softmax import MaxSoftmax
from paradigms.anomaly.negative_log_density import NegativeDensity
from paradigms.data.dataset import MAX_CLASSES, Dataset
from paradigms.fits.assessment import Assessment
from paradigms.fits.point_reading import SURE
from paradigms.protocols import JointModel

N_SAMPLES = 200
ALL_CLASSES = -1
SAMPLE_SEED = seed_setting("sample", with_data=True)  # 0: none are drawn
SAMPLE_CLASS = Setting(
    "sample_class",
    ALL_CLASSES,
    "Classes to draw",
    choices=(ALL_CLASSES, *range(MAX_CLASSES)),
    label_visibility="collapsed",
)
QUANTILE = Setting(
    "anomaly_quantile", 0, words("playground", "anomaly quantile"), low=0, high=25, format="%d %%"
)

Drawing = Callable[[Assessment | None], tuple[np.ndarray, np.ndarray] | None]
Search = Callable[[Assessment | None], tuple[np.ndarray, float] | tuple[None, None]]


def ask_for_samples(distribution: Assessment | None, data: Dataset) -> Drawing:
    """The sampling buttons; answers how to draw labelled points ``(n, 2), (n,)`` while they are wanted.

    A way to draw them and not the points: while a training runs each look has its own.
    """
    heading("playground", "sampling")
    class_names = data.class_names
    # One that is still fitted will know the classes of the data: the choice waits for it.
    class_indices = distribution.labels if distribution else np.unique(data.y).tolist()
    with st.container(horizontal=True, vertical_alignment="bottom", gap="small", key="sampling"):
        if st.button(f"Draw {N_SAMPLES} new points", key="sample", disabled=distribution is None):
            next_seed(SAMPLE_SEED)
        chosen = SAMPLE_CLASS.widget(
            choices=[ALL_CLASSES, *class_indices],
            format_func=lambda of: "all classes" if of == ALL_CLASSES else f"{class_names[of]} only",
        )
        if SAMPLE_SEED.value and st.button("Back to the data", key="sample_back"):
            SAMPLE_SEED.set(0)
            st.rerun()
    seed = SAMPLE_SEED.value
    if not seed or distribution is None:
        tell("playground", "samples off")
        return lambda assessment: None
    if chosen == ALL_CLASSES:
        tell("playground", "samples shown", n=str(N_SAMPLES))
    else:
        tell("playground", "samples of one class", n=str(N_SAMPLES), **{"class": class_names[chosen]})

    def drawn(assessment: Assessment | None) -> tuple[np.ndarray, np.ndarray] | None:
        if assessment is None:
            return None
        return recorded(assessment.digest, _draw, assessment.model, label=chosen, seed=seed)

    return drawn


def _draw(model: JointModel, label: int, seed: int) -> tuple[np.ndarray, np.ndarray]:
    if label == ALL_CLASSES:
        return model.sample_joint(N_SAMPLES, random_state=seed)
    labels = np.full(N_SAMPLES, label)
    return model.sample_given(labels, random_state=seed), labels


def ask_for_anomalies(
    data: Dataset, function: Assessment | None, distribution: Assessment | None, learning: bool
) -> Search:
    """The quantile slider; answers how to find the points ``(n,)`` below the frontier, and its level."""
    heading("playground", "anomalies")
    percent = QUANTILE.widget()

    def search(assessment: Assessment | None) -> tuple[np.ndarray, float] | tuple[None, None]:
        if not percent or not assessment or not assessment.density or not assessment.held_out.n:
            return None, None
        level = assessment.density.frontier_level(percent / 100)
        score = NegativeDensity(assessment.model).anomaly_score
        return recorded(assessment.digest, score, data.X) > -level, level

    if distribution and not distribution.density:
        tell("playground", "no density to rank by")
    elif percent and distribution is not None and not distribution.held_out.n:
        tell("playground", "no held-out points to rank by")
    elif percent and learning:
        tell("playground", "anomalies move")
    else:
        _tell_of_the_strange(*search(distribution), data, function, distribution)
    return search


def _tell_of_the_strange(
    strange: np.ndarray | None,
    level: float | None,
    data: Dataset,
    function: Assessment | None,
    distribution: Assessment | None,
) -> None:
    if strange is None:
        tell("playground", "anomalies off")
        return
    shown = {"level": log_density(level, distribution.density.kind)}
    counts = {"n": str(strange.sum()), "total": str(len(data))}
    if not strange.any():
        tell("playground", "anomalies none", **shown)
    elif function is None:
        tell("playground", "anomalies found by density alone", **shown, **counts)
    else:
        of, doubt = (function.digest, distribution.digest, level), MaxSoftmax(function.model).anomaly_score
        sure = (1 - recorded(of, doubt, data.X[strange]) >= SURE).sum()
        sureness = {"sure": str(sure), "threshold": str(SURE)}
        tell("playground", "anomalies found", **shown, **counts, **sureness)
