"""The buttons of a training: it obeys at once, and the page is run again."""

from __future__ import annotations

import streamlit as st

from jobs.training import Job
from pages.parts.computing.waits import PATIENCE_SECONDS
from pages.parts.training.jobs_of_visitor import begin_anew
from pages.parts.training.pace import pace, steps_a_picture


def training_buttons(side: str, job: Job) -> None:
    """Pause or train, step, reset, and how fast; ``side`` keeps those of several trainings apart.

    Pause and Train are one button, so that whoever pressed it by the keyboard is still there.
    """

    def button(label: str, icon: str, key: str, disabled: bool = False) -> bool:
        return st.button(label, icon=f":material/{icon}:", key=f"{side}_training_{key}", disabled=disabled)

    with st.container(horizontal=True, gap="small", vertical_alignment="bottom", key=f"{side}_training"):
        goes_on, finished = job.goes_on, job.finished
        label = "Pause" if goes_on else "Train again" if finished else "Train"
        hopeless = finished and job.latest().look is None
        if button(label, "pause" if goes_on else "play_arrow", "run", hopeless):
            job = begin_anew(side) if finished else job
            if goes_on:
                job.pause()
                job.wait_until_it_rests(PATIENCE_SECONDS)
            else:
                job.run()
            st.rerun()
        if button("Step", "skip_next", "step", job.finished):
            job.step()
            job.wait_until_it_rests(PATIENCE_SECONDS)
            st.rerun()
        if button("Reset", "replay", "reset"):
            begin_anew(side)
            st.rerun()
        pace(side).widget()
        job.pace = steps_a_picture(side)
