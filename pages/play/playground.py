"""The playground: one data set, both souls."""

import streamlit as st

from pages.parts import asking, cached, panels, pickers, state
from pages.parts.answers import answer
from pages.parts.data_notes import data_notes
from pages.parts.motion import motion
from pages.parts.numbers import distribution_numbers, function_numbers
from pages.parts.story import tell, words
from pages.parts.trainer import learned, watch_training

data, spec = state.dataset(), state.spec()
state.adopt_probe("function")
state.adopt_probe("distribution")
tell("playground", "lead")
left, middle, right = st.columns(3, gap="medium")
pointing, sampling, scoring = st.columns(3, gap="medium")

with left:
    tell("playground", "data")
    truth = data_notes(data, spec)
    panels.draw_panel(data)

with middle:
    tell("playground", "function")
    function_choice = pickers.pick_function("function_model")
    function, function_refusal, job = learned(function_choice, data)

with right:
    tell("playground", "distribution")
    distribution_choice = pickers.pick_distribution("distribution_model")
    distribution, distribution_refusal = cached.distribution(distribution_choice, spec)

with pointing:
    answer(function, distribution, data.class_names)

with sampling:
    samples = asking.ask_for_samples(distribution, data.class_names)

with scoring:
    ringed, frontier = asking.ask_for_anomalies(data, function, distribution)

with middle:
    veil = words("playground", "function cannot sample") if samples else function_refusal

    def show_function(assessment):
        panels.function_panel(data, assessment, truth, ringed, veil)

    if job:
        watch_training(job, show_function)
    else:
        show_function(function)
    function_numbers(function)
    tell(f"models/{function_choice.name}", "objective")

with right:
    panels.distribution_panel(data, distribution, truth, ringed, frontier, samples, distribution_refusal)
    distribution_numbers(distribution)
    tell(f"models/{distribution_choice.name}", "objective")

if distribution:
    st.divider()
    motion(distribution_choice, distribution)
