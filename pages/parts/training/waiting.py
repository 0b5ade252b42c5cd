"""What a page that needs a trained model shows until there is one."""

from __future__ import annotations

import streamlit as st

from jobs.training import Job
from pages.parts.computing.looking import look_again
from pages.parts.text.story import words
from pages.parts.training.buttons import training_buttons
from pages.parts.training.trainer import standing


def wait_for_training(side: str, job: Job) -> None:
    """How far it is, and its buttons; the page is run again when the training has come to its end."""
    ran_at_first = job.running

    def watched() -> None:
        job.seen()
        running = job.running
        st.caption(standing(job) or words("training", "about to begin" if running else "waits to begin"))
        if job.latest().look:
            progress = job.latest().look.progress
            st.progress(progress.step / progress.n_steps, f"step {progress.step} of {progress.n_steps}")
        training_buttons(side, job)
        if ran_at_first and not running:
            st.rerun()

    look_again(watched, and_again=ran_at_first)
