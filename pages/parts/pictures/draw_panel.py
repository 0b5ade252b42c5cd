"""The plane that is drawn on, which every page has."""

from __future__ import annotations

from pages.parts.pictures.alternatives import in_words
from pages.parts.pictures.scenes import show_scene
from pages.parts.text.story import words
from pages.parts.workspace import state
from paradigms.data.dataset import Dataset
from paradigms.scene import pictures


def draw_panel(data: Dataset) -> None:
    """The points of the data, seen or unseen."""
    alt = words("data", "alt drawing" if state.is_drawn() else "alt preset", data=in_words(data))
    show_scene("draw", alt, (pictures.data(data),), data, draw=True)
