"""What steers the way back from noise: a class, a function, a coordinate that is known."""

from __future__ import annotations

from functools import partial

import streamlit as st

from jobs.published import known_end
from pages.parts.computing.place import STILL, place
from pages.parts.computing.results import computed
from pages.parts.models import pickers
from pages.parts.models.learned import Learned, learn, learns_in_steps
from pages.parts.text.numbers import rounded
from pages.parts.text.story import tell, words
from pages.parts.workspace import state
from pages.parts.workspace.setting import Setting
from pages.sample.diffusion.sample_planes import show, show_nothing_yet
from paradigms import registry
from paradigms.data.dataset import MAX_CLASSES, Dataset
from paradigms.experiments.sample.guidance_trial import GuidanceTrial, guidance_trial
from paradigms.fits.assessment import Assessment
from paradigms.fits.specs import FitSpec, ModelSpec

WEIGHTS = (0.0, 0.5, 1.0, 1.5, 2.0, 3.0, 4.0, 6.0, 8.0)
QUICK_FUNCTION = "support_vector_machine"
CLASS = Setting("guided_class", 0, words("diffusion", "class"), choices=range(MAX_CLASSES))
WEIGHT = Setting("guidance_weight", 1.0, words("diffusion", "weight"), choices=WEIGHTS, look="select_slider")


def guidance(mixture: Assessment, data: Dataset) -> None:
    """Classifier-free beside the function that steers; both say what it costs and what it brings."""
    of, model, labels = mixture.digest, mixture.model, mixture.labels
    label = CLASS.widget(choices=labels, format_func=data.class_names.__getitem__)
    weight = WEIGHT.widget()
    steering, title = steering_function()
    for name, column in zip(("free", "steered"), st.columns(2, gap="large"), strict=True):
        nothing_yet = partial(show_nothing_yet, f"guidance_{name}", data)
        with column:
            tell("diffusion", f"guidance {name}", function=title)
            with place(f"guidance_{name}", nothing_yet, room=STILL):
                about = {"label": label, "weight": weight}
                if name == "free":
                    trial = computed(of, guidance_trial, model, model, **about)
                elif classifier := steering.value():
                    both = of, classifier.digest
                    trial = computed(both, guidance_trial, model, model, classifier.model, **about)
                else:
                    tell("diffusion", "no function to steer")
                    continue
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


def steering_function() -> tuple[Learned, str]:
    """The classifier that was chosen on the playground, and its title.

    One that learns in steps must have come to its end there; otherwise a quick one stands in for it.
    """
    model = pickers.chosen(pickers.FUNCTION)
    if learns_in_steps(model):
        end = known_end(FitSpec(model, state.spec()))
        if end and end.assessment:
            return Learned("steering", end.assessment), registry.cards()[model.name].title
        model = ModelSpec(QUICK_FUNCTION)
    return learn("steering", model), registry.cards()[model.name].title
