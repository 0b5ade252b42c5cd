"""How far a training is, and how it went: curves of the number that stands beside them, in its unit."""

from __future__ import annotations

from functools import partial

import streamlit as st

from pages.parts.charts.figure import figure
from pages.parts.text.numbers import log_density, rounded
from pages.parts.text.story import words
from paradigms.figures.training_curves import training_curves
from paradigms.fits.fitting import Look
from paradigms.fits.training_scores import MEAN_LOG_DENSITY


def progress_of(side: str, look: Look) -> None:
    """The steps taken of all, and the score on training and held-out points; ``side`` names the place.

    A distribution without a likelihood is asked what it minimises instead: its own losses, apart.
    """
    step, n_steps = look.progress.step, look.progress.n_steps
    st.progress(step / n_steps, f"step {step} of {n_steps}")
    scores = look.scores
    has_likelihood = scores.measure == MEAN_LOG_DENSITY
    written = partial(log_density, density_kind=look.assessment.density.kind) if has_likelihood else rounded
    truth = None if scores.truth is None else (f"truth {rounded(scores.truth)}", scores.truth)
    title = words("training", scores.measure)
    svg = training_curves(title, scores.steps, scores.values, n_steps, written, truth)
    figure(svg, key=f"{side}_scores")
    imagines = look.assessment.density or look.assessment.samples
    if imagines and not has_likelihood:
        st.caption(words("training", f"no likelihood, {scores.measure}"))
        svg = training_curves(words("training", "own losses"), step, look.losses, n_steps, rounded)
        figure(svg, key=f"{side}_losses")
