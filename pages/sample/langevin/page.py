"""Langevin and friends: Markov chains of two samplers side by side, and their diagnostics."""

import streamlit as st

from pages.parts.data.stored_points import keep_points, name_points
from pages.parts.models import targets
from pages.parts.text.story import heading, tell, words
from pages.sample.langevin import chains, convergence
from pages.sample.langevin.failures import failures
from pages.sample.langevin.sampler_settings import SEED, SLOW

name_points(used=targets.is_fitted())
tell("langevin", "lead")
with st.expander(words("langevin", "signs")):
    tell("langevin", "signs text")
failures()
subject, learned = targets.pick_subject(to_walk=True)
left, right = st.columns(2, gap="large", vertical_alignment="bottom")
with left:
    slow = SLOW.widget()
with right:
    seed = SEED.widget()

if subject:
    judges = {}
    for name, column in zip(("left", "right"), st.columns(2, gap="large"), strict=True):
        with column:
            judges[name] = chains.side(name, subject, slow=slow, seed=seed)
    verdicts = {name: judged() for name, judged in judges.items()}
    tell("langevin", "formula")

    heading("langevin", "believe")
    tell("langevin", "believe it")
    convergence.diagnostics(verdicts, subject)
elif learned:
    chains.not_yet(learned)

heading("langevin", "bias")
tell("langevin", "bias of the step")
convergence.bias()

keep_points()
