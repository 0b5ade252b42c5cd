"""Density: every distribution on the same points, side by side, and the truth where it is known."""

from functools import partial

import streamlit as st

from pages.imagine.density.one_density import one_density
from pages.parts.computing.place import place
from pages.parts.models import pickers
from pages.parts.models.learned import learn
from pages.parts.models.truth import truth
from pages.parts.pictures.draw_panel import draw_panel
from pages.parts.text.story import tell, words
from pages.parts.workspace import state
from paradigms.fits.specs import ModelSpec

data, spec = state.dataset(), state.spec()
tell("density", "lead")
tell("density", "formula")
train_all = st.button(words("training", "train all"), icon=":material/play_arrow:", key="train_all")


def show(name, title, assessment, refusal, **standing):
    one_density(name, title, data, assessment, None if assessment else refusal, **standing)


def show_data():
    draw_panel(data)


def show_truth():
    show_it = partial(show, "truth", "The truth")
    with place("truth", lambda dimmed, **standing: show_it(None, dimmed, **standing)):
        known = truth(spec)
        with st.container():
            show_it(known, None)
    tell("density", "truth")


def show_model(name, title):
    first = state.is_first_visit()  # so that nobody meets empty planes; later, each training has its button
    learned = learn(name, ModelSpec(name), at_once=first)
    if train_all:
        learned.run()
    learned.show(partial(show, name, title))
    tell(f"models/{name}", "objective")


shown = {"Your data": show_data} | ({} if data.truth is None else {"The truth": show_truth})
for name, card in pickers.densities().items():
    shown[card.title] = lambda name=name, title=card.title: show_model(name, title)

titles = list(shown)
for start in range(0, len(titles), 3):
    for column, title in zip(st.columns(3, gap="medium"), titles[start:], strict=False):
        with column:
            st.subheader(title, anchor=False)
            shown[title]()

tell("density", "contours")
