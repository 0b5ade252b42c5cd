"""A model that learns while one watches: its plane, its curves, and the buttons."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import streamlit as st

from jobs import kept_trainings
from jobs.training import Job
from pages.parts.models import cached
from pages.parts.text.story import words
from pages.parts.training.buttons import pace, training_buttons
from pages.parts.training.progress import progress_of
from pages.parts.workspace import state
from paradigms import registry
from paradigms.data.dataset import Dataset
from paradigms.fits.assessment import (
    DistributionAssessment,
    FunctionAssessment,
    SampleAssessment,
    assess_distribution,
    assess_function,
)
from paradigms.fits.fitting import NO_POINTS, Assess
from paradigms.fits.specs import ModelSpec
from paradigms.protocols import Trainable, can

POLL_SECONDS = 0.5


def learned_function(
    choice: ModelSpec, data: Dataset
) -> tuple[FunctionAssessment | None, str | None, Job | None]:
    """What a classifier has learned of the data so far, or why it cannot; with its job if it learns in steps.

    Where a training stopped early there may be both: the last good state, and the reason.
    """
    return _learned("function", choice, data, cached.function, assess_function)


def learned_distribution(
    choice: ModelSpec, data: Dataset, side: str = "distribution", *, at_once: bool = True
) -> tuple[DistributionAssessment | SampleAssessment | None, str | None, Job | None]:
    """The same of a distribution; ``side`` names its place, where a page has several.

    Unless ``at_once``, a training waits for its button; what anybody has trained before is there at once.
    """
    return _learned(side, choice, data, cached.distribution, assess_distribution, at_once)


def _learned(
    side: str, choice: ModelSpec, data: Dataset, fitted: Callable, assess: Assess, at_once: bool = True
) -> tuple[Any, str | None, Job | None]:
    if not can(registry.cards()[choice.name].estimator, Trainable):
        return *fitted(choice, state.spec()), None
    if len(data) == 0:
        return None, NO_POINTS, None
    job = _job_for(side, choice, data, assess, at_once)
    return job.published.assessment, job.published.problem, job


def watch_training(side: str, job: Job, at_first: Any, show: Callable[..., None]) -> None:
    """Call ``show`` again and again with what has been learned, or why there is nothing, and how it stands.

    The rest of the page knows what was learned when it ran, ``at_first``; it runs once more at the end.
    """
    ran_at_first = job.running

    @st.fragment(run_every=POLL_SECONDS if ran_at_first else None)
    def watched() -> None:
        job.seen()
        running, published = job.running, job.published
        waiting = words("training", "about to begin" if running else "waits to begin")
        show(published.assessment, published.problem or waiting, status=standing(job), busy=running)
        training_buttons(side, job)
        if published.look:
            progress_of(side, published.look)
        if published.problem and published.assessment:
            st.warning(published.problem)
        if not running and (ran_at_first or published.assessment is not at_first):
            st.rerun()

    watched()


def standing(job: Job) -> str:
    """In words, which do not change from step to step: they are spoken."""
    if job.running:
        return words("training", "learning")
    if job.published.look is None or job.published.problem:
        return ""
    progress = job.published.look.progress
    about = {"step": str(progress.step), "n": str(progress.n_steps)}
    return words("training", "ended" if job.finished else "paused", **about)


def _job_for(side: str, choice: ModelSpec, data: Dataset, assess: Assess, at_once: bool) -> Job:
    """The session's job for this model and these data; another choice cancels the side's old job."""
    jobs = st.session_state.setdefault("jobs", {})
    job: Job | None = jobs.get(side)
    if job is None or (job.choice, job.spec) != (choice, state.spec()):
        if job is not None:
            job.cancel()
        known = kept_trainings.get(choice, state.spec(), assess)
        job = jobs[side] = Job(choice, state.spec(), data, assess, known=known)
        job.pace = pace(side)
        if at_once:
            job.run()
    return job
