"""Samples over the faded data, at rest or on their way."""

from __future__ import annotations

from typing import Any

import numpy as np

from pages.parts.pictures.scenes import show_scene
from pages.parts.text.story import words
from paradigms.data.dataset import Dataset
from paradigms.scene import pictures
from paradigms.scene.layers import SAMPLED, Layer, Particles, Points
from paradigms.scene.timeline import Timeline


def show(name: str, data: Dataset, samples: np.ndarray, labels: Any = 0) -> None:
    class_indices = np.broadcast_to(np.asarray(labels), (len(samples),))
    alt = words("diffusion", "alt", n=str(len(samples)), about=words("diffusion", f"about {name}"))
    show_layers(name, alt, data, (Points(samples, class_indices, SAMPLED),))


def show_moving(name: str, data: Dataset, positions: np.ndarray, timeline: Timeline) -> None:
    alt = words(
        "diffusion", "alt moving", n=str(positions.shape[1]), about=words("diffusion", f"about {name}")
    )
    show_layers(name, alt, data, (Particles(positions),), timeline=timeline)


def show_nothing_yet(name: str, data: Dataset, **standing: Any) -> None:
    """The faded data alone, until what moves among them is computed."""
    show_layers(name, words("diffusion", "alt waiting"), data, (), **standing)


def show_layers(name: str, alt: str, data: Dataset, layers: tuple[Layer, ...], **about: Any) -> None:
    """Fields lie below the points of the data whatever their order; the plane sees to that."""
    layers = (pictures.data(data, faded=True), *layers)
    show_scene(name, alt, layers, data, key=f"denoised_{name}", **about)
