"""The way back from noise, one question after another; every number is of the visitor's own data."""

from __future__ import annotations

from typing import Any

import streamlit as st

from pages.parts import cached
from pages.parts.jobs import Job
from pages.parts.numbers import rounded
from pages.parts.samples_scene import show
from pages.parts.story import tell, words
from pages.parts.trainer import POLL_SECONDS
from paradigms.data.dataset import Dataset
from paradigms.empirical_denoiser import EmpiricalDenoiser, n_memorised
from paradigms.experiments.denoised import (
    NOISY_START,
    samples_of,
    schedule_trial,
    step_trial,
)
from paradigms.figures.denoising import alpha_bars, quality_against_steps

STEPS = (10, 25, 50, 100, 250, 500, 1000)
BETAS = (0.005, 0.01, 0.02, 0.05, 0.1)


def schedule(model: Any, data: Dataset) -> None:
    """Two sliders with which one can begin from noise that is none."""
    picture, beside = st.columns([1, 1], gap="large")
    with beside:
        n_steps = st.select_slider(words("diffusion", "steps T"), STEPS, 250, key="schedule_steps")
        beta = st.select_slider(words("diffusion", "last beta"), BETAS, 0.05, key="schedule_beta")
        settings = {"n_steps": n_steps, "last_beta": beta}
        found = cached.recorded(model, schedule_trial, model, data.train[0], **settings)
        left = found.alpha_bars[-1]
        numbers = {"alpha": f"{left:.2g}", "distance": rounded(found.distance), "floor": rounded(found.floor)}
        tell("diffusion", "start", **numbers)
        if left > NOISY_START:
            st.warning(words("diffusion", "no noise", alpha=f"{100 * left:.0f} %"))
        st.plotly_chart(alpha_bars(found.alpha_bars), key="alpha_bars")
    with picture:
        show("schedule", data, found.samples)


def three_scores(model: Any, learned: Any | None, data: Dataset) -> None:
    """The exact slope of a mixture, that of the raw points, and a network's: where each leads."""
    X, y = data.train
    denoisers = {"mixture": model, "raw": cached.recorded(model, EmpiricalDenoiser, X, y), "network": learned}
    for (name, denoiser), column in zip(denoisers.items(), st.columns(3, gap="medium"), strict=True):
        with column:
            tell("diffusion", f"score {name}")
            if denoiser is None:
                continue
            samples = cached.recorded(denoiser, samples_of, denoiser, model)
            show(f"score_{name}", data, samples)
            tell("diffusion", "memorised", k=str(n_memorised(samples, X)), n=str(len(samples)))


def steps(model: Any) -> None:
    trial = cached.recorded(model, step_trial, model)
    st.plotly_chart(quality_against_steps(trial), key="quality_against_steps")


def wait_for(job: Job) -> None:
    """Run the page again when the training has come to its end."""

    @st.fragment(run_every=POLL_SECONDS)
    def watched() -> None:
        job.seen()
        if job.published.look:
            progress = job.published.look.progress
            st.progress(progress.step / progress.n_steps, f"step {progress.step} of {progress.n_steps}")
        if not job.running:
            st.rerun()

    watched()
