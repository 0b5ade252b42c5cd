"""Watching particles arrive at the fitted distribution: recorded once, played in the browser."""

from __future__ import annotations

import zlib

import streamlit as st

from pages.parts import cached, state
from pages.parts.plane import plane
from pages.parts.story import tell
from paradigms.evaluation.assessment import DistributionAssessment
from paradigms.experiments.motion import N_PARTICLES, Motion
from paradigms.protocols import DifferentiableDensity, Noisable, can
from paradigms.scene import pictures
from paradigms.scene.layers import Particles
from paradigms.scene.scene import Scene, Timeline

SMALLEST_SHOWN_NOISE = 0.01  # the logarithmic curve has no room for zero
STEP_SIZES = (0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5)


@st.fragment
def motion(assessment: DistributionAssessment) -> None:
    """Two buttons; below them the animation of the one that was pressed last, with its settings.

    A recording belongs to one model on one data set. When either changes it is taken away, never shown
    beside pictures that it no longer belongs to.
    """
    tell("playground", "motion")
    tell("playground", "motion lead", n=str(N_PARTICLES))
    asked = None
    with st.container(horizontal=True):
        model = assessment.model
        if st.button("Watch Langevin", key="watch_langevin", disabled=not can(model, DifferentiableDensity)):
            asked = "langevin"
        if st.button("Watch diffusion", key="watch_diffusion", disabled=not can(model, Noisable)):
            asked = "diffusion"
    if asked:
        times_asked = st.session_state.get("motion", (None, None, 0))[2]
        st.session_state["motion"] = (asked, assessment, times_asked + 1)
    kind, subject, times_asked = st.session_state.get("motion", (None, assessment, 0))
    if subject is not assessment:
        tell("playground", "stale motion")
        return
    if kind is not None:
        picture, beside = st.columns([4, 5], gap="large")
        with beside:
            tell("playground", kind)
            recorded, timeline = _langevin(assessment) if kind == "langevin" else _diffusion(assessment)
        with picture:
            _play(recorded, timeline, assessment, reveal=times_asked)


def _langevin(assessment: DistributionAssessment) -> tuple[Motion, Timeline]:
    step_size = st.select_slider("Step size ε", STEP_SIZES, 0.02, key="langevin_step")
    adjusted = st.toggle("Accept or refuse each step (Metropolis-adjusted)", key="langevin_adjusted")
    recorded = cached.langevin_motion(assessment, step_size, adjusted)
    if recorded.accepted is not None:
        tell("playground", "accepted", share=f"{100 * recorded.accepted:.0f} %")
    if recorded.problem:
        st.warning(recorded.problem)
    times = tuple(recorded.trajectory.times.tolist())
    return recorded, Timeline(id=_identity(recorded), times=times, time_label="time", seconds=8.0)


def _diffusion(assessment: DistributionAssessment) -> tuple[Motion, Timeline]:
    sampler = st.segmented_control(
        "The way back",
        ["DDPM", "probability-flow ODE"],
        default="DDPM",
        required=True,
        key="diffusion_sampler",
    )
    recorded = cached.diffusion_motion(assessment, state.dataset(), sampler == "DDPM")
    times = tuple(recorded.trajectory.times.tolist())
    return recorded, Timeline(
        id=_identity(recorded),
        times=times,
        time_label="σ",
        seconds=10.0,
        curve_label="noise level σ",
        curve=tuple(max(time, SMALLEST_SHOWN_NOISE) for time in times),
        curve_is_log=True,
        captions=((0, "The way in: noise is added"), (recorded.turn, "The way back: noise is taken away")),
        marks=((recorded.turn, "pure noise"),),
    )


def _identity(recorded: Motion) -> str:
    """A name for the player that changes with the frames, and with nothing else."""
    return f"{zlib.crc32(recorded.trajectory.positions.tobytes()):08x}"


def _play(recorded: Motion, timeline: Timeline, assessment: DistributionAssessment, *, reveal: int) -> None:
    path = recorded.trajectory
    particles = Particles(path.positions, fields=path.fields, field_of_frame=recorded.field_of_frame)
    behind = () if path.fields is not None else pictures.density(assessment)
    data = state.dataset()
    scene = Scene(
        name="animation",
        alt=f"An animation: {N_PARTICLES} particles move from noise to the fitted distribution.",
        layers=(*behind, particles),
        class_names=data.class_names,
        revision=state.revision(),
        reveal=reveal,
        timeline=timeline,
    )
    plane(scene, key="animation")
