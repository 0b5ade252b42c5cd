"""A model that learns while one watches: its plane, its loss, and the buttons."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from paradigms.data.dataset import Dataset
from paradigms.evaluation.assessment import FunctionAssessment
from pages.parts import state
from pages.parts.cached import ModelChoice
from pages.parts.jobs import Job, job_for

POLL_SECONDS = 0.5


def watch_training(
    choice: ModelChoice, data: Dataset, show: Callable[[FunctionAssessment | None], None]
) -> FunctionAssessment | None:
    """Train in the background and call ``show`` again and again with what has been learned so far.

    Answers what was known when the page ran; the page runs once more when the training ends.
    """
    job = job_for(st.session_state, choice, state.spec(), data)
    started_running = job.running

    @st.fragment(run_every=POLL_SECONDS if started_running else None)
    def watched() -> None:
        job.seen()
        finished, published = job.finished, job.published
        show(published.assessment)
        _buttons(job)
        if published.problem:
            st.warning(published.problem)
        if published.n_steps:
            st.progress(
                min(1.0, published.step / published.n_steps),
                f"step {published.step} of {published.n_steps}, log loss {published.losses[-1][1]:.3f}",
            )
        if started_running and finished:
            st.rerun()

    watched()
    return job.published.assessment


def _buttons(job: Job) -> None:
    with st.container(horizontal=True, gap="small", key="training"):
        if job.running:
            if st.button("Pause", icon=":material/pause:", key="training_pause"):
                job.pause()
                st.rerun()
        elif st.button("Train", icon=":material/play_arrow:", key="training_run", disabled=job.finished):
            job.run()
            st.rerun()
        if st.button("Step", icon=":material/skip_next:", key="training_step", disabled=job.finished):
            job.step()
            st.rerun()
        if st.button("Reset", icon=":material/replay:", key="training_reset"):
            job.cancel()
            del st.session_state["job"]
            st.rerun()
