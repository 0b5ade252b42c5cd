"""The data, on every page: presets with their pictures, their settings, and tables in and out."""

from __future__ import annotations

import base64
import json
from functools import cache
from pathlib import Path

import streamlit as st

from pages.parts.data.tables import tables
from pages.parts.text.story import words
from pages.parts.workspace import state
from paradigms import registry
from paradigms.data.dataset_spec import DatasetSpec

PALETTE = json.loads((Path(__file__).parents[3] / "assets" / "palette.json").read_text())


def data_bar() -> None:
    """Draw the bar; what is chosen in it replaces the session's data set."""
    presets = registry.presets()
    with st.container(key="data_bar", horizontal=True, vertical_alignment="center", gap="small"):
        st.pills(
            "Start from a preset",
            list(presets),
            default=state.FIRST_SPEC.preset,
            format_func=lambda name: f"![]({_thumbnail(name)}) {presets[name].title}",
            required=True,
            key="preset",
            on_change=_choose,
            persist_state="session",
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


def _choose() -> None:
    """A preset comes with its own noise and balance; size, label noise and seed stay as they were."""
    preset = registry.presets()[st.session_state["preset"]]
    st.session_state["noise"] = preset.noise
    st.session_state["balance"] = preset.balance or 1 / len(preset.class_names)
    back_to_preset()


def back_to_preset() -> None:
    """The chosen preset as its settings say, without what was drawn on it."""
    state.replace_data(
        DatasetSpec(
            preset=st.session_state.get("preset", state.FIRST_SPEC.preset),
            size=st.session_state.get("size", 400),
            noise=st.session_state.get("noise"),
            balance=st.session_state.get("balance"),
            label_noise=st.session_state.get("label_noise", 0.0),
            seed=st.session_state.get("seed", 0),
        )
    )


def _settings() -> None:
    preset = registry.presets()[st.session_state["preset"]]
    st.session_state.setdefault("noise", preset.noise)
    st.session_state.setdefault("balance", preset.balance or 1 / len(preset.class_names))
    st.caption(f"**{preset.title}.** {preset.description}")
    if state.is_drawn():
        st.caption("A change here starts the preset anew; undo brings your drawing back.")
    shared = {"on_change": back_to_preset, "persist_state": "session"}
    st.slider("Number of points", 20, 2000, 400, 20, key="size", **shared)
    st.slider("Noise", 0.02, 1.0, step=0.02, key="noise", help=words("data", "noise"), **shared)
    st.slider(f"Share of class {preset.class_names[0]}", 0.05, 0.95, step=0.05, key="balance", **shared)
    st.slider("Wrong labels", 0.0, 0.4, 0.0, 0.02, key="label_noise", **shared)
    st.number_input("Seed", 0, 9999, 0, key="seed", **shared)


@cache
def _thumbnail(name: str) -> str:
    """The preset's own points as a small picture, for the label of its button."""
    data = DatasetSpec(preset=name, size=120).dataset()
    marks = "".join(
        f'<circle cx="{x:.2f}" cy="{-y:.2f}" r=".3" fill="{PALETTE["classes"][slot]["color"]}"/>'
        for (x, y), slot in zip(data.X, data.y, strict=True)
    )
    svg = f'<svg xmlns="http://www.w3.org/2000/svg" width="48" height="48" viewBox="-4 -4 8 8">{marks}</svg>'
    return f"data:image/svg+xml;base64,{base64.b64encode(svg.encode()).decode()}"
