"""What one can ask of a distribution, and what a function answers to the same question."""

from __future__ import annotations

import numpy as np
import streamlit as st

from pages.parts.numbers import rounded
from pages.parts.story import tell, words
from paradigms.anomaly.max_softmax import MaxSoftmax
from paradigms.anomaly.negative_log_density import NegativeLogDensity
from paradigms.data.dataset import Dataset
from paradigms.evaluation.assessment import DistributionAssessment, FunctionAssessment, SampleAssessment
from paradigms.evaluation.point_reading import SURE

N_SAMPLES = 200
ALL_CLASSES = -1


def ask_for_samples(
    distribution: DistributionAssessment | SampleAssessment | None, class_names: tuple[str, ...]
) -> tuple[np.ndarray, np.ndarray] | None:
    """The sampling buttons; answers labelled points ``(n, 2), (n,)`` while they are wanted."""
    tell("playground", "sampling")
    slots = distribution.slots if distribution else ()
    with st.container(horizontal=True, vertical_alignment="bottom", gap="small"):
        if st.button(f"Draw {N_SAMPLES} new points", key="sample", disabled=distribution is None):
            st.session_state["sample_seed"] = st.session_state.get("sample_seed", 0) + 1
        chosen = st.selectbox(
            "of",
            [ALL_CLASSES, *slots],
            format_func=lambda slot: "all classes" if slot == ALL_CLASSES else f"{class_names[slot]} only",
            key="sample_class",
            label_visibility="collapsed",
        )
        if st.session_state.get("sample_seed") and st.button("Back to the data", key="sample_back"):
            st.session_state.pop("sample_seed")
            st.rerun()
    seed = st.session_state.get("sample_seed")
    if not seed or distribution is None:
        tell("playground", "samples off")
        return None
    which = "from all classes" if chosen == ALL_CLASSES else f"of class {class_names[chosen]} only"
    tell("playground", "samples shown", n=str(N_SAMPLES), which=which)
    if chosen == ALL_CLASSES:
        return distribution.model.sample_joint(N_SAMPLES, random_state=seed)
    labels = np.full(N_SAMPLES, chosen)
    return distribution.model.sample_given(labels, random_state=seed), labels


def ask_for_anomalies(
    data: Dataset,
    function: FunctionAssessment | None,
    distribution: DistributionAssessment | SampleAssessment | None,
) -> tuple[np.ndarray, float] | tuple[None, None]:
    """The quantile slider; answers which points ``(n,)`` lie below the frontier, and its level."""
    tell("playground", "anomalies")
    percent = st.slider(
        words("playground", "anomaly quantile"), 0, 25, 0, format="%d %%", key="anomaly_quantile",
        persist_state="session",
    )  # fmt: skip
    if isinstance(distribution, SampleAssessment):
        tell("playground", "no density to rank by")
        return None, None
    if not percent or distribution is None or not len(distribution.held_out_log_density):
        tell("playground", "anomalies off")
        return None, None
    level = distribution.frontier_level(percent / 100)
    strange = NegativeLogDensity(distribution.model).anomaly_score(data.X) > -level
    if function is None or not strange.any():
        tell("playground", "anomalies none", level=rounded(level))
        return strange, level
    sure = (1 - MaxSoftmax(function.model).anomaly_score(data.X[strange]) >= SURE).sum()
    counts = {"n": strange.sum(), "total": len(data), "sure": sure, "threshold": SURE}
    tell("playground", "anomalies found", level=rounded(level), **{k: str(v) for k, v in counts.items()})
    return strange, level
