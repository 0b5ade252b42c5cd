"""Langevin and friends: chains over a density, two side by side, and whether to believe them."""

import streamlit as st

from pages.parts import cached, subjects, walking
from pages.parts.failures import failures
from pages.parts.story import heading, tell
from paradigms import registry
from paradigms.experiments.chain_verdict import bias_of_unadjusted_steps
from paradigms.figures import chains

tell("langevin", "lead")
failures()
left, middle, right = st.columns([3, 2, 2], gap="medium", vertical_alignment="bottom")
with left:
    subject = subjects.pick_subject(to_walk=True)
with middle:
    slow = st.toggle("Slow motion: each step in its parts", key="walk_slow", persist_state="session")
with right:
    seed = st.number_input("Seed of both", 0, 9999, 0, key="walk_seed", persist_state="session")

if subject:
    verdicts = {}
    for name, column in zip(("left", "right"), st.columns(2, gap="large"), strict=True):
        with column:
            verdicts[name] = walking.side(name, subject, slow=slow, seed=seed)
    tell("langevin", "formula")

    heading("langevin", "believe")
    tell("langevin", "believe it")
    first, second, third = st.columns(3, gap="medium")
    titles = {name: registry.samplers()[st.session_state[f"walk_{name}"]].title for name in verdicts}
    named = {f"{name}: {titles[name]}": verdict for name, verdict in verdicts.items()}
    with first:
        curves = {name: verdict.correlation for name, verdict in named.items()}
        figure = chains.autocorrelations({name: curve for name, curve in curves.items() if curve is not None})
        st.plotly_chart(figure, key="correlation")
    truth = subject.truth.sample(4000, 0)
    for column, place in enumerate((second, third)):
        with place:
            draws = {name: verdict.draws for name, verdict in named.items()}
            st.plotly_chart(chains.marginals(draws, truth, column), key=f"marginal_{column}")

heading("langevin", "bias")
tell("langevin", "bias of the step")
st.plotly_chart(chains.bias_of_the_step(*cached.once(bias_of_unadjusted_steps)), key="bias_curve")
