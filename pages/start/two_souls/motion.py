"""Watching particles arrive at the fitted distribution: recorded once, played in the browser."""

from __future__ import annotations

from functools import partial
from typing import Any

import streamlit as st

from pages.parts.computing import waits
from pages.parts.computing.place import MOVING, place
from pages.parts.pictures.painted import painted
from pages.parts.pictures.scenes import show_scene
from pages.parts.text.story import heading, tell, words
from pages.parts.workspace import share, state
from pages.parts.workspace.kept import Kept
from pages.parts.workspace.setting import Setting
from pages.start.two_souls.langevin_recording import ADJUSTED, STEP_SIZE
from pages.start.two_souls.recordings import WAYS
from paradigms.experiments.sample.motion import Motion
from paradigms.fits.assessment import Assessment
from paradigms.scene import pictures
from paradigms.scene.layers import Layer, Particles
from paradigms.scene.timeline import Timeline

# Which way is watched, if any; it goes when what it was recorded of is another.
WATCHED = Setting("watched", None, choices=(None, *WAYS), with_data=True)
NOTHING = None, 0
# The digest of what it was recorded of, and how often it was asked for.
RECORDED: Kept[tuple[str | None, int]] = Kept("motion", lambda: NOTHING)


@st.fragment
def motion(assessment: Assessment) -> None:
    """A button for each way that there is; below them the one that was pressed last, with its settings.

    A recording belongs to one model on one data set. When either changes it is taken away, never shown
    beside pictures that it no longer belongs to.
    """
    waits.of_visitor().be_patient()  # the fragment runs by itself
    heading("playground", "motion")
    tell("playground", "motion lead")
    with st.container(horizontal=True):
        for name, way in WAYS.items():
            # One that is not there can be pressed too: a reason that only a mouse finds is none.
            look = "secondary" if way.able(assessment) else "tertiary"
            if st.button(way.label, key=f"watch_{name}", type=look):
                RECORDED.value = assessment.digest, RECORDED.value[1] + 1
                WATCHED.set(name)
    if WATCHED.value is not None and RECORDED.value == NOTHING and assessment.step is None:
        RECORDED.value = assessment.digest, 0  # a link tells it, and the model has learned to its end
    subject, times_asked = RECORDED.value
    kind = subject and WATCHED.value
    if subject not in (None, assessment.digest):
        for setting in (WATCHED, STEP_SIZE, ADJUSTED):  # another model has another usual step
            setting.forget()
        tell("playground", "stale motion")
    elif kind is not None and not WAYS[kind].able(assessment):
        tell("playground", f"no {kind}")
    elif kind is not None:
        with st.container(key="motion_stage"):
            picture, beside = st.columns([4, 5], gap="large")
            nothing_yet = partial(_show, (), words("playground", "alt nothing moves"), reveal=times_asked)
            with picture, place("animation", nothing_yet, room=MOVING):
                with beside:
                    tell("playground", kind)
                    recorded, timeline = WAYS[kind].record(assessment)
                with st.container():
                    _play(recorded, timeline, assessment, reveal=times_asked)
    share.correct_address("", "of_motion")


def _play(recorded: Motion, timeline: Timeline, assessment: Assessment, *, reveal: int) -> None:
    path = recorded.trajectory
    particles = Particles(path.positions, recorded.class_indices, path.fields, recorded.field_of_frame)
    behind = ()
    if path.fields is None and assessment.density and not recorded.turns:
        behind = painted(pictures.density, assessment)
    told = words("playground", "alt animation", n=str(path.positions.shape[1]))
    _show((*behind, particles), told, timeline=timeline, reveal=reveal)


def _show(layers: tuple[Layer, ...], told: str, **about: Any) -> None:
    show_scene("animation", told, layers, state.dataset(), **about)
