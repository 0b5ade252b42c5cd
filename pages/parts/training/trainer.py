"""A model that learns while one watches: its plane, its curves, and the buttons."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import streamlit as st

from jobs.training import Job
from pages.parts.computing.looking import look_again
from pages.parts.text.story import words
from pages.parts.training.buttons import training_buttons
from pages.parts.training.progress import progress_of


def watch_training(side: str, job: Job, at_first: Any, show: Callable[..., None]) -> None:
    """Call ``show`` again and again with what has been learned, or why there is nothing, and how it stands.

    The rest of the page knows what was learned when it ran, ``at_first``; it runs once more at the end.
    """
    ran_at_first = job.running

    def watched() -> None:
        job.seen()
        running, published = job.running, job.latest()
        waiting = words("training", "about to begin" if running else "waits to begin")
        show(published.assessment, published.problem or waiting, status=standing(job), busy=running)
        training_buttons(side, job)
        if published.look:
            progress_of(side, published.look)
        if job.retried and not published.problem:
            st.caption(words("training", "retried"))
        if published.problem and published.assessment:
            st.warning(published.problem)
        if not running and (ran_at_first or published.assessment is not at_first):
            st.rerun()

    look_again(watched, and_again=ran_at_first)


def standing(job: Job) -> str:
    """In words, which do not change from step to step: they are spoken."""
    if job.running:
        return words("training", "learning")
    published = job.latest()
    if published.look is None or published.problem:
        return ""
    progress = published.look.progress
    about = {"step": str(progress.step), "n": str(progress.n_steps)}
    return words("training", "ended" if job.finished else "paused", **about)
