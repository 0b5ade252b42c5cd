"""The data, on every page: presets with their pictures, their settings, tables in and out, and the link."""

from __future__ import annotations

import base64
import json
from functools import cache
from pathlib import Path

import streamlit as st

from pages.parts.data.tables import tables
from pages.parts.text.story import words
from pages.parts.workspace import state
from pages.parts.workspace.data_settings import (
    BALANCE,
    LABEL_NOISE,
    NOISE,
    PRESET,
    SEED,
    SIZE,
    preset,
    preset_spec,
)
from pages.parts.workspace.share import share_button
from paradigms import registry
from paradigms.data.dataset_spec import DatasetSpec

PALETTE = json.loads((Path(__file__).parents[3] / "assets" / "palette.json").read_text())


def data_bar() -> None:
    """Draw the bar; what is chosen in it replaces the session's data set."""
    presets = registry.presets()
    with st.container(key="data_bar", horizontal=True, vertical_alignment="center", gap="small"):
        PRESET.widget(
            format_func=lambda name: f"![]({_thumbnail(name)}) {presets[name].title}",
            required=True,
            on_change=_choose,
            label_visibility="collapsed",
        )
        # What is in a closed popover costs every rerun, so it is made when it is opened.
        settings = st.popover("Settings", icon=":material/tune:", key="settings", on_change="rerun")
        if settings.open:
            with settings:
                _settings()
        table = st.popover("Table", icon=":material/table:", key="table", on_change="rerun")
        if table.open:
            with table:
                tables()
        share_button()


def _choose() -> None:
    """A preset comes with its own noise and balance; size, label noise and seed stay as they were."""
    for own in (NOISE, BALANCE):
        own.set(own.default)
    back_to_preset()


def back_to_preset() -> None:
    """The chosen preset as its settings say, without what was drawn on it."""
    state.replace_data(preset_spec())


def _settings() -> None:
    st.caption(f"**{preset().title}.** {preset().description}")
    if state.is_drawn():
        st.caption(words("data", "starts anew"))
    SIZE.widget(on_change=back_to_preset)
    NOISE.widget(help=words("data", "noise"), on_change=back_to_preset)
    BALANCE.widget(f"Share of class {preset().class_names[0]}", on_change=back_to_preset)
    LABEL_NOISE.widget(on_change=back_to_preset)
    SEED.widget(on_change=back_to_preset)


@cache
def _thumbnail(name: str) -> str:
    """The preset's own points as a small picture, for the label of its button."""
    data = DatasetSpec(preset=name, size=120).dataset()
    marks = "".join(
        f'<circle cx="{x:.2f}" cy="{-y:.2f}" r=".3" fill="{PALETTE["classes"][class_index]["color"]}"/>'
        for (x, y), class_index in zip(data.X, data.y, strict=True)
    )
    svg = f'<svg xmlns="http://www.w3.org/2000/svg" width="48" height="48" viewBox="-4 -4 8 8">{marks}</svg>'
    return f"data:image/svg+xml;base64,{base64.b64encode(svg.encode()).decode()}"
