"""The one builder of scenes: a page says what is on a plane, and all else about it is filled in here."""

from __future__ import annotations

from typing import Any

import streamlit as st

from pages.parts.component.plane import plane
from pages.parts.workspace import pointing, state
from paradigms.data.dataset import Dataset
from paradigms.data.tables.units import Units
from paradigms.scene.layers import Layer, Probe
from paradigms.scene.scene import Drawing, Picture, Probing, Scene, Status
from paradigms.scene.timeline import Timeline


def show_scene(
    name: str,
    alt: str,
    layers: tuple[Layer, ...],
    data: Dataset | None,
    *,
    key: str | None = None,
    units: Units | None = None,
    timeline: Timeline | None = None,
    draw: bool = False,
    probe: bool = False,
    verdict: str | None = None,
    **standing: Any,
) -> None:
    """Show ``layers`` on the plane of that name, which is mounted under ``key``, its name if not told.

    Class names and units are those of the visitor's ``data``; without data there is one class, and ``units``
    are those of what is shown. ``verdict`` is what the place that was pointed at is found to be, and
    ``standing`` how a training or a computation stands: see :class:`Status`.
    """
    key = key or name
    if verdict:
        alt += f" The place that was pointed at: {verdict}."
    if probe and (at := pointing.probe()):
        layers = (*layers, Probe(at))
    names, units = (("A",), units) if data is None else (data.class_names, state.units())
    scene = Scene(
        name,
        Picture(alt, layers, names, units, timeline),
        Drawing(draw, state.is_drawn(), state.revision(), state.origin(), state.commit()),
        Probing(probe, verdict and verdict.capitalize()),
        Status(**standing),
    )
    plane(scene, key)
    if probe and pointing.adopt_probe(key):
        st.rerun()
