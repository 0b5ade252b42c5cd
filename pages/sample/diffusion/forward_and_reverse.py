"""The way into noise and back: every number is of the visitor's own data."""

from __future__ import annotations

from functools import partial

import streamlit as st

from pages.parts.computing.place import MOVING, place
from pages.parts.computing.results import computed
from pages.parts.text.numbers import percent, rounded
from pages.parts.text.story import tell, words
from pages.parts.workspace.setting import Setting
from pages.sample.diffusion.sample_planes import show_moving, show_nothing_yet
from paradigms.data.dataset import Dataset
from paradigms.experiments.sample.schedule_trial import NOISY_START, ScheduleTrial, schedule_trial
from paradigms.fits.assessment import Assessment
from paradigms.scene.timeline import Curve, Timeline

SEEN = 1.4  # so many times the floor is a distance that one sees
STEPS = (10, 25, 50, 100, 250, 500, 1000)
BETAS = (0.005, 0.01, 0.02, 0.05, 0.1)
N_STEPS = Setting("schedule_steps", 250, words("diffusion", "steps T"), choices=STEPS, look="select_slider")
LAST_BETA = Setting(
    "schedule_beta", 0.05, words("diffusion", "last beta"), choices=BETAS, look="select_slider"
)


def schedule(mixture: Assessment, data: Dataset) -> None:
    """In and back on one timeline, and two sliders with which one can begin from noise that is none."""
    picture, beside = st.columns([1, 1], gap="large")
    with beside:
        settings = {"n_steps": N_STEPS.widget(), "last_beta": LAST_BETA.widget()}
    with picture, place("schedule", partial(show_nothing_yet, "schedule", data), room=MOVING):
        found = computed(mixture.digest, schedule_trial, mixture.model, data.train[0], **settings)
        with st.container():
            _in_and_back(found, data)
        left = found.last_alpha_bar
        numbers = {"alpha": f"{left:.2g}", "distance": rounded(found.distance), "floor": rounded(found.floor)}
        with beside:
            tell("diffusion", "start", **numbers)
            if left > NOISY_START:
                warning = words("diffusion", "no noise", alpha=percent(left, 0))
                seen = words("diffusion", "seen" if found.distance > SEEN * found.floor else "not seen")
                st.warning(f"{warning} {seen}")


def _in_and_back(found: ScheduleTrial, data: Dataset) -> None:
    (turn,) = found.motion.turns
    captions = ((0, words("diffusion", "way in")), (turn, words("diffusion", "way back")))
    path, curve = found.motion.trajectory, Curve("ᾱ", tuple(found.alpha_bars.tolist()), log=True)
    marks = ((turn, f"ᾱ = {found.last_alpha_bar:.2g}"),)
    timeline = Timeline.of(path, "t", seconds=12.0, curve=curve, captions=captions, marks=marks)
    show_moving("schedule", data, path.positions, timeline)
