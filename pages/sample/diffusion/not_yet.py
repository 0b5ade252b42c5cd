"""The page while the mixture that leads the way back is fitted, or cannot be."""

from __future__ import annotations

from functools import partial

import streamlit as st

from pages.parts.models.learned import Learned
from pages.parts.pictures.not_yet import show_not_yet
from pages.parts.text.story import heading
from pages.sample.diffusion.sample_planes import show_nothing_yet
from paradigms.data.dataset import Dataset


def first_plane(learned: Learned, data: Dataset) -> None:
    """The first picture of many; or in a sentence why the mixture cannot be fitted."""
    if learned.refusal:
        st.warning(learned.refusal)
        return
    heading("diffusion", "schedule")
    picture, _ = st.columns([1, 1], gap="large")
    with picture:
        show_not_yet(learned, partial(show_nothing_yet, "schedule", data))
