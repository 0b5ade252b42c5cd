"""Round the drawing: how the points are split, and the truth behind them where it is known."""

from __future__ import annotations

import streamlit as st

from pages.parts.data.data_bar import back_to_preset
from pages.parts.models.truth import bayes_error, truth
from pages.parts.text.story import plain, tell, words
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
    if not wanted:
        return None
    tell("playground", "bayes error", error=f"{100 * bayes_error(spec):.1f} %")
    return truth(spec)


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
