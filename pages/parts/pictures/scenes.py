"""One picture of the visitor's data, put onto the page."""

from __future__ import annotations

from typing import Any

import streamlit as st

from pages.parts.component import pointing
from pages.parts.component.plane import plane
from pages.parts.workspace import state
from paradigms.data.dataset import Dataset
from paradigms.scene.layers import Layer, Probe
from paradigms.scene.scene import Scene


def probed() -> tuple[Layer, ...]:
    at = pointing.probe()
    return (Probe(at),) if at else ()


def scene_of(data: Dataset, name: str, alt: str, layers: tuple[Layer, ...], **about: Any) -> Scene:
    """A scene of the visitor's data, or of what is fitted to them, with their names and units."""
    names, units = data.class_names, state.units()
    return Scene(name, alt, layers, names, state.revision(), units, **about)


def show_scene(
    name: str, alt: str, data: Dataset, layers: tuple[Layer, ...], *, draw: bool = False,
    probe: bool = False, dimmed: str | None = None, verdict: str | None = None, **standing: Any,
) -> None:  # fmt: skip
    if verdict:
        alt += f" The place that was pointed at: {verdict}."
    scene = scene_of(
        data, name, alt, layers, origin=state.origin(), commit=state.commit(), drawn=state.is_drawn(),
        draw=draw, probe=probe, dimmed=dimmed, answer=verdict and verdict.capitalize(), **standing,
    )  # fmt: skip
    plane(scene, key=name)
    if probe and pointing.adopt_probe(name):
        st.rerun()
