"""Round the drawing: how the points are split, and the truth behind them where it is known."""

from __future__ import annotations

import streamlit as st

from jobs import fitted, lanes
from pages.parts.computing.place import place
from pages.parts.computing.results import computed
from pages.parts.data.data_bar import back_to_preset
from pages.parts.models.truth import truth
from pages.parts.text.numbers import percent
from pages.parts.text.story import no_words_yet, plain, tell, words
from pages.parts.workspace.data_settings import preset
from pages.parts.workspace.setting import Setting
from paradigms.data.dataset import Dataset
from paradigms.data.dataset_spec import DatasetSpec
from paradigms.fits.assessment import Assessment

TRUTH = Setting("truth", False, "Show the truth", width="content")


def data_notes(data: Dataset, spec: DatasetSpec) -> Assessment | None:
    """Say how the points are split; answers the truth while it is wanted."""
    with st.container(horizontal=True, vertical_alignment="center", key="data_notes"):
        _split(data)
        if data.truth is None:
            title = preset().title
            help_text = words("playground", "back to preset")
            st.button(f"Back to {title}", help=help_text, key="back_to_preset", on_click=back_to_preset)
            return None
        wanted = TRUTH.widget(help=words("playground", "truth"))
    return _known_truth(spec) if wanted else None


def _known_truth(spec: DatasetSpec) -> Assessment | None:
    """The truth, and the error of its boundary in a sentence; None while they are computed."""
    known = None
    with place("truth", no_words_yet):
        error = computed(spec.digest, fitted.bayes_error, spec, lane=lanes.fits)
        known = truth(spec)
        tell("playground", "bayes error", error=percent(error))
    return known


def _split(data: Dataset) -> None:
    if len(data) == 0:
        st.caption(words("playground", "empty"))
        return
    train, held_out = (str(len(part[0])) for part in (data.train, data.held_out))
    st.caption(words("playground", "split", train=train, held_out=held_out))


def small_classes(data: Dataset) -> None:
    """Beneath the plane: which classes are too small to hold any point out."""
    if data.whole_classes:
        names = ", ".join(plain(data.class_names[class_index]) for class_index in data.whole_classes)
        st.caption(words("playground", "whole classes", names=names))
