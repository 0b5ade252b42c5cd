"""The ways of drawing that need no chain, each with its picture and its number."""

from __future__ import annotations

import numpy as np
import streamlit as st

from pages.parts import cached, state
from pages.parts.plane import plane
from pages.parts.story import tell, words
from pages.parts.subjects import Subject
from pages.parts.timelines import timeline
from paradigms import grid
from paradigms.experiments.direct_draws import darts, one_coordinate_after_the_other, weighed
from paradigms.experiments.motion import Motion
from paradigms.figures.drawing import distribution_function
from paradigms.scene import pictures
from paradigms.scene.layers import Layer, Particles, Points
from paradigms.scene.scene import Scene, Timeline

N_HEIGHTS = 9
SPREADS = (0.5, 0.8, 1.2, 1.8, 2.5, 4.0)


def inverse(subject: Subject) -> None:
    """A few heights and where they lead, and the two coordinates one after the other."""
    curve, picture = st.columns([1, 1], gap="large")
    with curve:
        tell("why", "inverse text")
        seed = st.session_state.get("heights_seed", 0)
        if st.button(words("why", "inverse again"), key="heights"):
            seed = st.session_state["heights_seed"] = seed + 1
        axis = grid.axis(200)
        marginal = np.exp(grid.log_density(subject.density, axis, axis)).sum(axis=0)
        heights = np.random.default_rng(seed).random(N_HEIGHTS)
        st.plotly_chart(distribution_function(axis, marginal, heights), key="distribution_function")
    with picture:
        path = cached.recorded(subject.truth, one_coordinate_after_the_other, subject.density, seed=seed)
        motion = Motion(path)
        captions = ((0, "x₁ from its own F"), (len(path.times) // 2, "x₂ from the F of its slice"))
        _show("inverse", subject, (Particles(path.positions),), timeline(motion, "part", captions=captions))


def rejection(subject: Subject) -> None:
    picture, beside = st.columns([1, 1], gap="large")
    found = cached.recorded(subject.truth, darts, subject.density, seed=0)
    with picture:
        _show("darts", subject, (Particles(found.path.positions),), timeline(Motion(found.path), "throw"))
    with beside:
        rates = {"rate": f"{100 * found.rate:.1f} %", "expected": f"{100 * found.expected:.1f} %"}
        tell("why", "rejection text", **rates)


def importance(subject: Subject) -> None:
    picture, beside = st.columns([1, 1], gap="large")
    with beside:
        spread = st.select_slider(words("why", "spread"), SPREADS, 2.5, key="importance_spread")
        draws, chosen, worth = cached.recorded(subject.truth, weighed, subject.density, spread=spread)
        tell("why", "importance text", n=str(len(draws)), worth=f"{worth:.0f}")
    with picture:
        shown = Points(chosen, np.zeros(len(chosen), dtype=int))
        _show("weighed", subject, (Points(draws, np.zeros(len(draws), dtype=int), faded=True), shown))


def _show(name: str, subject: Subject, layers: tuple[Layer, ...], played: Timeline | None = None) -> None:
    behind = pictures.landscape(subject.density)[:2]
    scene = Scene(
        name=name,
        alt=words("why", f"alt {name}"),
        layers=(*behind, *layers),
        class_names=("A",),
        revision=state.revision(),
        timeline=played,
    )
    plane(scene, key=f"plane_{name}")
