"""The buttons of a training: it obeys at once, and the page is run again."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

import streamlit as st

from jobs.training import Job
from pages.parts.workspace.declared import family
from pages.parts.workspace.setting import Setting
from paradigms import registry
from paradigms.protocols import Trainable

# Optimiser steps from one picture to the next.
PACES = {"Full speed": None, "10 steps a picture": 10, "1 step a picture": 1}


@cache
def _pace(side: str) -> Setting:
    shown = {"choices": PACES, "label_visibility": "collapsed", "width": 190}
    return Setting(f"{side}_training_pace", next(iter(PACES)), f"Speed of training: {side}", **shown)


@family
def _paces() -> Iterator[Setting]:
    yield from map(_pace, ("function", "distribution", "denoiser", *registry.that_can(Trainable)))


def pace(side: str) -> int | None:
    """The number of steps from one picture to the next that was chosen for this side."""
    return PACES[_pace(side).value]


def training_buttons(side: str, job: Job) -> None:
    """Pause or train, step, reset, and how fast; ``side`` keeps those of several trainings apart.

    Pause and Train are one button, so that whoever pressed it by the keyboard is still there.
    """

    def button(label: str, icon: str, key: str, disabled: bool = False) -> bool:
        return st.button(label, icon=f":material/{icon}:", key=f"{side}_training_{key}", disabled=disabled)

    with st.container(horizontal=True, gap="small", vertical_alignment="bottom", key=f"{side}_training"):
        running, finished = job.running, job.finished
        label = "Pause" if running else "Train again" if finished else "Train"
        hopeless = finished and job.latest().look is None
        if button(label, "pause" if running else "play_arrow", "run", hopeless):
            if finished:
                job = st.session_state["jobs"][side] = job.anew()
            job.pause() if running else job.run()
            st.rerun()
        if button("Step", "skip_next", "step", job.finished):
            job.step()
            st.rerun()
        if button("Reset", "replay", "reset"):
            st.session_state["jobs"][side] = job.anew()
            st.rerun()
        _pace(side).widget()
        job.pace = pace(side)
