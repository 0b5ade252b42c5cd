"""The way into noise and back, and what leads it; every number is of the visitor's own data."""

from __future__ import annotations

from functools import partial
from typing import Any

import numpy as np
import streamlit as st

from pages.parts.computing.place import MOVING, STILL, place
from pages.parts.computing.results import computed, recorded
from pages.parts.models.numbers import UNKNOWN, rounded
from pages.parts.pictures.samples_scene import show, show_layers, show_moving, show_nothing_yet
from pages.parts.pictures.timelines import timeline
from pages.parts.text.fewer import say_if_fewer
from pages.parts.text.story import tell, words
from paradigms.data.dataset import Dataset
from paradigms.diffusion.empirical_denoiser import EmpiricalDenoiser, n_memorised
from paradigms.experiments.sample import forward_and_reverse
from paradigms.experiments.sample.score_fields import score_difference, score_field
from paradigms.scene import pictures

SEEN = 1.4  # so many times the floor is a distance that one sees
NEAR = 0.02  # within so much of a training point a sample counts as that point
STEPS = (10, 25, 50, 100, 250, 500, 1000)
BETAS = (0.005, 0.01, 0.02, 0.05, 0.1)
SAMPLES, SLOPES, DIFFERENCE = "Samples", "Slopes", "Difference to the mixture's"


def schedule(model: Any, data: Dataset) -> None:
    """In and back on one timeline, and two sliders with which one can begin from noise that is none."""
    picture, beside = st.columns([1, 1], gap="large")
    with beside:
        n_steps = st.select_slider(
            words("diffusion", "steps T"), STEPS, 250, key="schedule_steps", persist_state="session"
        )
        beta = st.select_slider(
            words("diffusion", "last beta"), BETAS, 0.05, key="schedule_beta", persist_state="session"
        )
        settings = {"n_steps": n_steps, "last_beta": beta}
    with picture, place("schedule", partial(show_nothing_yet, "schedule", data), room=MOVING):
        found = computed(model, forward_and_reverse.there_and_back, model, data.train[0], **settings)
        with st.container():
            _in_and_back(found, data)
        left = found.last_alpha_bar
        numbers = {"alpha": f"{left:.2g}", "distance": rounded(found.distance), "floor": rounded(found.floor)}
        with beside:
            tell("diffusion", "start", **numbers)
            if left > forward_and_reverse.NOISY_START:
                warning = words("diffusion", "no noise", alpha=f"{100 * left:.0f} %")
                seen = words("diffusion", "seen" if found.distance > SEEN * found.floor else "not seen")
                st.warning(f"{warning} {seen}")


def _in_and_back(found: forward_and_reverse.ScheduleTrial, data: Dataset) -> None:
    (turn,) = found.motion.turns
    captions = ((0, words("diffusion", "way in")), (turn, words("diffusion", "way back")))
    played = timeline(
        found.motion, "t", seconds=12.0, curve=tuple(found.alpha_bars.tolist()), curve_label="ᾱ",
        curve_is_log=True, captions=captions, marks=((turn, f"ᾱ = {found.last_alpha_bar:.2g}"),),
    )  # fmt: skip
    show_moving("schedule", data, found.motion.trajectory.positions, played)


def three_scores(model: Any, learned: Any | None, data: Dataset) -> None:
    """The exact slope of a mixture, that of the raw points, and a network's: where each leads."""
    X, y = data.train
    view = st.segmented_control(
        words("diffusion", "view"), [SAMPLES, SLOPES, DIFFERENCE], default=SAMPLES, required=True,
        key="scores_view", persist_state="session",
    )  # fmt: skip
    noise = 0.3
    if view != SAMPLES:
        noise = st.slider(
            words("diffusion", "noise"), 0.05, 3.0, 0.3, 0.05, key="scores_noise", persist_state="session"
        )
    denoisers = {"mixture": model, "raw": recorded(model, EmpiricalDenoiser, X, y), "network": learned}
    for (name, denoiser), column in zip(denoisers.items(), st.columns(3, gap="medium"), strict=True):
        with column:
            tell("diffusion", f"score {name}")
            if denoiser is None:
                continue
            with place(f"score_{name}", partial(show_nothing_yet, f"score_{name}", data), room=STILL):
                if view == SAMPLES:
                    samples = computed(denoiser, forward_and_reverse.samples_of, denoiser, model)
                    with st.container():
                        show(f"score_{name}", data, samples)
                        _memory(samples, data)
                else:
                    _slopes(name, data, denoiser, noise, model if view == DIFFERENCE else None)


def _memory(samples: np.ndarray, data: Dataset) -> None:
    """How many are training points; and of points that were held out, since some come near by chance."""
    (train, _), (held_out, _) = data.train, data.held_out
    counted = {"k": str(n_memorised(samples, train, NEAR)), "n": str(len(samples)), "near": str(NEAR)}
    chance = UNKNOWN
    if len(held_out):
        chance = f"{100 * n_memorised(held_out, train, NEAR) / len(held_out):.0f} %"
    tell("diffusion", "memorised", chance=chance, **counted)
    say_if_fewer("samples", len(samples), forward_and_reverse.N_SAMPLES)


def _slopes(name: str, data: Dataset, denoiser: Any, noise: float, mixture: Any | None) -> None:
    """Of one denoiser at a noise level, or what it says differently from the mixture."""
    differs, mean = mixture is not None and denoiser is not mixture, None
    if differs:
        field, mean = computed(denoiser, score_difference, denoiser, mixture, noise_level=noise)
    else:
        field = computed(denoiser, score_field, denoiser, noise_level=noise)
    about = words("diffusion", f"about score_{name}")
    alt = words("diffusion", "alt slopes", about=about, noise=rounded(noise))
    with st.container():
        show_layers(f"score_{name}", alt, data, pictures.vectors(field, shaded=differs))
        if differs:
            tell("diffusion", "difference", mean=rounded(mean))
        elif mixture is not None:
            tell("diffusion", "its own")
