"""A model that learns while one watches: its plane, its loss, and the buttons."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from pages.parts import cached, state
from pages.parts.cached import ModelChoice
from pages.parts.jobs import Job
from paradigms import registry
from paradigms.data.dataset import Dataset
from paradigms.evaluation.assessment import FunctionAssessment
from paradigms.protocols import Trainable, can

POLL_SECONDS = 0.5


def learned(choice: ModelChoice, data: Dataset) -> tuple[FunctionAssessment | None, str | None, Job | None]:
    """What a model has learned of the data so far, or why it cannot; with its job if it learns in steps."""
    if not can(registry.cards()[choice.name].estimator, Trainable):
        return *cached.function(choice, state.spec()), None
    if len(data) == 0:
        return None, cached.NO_POINTS, None
    job = _job_for(choice, data)
    return job.published.assessment, job.published.problem, job


def watch_training(
    job: Job, at_first: FunctionAssessment | None, show: Callable[[FunctionAssessment | None], None]
) -> None:
    """Call ``show`` again and again with what has been learned.

    The rest of the page knows what was learned when it ran, ``at_first``; it runs once more at the end.
    """
    ran_at_first = job.running

    @st.fragment(run_every=POLL_SECONDS if ran_at_first else None)
    def watched() -> None:
        job.seen()
        running, published = job.running, job.published
        show(published.assessment)
        _buttons(job)
        progress = published.progress
        if progress:
            st.progress(
                progress.step / progress.n_steps,
                f"step {progress.step} of {progress.n_steps}, log loss {published.losses[-1][1]:.3f}",
            )
        if published.problem:
            st.warning(published.problem)
        if not running and (ran_at_first or published.assessment is not at_first):
            st.rerun()

    watched()


def _job_for(choice: ModelChoice, data: Dataset) -> Job:
    """The session's job for this model and these data; another choice cancels the old job."""
    job: Job | None = st.session_state.get("job")
    if job is None or (job.choice, job.spec) != (choice, state.spec()):
        if job is not None:
            job.cancel()
        job = st.session_state["job"] = Job(choice, state.spec(), data)
        job.run()
    return job


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
