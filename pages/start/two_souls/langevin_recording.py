"""Langevin's walk over the fitted distribution: its settings, its frames, its timeline."""

from __future__ import annotations

import streamlit as st

from pages.parts.computing.results import computed
from pages.parts.models.pickers import DISTRIBUTION
from pages.parts.text.fewer import say_if_fewer
from pages.parts.text.numbers import percent
from pages.parts.text.story import tell
from pages.parts.workspace.setting import Setting
from paradigms import registry
from paradigms.experiments.sample.motion import N_PARTICLES, Motion, langevin
from paradigms.fits.assessment import Assessment
from paradigms.protocols import Trainable, can
from paradigms.scene.timeline import Timeline


def _learned() -> bool:
    """Whether the distribution that is chosen learns in steps: such a one is steep beside the data."""
    return can(registry.cards()[DISTRIBUTION.value].estimator, Trainable)


STEP_SIZE = Setting(
    "langevin_step",
    lambda: 0.005 if _learned() else 0.02,
    "Step size ε",
    look="select_slider",
    choices=(0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5),
)
ADJUSTED = Setting("langevin_adjusted", _learned, "Accept or refuse each step (Metropolis-adjusted)")


def record_langevin(assessment: Assessment) -> tuple[Motion, Timeline]:
    """On the model itself where it is quick; on the table that is its picture where it learned in steps."""
    target, learned = assessment.model, can(assessment.model, Trainable)
    if assessment.density and learned:
        tell("playground", "langevin table", n=str(len(assessment.density.log_joint)))
        target = assessment.density.table
    # Shorter steps over what was learned, and more of them where each is quick.
    steps_a_frame = (10 if target is not assessment.model else 4) if learned else 2
    step_size = STEP_SIZE.widget()
    adjustable = registry.samplers()["metropolis_langevin"].can_run_on(target)
    name = "metropolis_langevin" if adjustable and ADJUSTED.widget() else "unadjusted_langevin"
    motion = computed(
        assessment.digest,
        langevin,
        target,
        name=name,
        step_size=step_size,
        steps_a_frame=steps_a_frame,
    )
    say_if_fewer("particles", motion.trajectory.positions.shape[1], N_PARTICLES)
    if motion.accepted is not None:
        tell("playground", "accepted", share=percent(motion.accepted, 0))
    if motion.problem:
        st.warning(motion.problem)
    return motion, Timeline.of(motion.trajectory, "time", seconds=8.0)
