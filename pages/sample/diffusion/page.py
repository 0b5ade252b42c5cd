"""Diffusion and flows: where the way back begins, what leads it, how many steps it takes, what steers it."""

import streamlit as st

from pages.parts.data.stored_points import keep_points, name_points
from pages.parts.models.learned import learn
from pages.parts.text.story import heading, tell, words
from pages.parts.training.waiting import wait_for_training
from pages.parts.workspace import state
from pages.sample.diffusion import editing, forward_and_reverse, guidance, not_yet, scores
from pages.sample.diffusion.few_steps import few_steps
from paradigms.fits.specs import ModelSpec

data = state.dataset()
name_points()
tell("diffusion", "lead")
with st.expander(words("diffusion", "signs")):
    tell("diffusion", "signs text")
learned_mixture = learn("mixture", ModelSpec("gaussian_mixture"))
learned_network = learn("denoiser", ModelSpec("diffusion"), at_once=False)
mixture, network = learned_mixture.assessment, learned_network.assessment

if mixture is None:
    not_yet.first_plane(learned_mixture, data)
else:
    heading("diffusion", "schedule")
    forward_and_reverse.schedule(mixture, data)

    heading("diffusion", "scores")
    tell("diffusion", "scores text")
    scores.three_scores(mixture, network, data)
    if learned_network.refusal:
        st.warning(learned_network.refusal)
    if learned_network.job and not learned_network.job.finished:
        tell("diffusion", "train it")
        wait_for_training("denoiser", learned_network.job)

    heading("diffusion", "how many")
    few_steps(mixture, data)

    heading("diffusion", "guidance")
    tell("diffusion", "guidance text")
    guidance.guidance(mixture, data)

    heading("diffusion", "edit")
    editing.edit(mixture, data)

    heading("diffusion", "likelihood")
    editing.likelihood(mixture, network, data)

keep_points()
