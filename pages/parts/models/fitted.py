"""A model that is fitted beside the page, or that learns while one watches: shown when there is something."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple

import streamlit as st

from jobs.training import Job
from pages.parts.computing.place import place
from pages.parts.computing.results import CannotCompute, GivenUp, StillComputing
from pages.parts.training.trainer import watch_training


class Fitted(NamedTuple):
    """What ``learned`` answered; or why it has no answer yet, in ``awaited``."""

    assessment: Any
    refusal: str | None
    job: Job | None
    awaited: Exception | None = None


def fitted(learned: Callable[..., tuple[Any, str | None, Job | None]], *about: Any, **options: Any) -> Fitted:
    """``learned(*about, **options)``, which may have to be waited for, without an exception."""
    try:
        return Fitted(*learned(*about, **options))
    except (StillComputing, GivenUp, CannotCompute) as awaited:
        return Fitted(None, None, None, awaited)


def show_fitted(side: str, fit: Fitted, show: Callable[..., None]) -> None:
    """``show(assessment, refusal, **standing)``, again and again while it learns, or is fitted."""
    if fit.job:
        watch_training(side, fit.job, fit.assessment, show)
        return
    with place(side, lambda dimmed, **standing: show(None, dimmed, **standing), doing="fitting"):
        if fit.awaited:
            raise fit.awaited
        with st.container():
            show(fit.assessment, fit.refusal)
