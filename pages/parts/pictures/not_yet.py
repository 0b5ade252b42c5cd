"""The planes of a page that is about the visitor's own distribution, while that is fitted or learns."""

from __future__ import annotations

from typing import Any

import streamlit as st

from pages.parts.component.plane import plane
from pages.parts.models.learned import Learned
from pages.parts.pictures.samples_scene import show_nothing_yet
from pages.parts.text.story import heading, words
from pages.parts.workspace import state
from paradigms.data.dataset import Dataset
from paradigms.scene.scene import Scene


def walks(learned: Learned) -> None:
    """Two planes side by side."""
    _show(learned, _two_walks)


def draws(learned: Learned) -> None:
    """Three planes, each to the right of its text."""
    _show(learned, _three_draws)


def diffusion(learned: Learned, data: Dataset) -> None:
    """The first picture of many; or in a sentence why the mixture that leads them cannot be fitted."""

    def schedule(_assessment: None, why: str, **standing: Any) -> None:
        picture, _ = st.columns([1, 1], gap="large")
        with picture:
            show_nothing_yet("schedule", data, dimmed=why, **standing)

    if learned.refusal:
        st.warning(learned.refusal)
    else:
        heading("diffusion", "schedule")
        learned.show(schedule)


def _show(learned: Learned, draw: Any) -> None:
    if learned.job:  # its progress and its buttons stand above
        draw(None, words("waiting", "learning"))
    else:
        learned.show(draw)


def _two_walks(_assessment: None, why: str, **standing: Any) -> None:
    planes = {"animation": "walk_plane_left", "animation_right": "walk_plane_right"}
    for (name, key), column in zip(planes.items(), st.columns(2, gap="large"), strict=True):
        with column:
            _veiled(name, key, why, **standing)


def _three_draws(_assessment: None, why: str, **standing: Any) -> None:
    for section, name in {"inverse": "inverse", "rejection": "darts", "importance": "weighed"}.items():
        heading("why", section)
        _, picture = st.columns([1, 1], gap="large")
        with picture:
            _veiled(name, f"plane_{name}", why, **standing)


def _veiled(name: str, key: str, why: str, **standing: Any) -> None:
    told = words("waiting", "status")
    plane(Scene(name, told, (), ("A",), state.revision(), dimmed=why, **standing), key=key)
