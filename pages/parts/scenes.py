"""One picture of the visitor's data, put onto the page."""

from __future__ import annotations

from typing import Any

import streamlit as st

from pages.parts import pointing, state
from pages.parts.plane import plane
from paradigms.data.dataset import Dataset
from paradigms.scene.layers import Layer, Probe
from paradigms.scene.scene import Scene


def probed() -> tuple[Layer, ...]:
    at = pointing.probe()
    return (Probe(at),) if at else ()


def show_scene(
    name: str, alt: str, data: Dataset, layers: tuple[Layer, ...], *, draw: bool = False,
    probe: bool = False, dimmed: str | None = None, verdict: str | None = None, **standing: Any,
) -> None:  # fmt: skip
    if verdict:
        alt += f" The place that was pointed at: {verdict}."
    scene = Scene(
        name=name,
        alt=alt,
        layers=layers,
        class_names=data.class_names,
        revision=state.revision(),
        origin=state.origin(),
        commit=state.commit(),
        drawn=state.is_drawn(),
        draw=draw,
        probe=probe,
        dimmed=dimmed,
        answer=verdict and verdict.capitalize(),
        **standing,
    )
    plane(scene, key=name)
    if probe and pointing.adopt_probe(name):
        st.rerun()
