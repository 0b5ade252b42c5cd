"""The buttons of a training: it obeys at once, and the page is run again."""

from __future__ import annotations

import streamlit as st

from pages.parts.jobs import Job
from pages.parts.story import words

PACES = {"full speed": None, "10 steps": 10, "1 step": 1}  # optimiser steps from one picture to the next


def pace(side: str) -> int | None:
    """The number of steps from one picture to the next that was chosen for this side."""
    return PACES.get(st.session_state.get(f"{side}_training_pace", ""))


def training_buttons(side: str, job: Job) -> None:
    """Pause or train, step, reset, and how fast; ``side`` keeps those of several trainings apart."""

    def button(label: str, icon: str, key: str, disabled: bool = False) -> bool:
        return st.button(label, icon=f":material/{icon}:", key=f"{side}_training_{key}", disabled=disabled)

    with st.container(horizontal=True, gap="small", vertical_alignment="bottom", key=f"{side}_training"):
        if job.running:
            if button("Pause", "pause", "pause"):
                job.pause()
                st.rerun()
        elif button("Train", "play_arrow", "run", job.finished):
            job.run()
            st.rerun()
        if button("Step", "skip_next", "step", job.finished):
            job.step()
            st.rerun()
        if button("Reset", "replay", "reset"):
            st.session_state["jobs"][side] = job.anew()
            st.rerun()
        st.selectbox(
            "Speed", list(PACES), key=f"{side}_training_pace", persist_state="session",
            help=words("training", "speed"), label_visibility="collapsed", width=130,
        )  # fmt: skip
        job.pace = pace(side)
