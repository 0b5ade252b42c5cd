"""Density: every distribution on the same points, side by side, and the truth where it is known."""

import streamlit as st

from pages.parts import cached, panels, pickers, state
from pages.parts.cached import ModelChoice
from pages.parts.numbers import density_numbers
from pages.parts.story import tell
from pages.parts.trainer import learned_distribution, watch_training

data, spec = state.dataset(), state.spec()
tell("density", "lead")
tell("density", "formula")


def show(name, title, assessment, refusal):
    """One density with its numbers."""
    panels.density_panel(name, title, data, assessment, None if assessment else refusal)
    if assessment:
        density_numbers(assessment)


def show_truth():
    show("truth", "The truth", cached.truth(spec), None)
    tell("density", "truth")


def show_model(name, title):
    first = state.is_first_visit()  # so that nobody meets empty planes; later, each training has its button
    assessment, refusal, job = learned_distribution(ModelChoice(name), data, side=name, at_once=first)
    if job:
        watch_training(name, job, assessment, lambda learned, why: show(name, title, learned, why))
    else:
        show(name, title, assessment, refusal)
    tell(f"models/{name}", "objective")


shown = {} if data.truth is None else {"The truth": show_truth}
for name, card in pickers.densities().items():
    shown[card.title] = lambda name=name, title=card.title: show_model(name, title)

titles = list(shown)
for start in range(0, len(titles), 3):
    for column, title in zip(st.columns(3, gap="medium"), titles[start:], strict=False):
        with column:
            st.markdown(f"**{title}**")
            shown[title]()

tell("density", "contours")
