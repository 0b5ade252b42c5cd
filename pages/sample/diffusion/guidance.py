"""What steers the way back from noise: a class, a function, a coordinate that is known."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

import streamlit as st

from jobs import kept_trainings
from pages.parts.computing.place import STILL, place
from pages.parts.computing.results import computed
from pages.parts.models import cached, pickers
from pages.parts.models.numbers import rounded
from pages.parts.pictures.samples_scene import show, show_nothing_yet
from pages.parts.text.story import tell, words
from pages.parts.workspace import state
from paradigms import registry
from paradigms.data.dataset import Dataset
from paradigms.experiments.sample.forward_and_reverse import GuidanceTrial, guidance_trial
from paradigms.fits.assessment import assess_function
from paradigms.fits.specs import ModelSpec
from paradigms.protocols import Trainable, can

WEIGHTS = (0.0, 0.5, 1.0, 1.5, 2.0, 3.0, 4.0, 6.0, 8.0)
USUAL_FUNCTION = "support_vector_machine"


def guidance(model: Any, data: Dataset) -> None:
    """Classifier-free beside the function that steers; both say what it costs and what it brings."""
    labels = [int(label) for label in model.classes_]
    if st.session_state.setdefault("guided_class", labels[0]) not in labels:
        st.session_state["guided_class"] = labels[0]
    label = st.selectbox(
        words("diffusion", "class"),
        labels,
        format_func=data.class_names.__getitem__,
        key="guided_class",
        persist_state="session",
    )
    weight = st.select_slider(
        words("diffusion", "weight"), WEIGHTS, 1.0, key="guidance_weight", persist_state="session"
    )
    steering, title = steering_function()
    for name, column in zip(("free", "steered"), st.columns(2, gap="large"), strict=True):
        nothing_yet = partial(show_nothing_yet, f"guidance_{name}", data)
        with column:
            tell("diffusion", f"guidance {name}", function=title)
            with place(f"guidance_{name}", nothing_yet, room=STILL):
                classifier = steering() if name == "steered" else None
                if name == "steered" and classifier is None:
                    tell("diffusion", "no function to steer")
                    continue
                about = {"label": label, "weight": weight, "classifier": classifier}
                trial = computed(model, guidance_trial, model, model, **about)
                with st.container():
                    show(f"guidance_{name}", data, trial.samples, label)
                    _numbers(trial)


def _numbers(trial: GuidanceTrial) -> None:
    with st.container(horizontal=True):
        st.metric("diversity", rounded(trial.diversity), help=words("diffusion", "diversity"))
        st.metric("fidelity", rounded(trial.fidelity, 3), help=words("diffusion", "fidelity"))
        name_and_floor = f"distance to p(x|y) (fresh: {rounded(trial.floor, 3)})"
        st.metric(name_and_floor, rounded(trial.distance, 3), help=words("diffusion", "distance given"))
        st.metric("outside", str(trial.n_outside), help=words("diffusion", "outside"))


def steering_function() -> tuple[Callable[[], Any | None], str]:
    """How to get at the classifier that was chosen on the playground, which is ``computed``, and its title.

    One that learns in steps must have come to its end there; otherwise a quick one stands in for it.
    """
    choice = pickers.chosen("function_model", USUAL_FUNCTION)
    title = registry.cards()[choice.name].title
    if can(registry.cards()[choice.name].estimator, Trainable):
        known = kept_trainings.get(choice, state.spec(), assess_function)
        if known and known.assessment:
            return lambda: known.assessment.model, title
        choice = ModelSpec(USUAL_FUNCTION)
        title = registry.cards()[choice.name].title

    def fitted() -> Any | None:
        assessment, _ = cached.function(choice, state.spec())
        return assessment and assessment.model

    return fitted, title
