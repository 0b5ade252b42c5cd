"""A model that learns while one watches: its plane, its loss, and the buttons."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import streamlit as st

from pages.parts import cached, state
from pages.parts.cached import ModelChoice
from pages.parts.jobs import Job
from paradigms import registry
from paradigms.data.dataset import Dataset
from paradigms.evaluation.assessment import (
    DistributionAssessment,
    FunctionAssessment,
    assess_distribution,
    assess_function,
)
from paradigms.protocols import Trainable, can

POLL_SECONDS = 0.5
BEFORE_THE_FIRST_STEP = "The training is about to begin."


def learned_function(
    choice: ModelChoice, data: Dataset
) -> tuple[FunctionAssessment | None, str | None, Job | None]:
    """What a classifier has learned of the data so far, or why it cannot; with its job if it learns in steps.

    Where a training stopped early there may be both: the last good state, and the reason.
    """
    return _learned("function", choice, data, cached.function, assess_function)


def learned_distribution(
    choice: ModelChoice, data: Dataset, side: str = "distribution"
) -> tuple[DistributionAssessment | None, str | None, Job | None]:
    """The same of a distribution; ``side`` names its place, where a page trains several."""
    return _learned(side, choice, data, cached.distribution, assess_distribution)


def _learned(side: str, choice: ModelChoice, data: Dataset, at_once: Callable, assess: Callable) -> tuple:
    if not can(registry.cards()[choice.name].estimator, Trainable):
        return *at_once(choice, state.spec()), None
    if len(data) == 0:
        return None, cached.NO_POINTS, None
    job = _job_for(side, choice, data, assess)
    return job.published.assessment, job.published.problem, job


def watch_training(
    side: str, job: Job, at_first: Any, show: Callable[[Any, str | None], None]
) -> None:
    """Call ``show`` again and again with what has been learned, or why there is nothing.

    The rest of the page knows what was learned when it ran, ``at_first``; it runs once more at the end.
    """
    ran_at_first = job.running

    @st.fragment(run_every=POLL_SECONDS if ran_at_first else None)
    def watched() -> None:
        job.seen()
        running, published = job.running, job.published
        show(published.assessment, published.problem or BEFORE_THE_FIRST_STEP)
        _buttons(side, job)
        progress = published.progress
        if progress:
            losses = ", ".join(f"{name} {value:.3f}" for name, value in progress.losses.items())
            share = progress.step / progress.n_steps
            st.progress(share, f"step {progress.step} of {progress.n_steps}, {losses}")
        if published.problem and published.assessment:
            st.warning(published.problem)
        if not running and (ran_at_first or published.assessment is not at_first):
            st.rerun()

    watched()


def _job_for(side: str, choice: ModelChoice, data: Dataset, assess: Callable) -> Job:
    """The session's job for this model and these data; another choice cancels the side's old job."""
    job: Job | None = st.session_state.get(f"{side}_job")
    if job is None or (job.choice, job.spec) != (choice, state.spec()):
        if job is not None:
            job.cancel()
        job = st.session_state[f"{side}_job"] = Job(choice, state.spec(), data, assess)
        job.run()
    return job


def _buttons(side: str, job: Job) -> None:
    def button(label: str, icon: str, key: str, disabled: bool = False) -> bool:
        return st.button(label, icon=f":material/{icon}:", key=f"{side}_{key}", disabled=disabled)

    with st.container(horizontal=True, gap="small", key=f"{side}_training"):
        if job.running:
            if button("Pause", "pause", "training_pause"):
                job.pause()
                st.rerun()
        elif button("Train", "play_arrow", "training_run", job.finished):
            job.run()
            st.rerun()
        if button("Step", "skip_next", "training_step", job.finished):
            job.step()
            st.rerun()
        if button("Reset", "replay", "training_reset"):
            job.cancel()
            del st.session_state[f"{side}_job"]
            st.rerun()
