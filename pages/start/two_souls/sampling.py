"""New points of a distribution, of all classes or of one."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import streamlit as st

from pages.parts.computing.results import recorded
from pages.parts.text.story import heading, tell, words
from pages.parts.workspace.seeds import next_seed, seed_setting
from pages.parts.workspace.setting import Setting
from paradigms.data.dataset import MAX_CLASSES, Dataset
from paradigms.fits.assessment import Assessment
from paradigms.protocols import JointModel

N_SAMPLES = 200
ALL_CLASSES = -1
SAMPLE_SEED = seed_setting("sample", with_data=True)  # 0: none are drawn
SAMPLE_CLASS = Setting(
    "sample_class",
    ALL_CLASSES,
    words("playground", "classes to draw"),
    choices=(ALL_CLASSES, *range(MAX_CLASSES)),
    label_visibility="collapsed",
)

Drawing = Callable[[Assessment | None], tuple[np.ndarray, np.ndarray] | None]


def ask_for_samples(distribution: Assessment | None, data: Dataset) -> Drawing:
    """The sampling buttons; answers how to draw labelled points ``(n, 2), (n,)`` while they are wanted.

    A way to draw them and not the points: while a training runs each look has its own.
    """
    heading("playground", "sampling")
    class_names = data.class_names
    # One that is still fitted will know the classes of the data: the choice waits for it.
    class_indices = distribution.labels if distribution else np.unique(data.y).tolist()

    def called(label: int) -> str:
        if label == ALL_CLASSES:
            return words("playground", "all classes")
        return words("playground", "one class", **{"class": class_names[label]})

    with st.container(horizontal=True, vertical_alignment="bottom", gap="small", key="sampling"):
        title = words("playground", "draw samples", n=str(N_SAMPLES))
        if st.button(title, key="sample", disabled=distribution is None):
            next_seed(SAMPLE_SEED)
        chosen = SAMPLE_CLASS.widget(choices=[ALL_CLASSES, *class_indices], format_func=called)
        if SAMPLE_SEED.value and st.button(words("playground", "samples back"), key="sample_back"):
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
