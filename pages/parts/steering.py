"""What steers the way back from noise: a class, a function, a coordinate that is known."""

from __future__ import annotations

from typing import Any

import streamlit as st

from pages.parts import cached, state
from pages.parts.numbers import rounded
from pages.parts.samples_scene import show
from pages.parts.story import tell, words
from paradigms import registry
from paradigms.data.dataset import Dataset
from paradigms.experiments.denoised import guidance_trial
from paradigms.protocols import Trainable, can

WEIGHTS = (0.0, 0.5, 1.0, 1.5, 2.0, 3.0, 4.0, 6.0, 8.0)
USUAL_FUNCTION = "support_vector_machine"


def guidance(model: Any, function: Any | None, data: Dataset) -> None:
    """Classifier-free beside the function that steers; both say what it costs and what it brings."""
    labels = [int(label) for label in model.classes_]
    label = st.selectbox(
        words("diffusion", "class"), labels, format_func=data.class_names.__getitem__, key="guided_class"
    )
    weight = st.select_slider(words("diffusion", "weight"), WEIGHTS, 1.0, key="guidance_weight")
    ways = {"free": None, "steered": function}
    for (name, classifier), column in zip(ways.items(), st.columns(2, gap="large"), strict=True):
        with column:
            tell("diffusion", f"guidance {name}")
            if name == "steered" and classifier is None:
                tell("diffusion", "no function to steer")
                continue
            about = {"label": label, "weight": weight, "classifier": classifier}
            with st.spinner("Steering …"):
                trial = cached.recorded(model, guidance_trial, model, model, **about)
            show(f"guidance_{name}", data, trial.samples, label)
            with st.container(horizontal=True):
                st.metric("diversity", rounded(trial.diversity), help=words("diffusion", "diversity"))
                st.metric("fidelity", rounded(trial.fidelity, 3), help=words("diffusion", "fidelity"))


def steering_function() -> Any | None:
    """The classifier that was chosen on the playground, or a quick one where that learns in steps."""
    name = st.session_state.get("function_model", USUAL_FUNCTION)
    if can(registry.cards()[name].estimator, Trainable):
        name = USUAL_FUNCTION
    assessment, _ = cached.function(cached.ModelChoice(name), state.spec())
    return assessment and assessment.model
