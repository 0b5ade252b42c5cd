"""Diffusion and flows: where the way back begins, what leads it, how many steps it takes, what steers it."""

import streamlit as st

from pages.parts.models.fitted import fitted
from pages.parts.pictures import not_yet
from pages.parts.text.story import heading, tell, words
from pages.parts.training.trainer import learned_distribution
from pages.parts.training.waiting import wait_for_training
from pages.parts.workspace import state
from pages.parts.workspace.stored_points import keep_points, name_points
from pages.sample.diffusion import editing, forward_and_reverse, guidance
from pages.sample.diffusion.few_steps import few_steps
from paradigms.fits.specs import ModelSpec

data = state.dataset()
name_points()
tell("diffusion", "lead")
with st.expander(words("diffusion", "signs")):
    tell("diffusion", "signs text")
fit = fitted(learned_distribution, ModelSpec("gaussian_mixture"), data, side="mixture")
assessment = fit.assessment
learned, problem, job = learned_distribution(ModelSpec("diffusion"), data, side="denoiser", at_once=False)

if assessment is None:
    not_yet.diffusion(fit, data)
else:
    heading("diffusion", "schedule")
    forward_and_reverse.schedule(assessment.model, data)

    heading("diffusion", "scores")
    tell("diffusion", "scores text")
    forward_and_reverse.three_scores(assessment.model, learned and learned.model, data)
    if problem:
        st.warning(problem)
    if job and not job.finished:
        tell("diffusion", "train it")
        wait_for_training("denoiser", job)

    heading("diffusion", "how many")
    few_steps(assessment.model, data)

    heading("diffusion", "guidance")
    tell("diffusion", "guidance text")
    guidance.guidance(assessment.model, data)

    heading("diffusion", "edit")
    editing.edit(assessment.model, data)

    heading("diffusion", "likelihood")
    editing.likelihood(assessment.model, learned and learned.model, data)

keep_points()
