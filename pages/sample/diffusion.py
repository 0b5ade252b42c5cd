"""Diffusion and flows: where the way back begins, what leads it, how many steps it takes, what steers it."""

import streamlit as st

from pages.parts import denoising, editing, not_yet, state, steering
from pages.parts.cached import ModelChoice
from pages.parts.few_steps import few_steps
from pages.parts.fitted import fitted
from pages.parts.keeper import keep_points, name_points
from pages.parts.story import heading, tell, words
from pages.parts.trainer import learned_distribution
from pages.parts.waiting import wait_for_training

data = state.dataset()
name_points()
tell("diffusion", "lead")
with st.expander(words("diffusion", "signs")):
    tell("diffusion", "signs text")
fit = fitted(learned_distribution, ModelChoice("gaussian_mixture"), data, side="mixture")
assessment = fit.assessment
learned, problem, job = learned_distribution(ModelChoice("diffusion"), data, side="denoiser", at_once=False)

if assessment is None:
    not_yet.diffusion(fit, data)
else:
    heading("diffusion", "schedule")
    denoising.schedule(assessment.model, data)

    heading("diffusion", "scores")
    tell("diffusion", "scores text")
    denoising.three_scores(assessment.model, learned and learned.model, data)
    if problem:
        st.warning(problem)
    if job and not job.finished:
        tell("diffusion", "train it")
        wait_for_training("denoiser", job)

    heading("diffusion", "how many")
    few_steps(assessment.model, data)

    heading("diffusion", "guidance")
    tell("diffusion", "guidance text")
    steering.guidance(assessment.model, data)

    heading("diffusion", "edit")
    editing.edit(assessment.model, data)

    heading("diffusion", "likelihood")
    editing.likelihood(assessment.model, learned and learned.model, data)

keep_points()
