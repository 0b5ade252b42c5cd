"""Samples over the faded data."""

from __future__ import annotations

from typing import Any

import numpy as np

from pages.parts import state
from pages.parts.plane import plane
from pages.parts.story import words
from paradigms.data.dataset import Dataset
from paradigms.scene import pictures
from paradigms.scene.layers import SAMPLED, Points
from paradigms.scene.scene import Scene


def show(name: str, data: Dataset, samples: np.ndarray, labels: Any = 0) -> None:
    slots = np.broadcast_to(np.asarray(labels), (len(samples),))
    scene = Scene(
        name=name,
        alt=words("diffusion", "alt", n=str(len(samples)), about=name.replace("_", " ")),
        layers=(pictures.data(data, faded=True), Points(samples, slots, SAMPLED)),
        class_names=data.class_names,
        revision=state.revision(),
    )
    plane(scene, key=f"denoised_{name}")
