"""Draws over the density that they come from, and the planes before there is one."""

from __future__ import annotations

from typing import Any

import streamlit as st

from pages.parts.computing.results import recorded
from pages.parts.models.learned import Learned
from pages.parts.models.targets import Subject, units
from pages.parts.pictures.not_yet import show_not_yet
from pages.parts.pictures.scenes import show_scene
from pages.parts.text.story import heading, words
from paradigms.scene import pictures
from paradigms.scene.layers import Layer


def show(name: str, alt: str, subject: Subject, layers: tuple[Layer, ...], **about: Any) -> None:
    """Draws over the density that they are from."""
    painted = recorded(subject.name, pictures.target_density, subject.quick_density)
    _show_layers(name, alt, (*painted[:2], *layers), **about)


def not_yet(learned: Learned) -> None:
    """The planes while the visitor's own distribution is fitted or learns, each to the right of its text."""

    def show_all(**standing: Any) -> None:
        for section, name in {"inverse": "inverse", "rejection": "darts", "importance": "weighed"}.items():
            heading("why", section)
            _, picture = st.columns([1, 1], gap="large")
            with picture:
                _show_layers(name, words("waiting", "status"), (), **standing)

    show_not_yet(learned, show_all)


def _show_layers(name: str, alt: str, layers: tuple[Layer, ...], **about: Any) -> None:
    show_scene(name, alt, layers, None, key=f"plane_{name}", units=units(), **about)
