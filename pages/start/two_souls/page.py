"""The playground: one data set, both souls."""

import streamlit as st

from pages.parts.models import pickers
from pages.parts.models.learned import learn
from pages.parts.pictures.draw_panel import draw_panel
from pages.parts.text.story import heading, tell, words
from pages.parts.workspace import pointing, state
from pages.start.two_souls.about import about_model
from pages.start.two_souls.anomalies import ask_for_anomalies
from pages.start.two_souls.answers import answer
from pages.start.two_souls.data_notes import data_notes, small_classes
from pages.start.two_souls.distribution_side import distribution_numbers, distribution_panel
from pages.start.two_souls.function_side import function_numbers, function_panel
from pages.start.two_souls.motion import motion
from pages.start.two_souls.sampling import ask_for_samples

data, spec = state.dataset(), state.spec()
pointing.adopt_probe("function")
pointing.adopt_probe("distribution")
tell("playground", "lead")
with st.expander(words("playground", "reading")):
    tell("playground", "reading the pictures")
left, middle, right = st.columns(3, gap="medium")
asking_where, asking_for_points, asking_what_is_strange = st.columns(3, gap="medium")

with left:
    heading("playground", "data")
    truth = data_notes(data, spec)
    draw_panel(data)
    small_classes(data)

with middle:
    heading("playground", "function")
    function_choice = pickers.pick(pickers.FUNCTION)
    learned_function = learn("function", function_choice)
    function = learned_function.assessment

with right:
    heading("playground", "distribution")
    distribution_choice = pickers.pick(pickers.DISTRIBUTION)
    learned_distribution = learn("distribution", distribution_choice)
    distribution = learned_distribution.assessment

with asking_where:
    verdict = answer(function, distribution, data.class_names)

with asking_for_points:
    draw = ask_for_samples(distribution, data)

with asking_what_is_strange:
    under_way = learned_distribution.is_under_way
    search = ask_for_anomalies(data, function, distribution, under_way)

with middle:
    cannot = words("playground", "function cannot sample") if draw(distribution) else None
    strange, _ = search(distribution)

    def show_function(assessment, refusal, **standing):
        why = cannot or (None if assessment else refusal)
        function_panel(data, assessment, truth, strange, why, verdict, **standing)
        function_numbers(assessment)

    learned_function.show(show_function)
    about_model(function_choice.name)

with right:

    def show_distribution(assessment, refusal, **standing):
        why, samples, found = None if assessment else refusal, draw(assessment), search(assessment)
        distribution_panel(data, assessment, truth, *found, samples, why, verdict, **standing)
        distribution_numbers(assessment)

    learned_distribution.show(show_distribution)
    about_model(distribution_choice.name)

if distribution:
    st.divider()
    motion(distribution)
