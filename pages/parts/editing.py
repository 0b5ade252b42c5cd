"""What a denoiser does to points that are there: fill in, redraw, go between, say how likely they are."""

from __future__ import annotations

from typing import Any

import numpy as np
import streamlit as st

from pages.parts import cached
from pages.parts.chart import chart
from pages.parts.numbers import rounded
from pages.parts.samples_scene import show, show_layers
from pages.parts.story import tell, words
from paradigms.data.dataset import Dataset
from paradigms.experiments import editing
from paradigms.experiments.likelihood import LikelihoodTrial, likelihood_trial
from paradigms.figures.denoising import likelihoods
from paradigms.scene.layers import SAMPLED, Points

N_LEVELS = (5, 10, 20, 40, 80)


def edit(model: Any, data: Dataset) -> None:
    """Fill in a coordinate, redraw points, go from one to another."""
    fill, redraw, between = st.columns(3, gap="medium")
    with fill:
        tell("diffusion", "fill in")
        known = st.slider(words("diffusion", "known"), -3.0, 3.0, 0.0, 0.25, key="known")
        show("filled", data, cached.recorded(model, editing.fill_in, model, known=known, n=600))
    with redraw:
        tell("diffusion", "redraw")
        noise = st.slider(words("diffusion", "noise"), 0.05, 3.0, 0.5, 0.05, key="redraw_noise")
        X, y = data.train
        show("redrawn", data, cached.recorded(model, editing.redraw, model, X, noise_level=noise), y)
    with between:
        tell("diffusion", "between")
        _between(model, data)


def _between(model: Any, data: Dataset) -> None:
    """Two points of the data, of two classes where there are, and the ways from one to the other."""
    seed = st.session_state.get("pair_seed", 0)
    if st.button(words("diffusion", "other pair"), key="pair"):
        seed = st.session_state["pair_seed"] = seed + 1
    through, straight = cached.recorded(model, _ways, model, data, seed=seed)
    slots = np.repeat([0, 1], [len(through), len(straight)])
    flags = np.repeat([SAMPLED, 0], [len(through), len(straight)])
    means = [rounded(float(model.score_samples(path).mean())) for path in (through, straight)]
    numbers = dict(zip(("through", "straight"), means, strict=True))
    ways = Points(np.concatenate([through, straight]), slots, flags)
    show_layers("between", words("diffusion", "alt between", **numbers), data, (ways,))
    tell("diffusion", "between numbers", **numbers)


def _ways(model: Any, data: Dataset, *, seed: int) -> tuple[np.ndarray, np.ndarray]:
    return editing.between(model, *editing.pair(*data.train, seed=seed))


def likelihood(model: Any, learned: Any | None, data: Dataset) -> None:
    """Along the ODE against the formula: of the mixture, and of the network where the truth is known."""
    figure, beside = st.columns([1, 1], gap="large")
    X = data.X[:300]
    with beside:
        tell("diffusion", "likelihood text")
        n_levels = st.select_slider(words("diffusion", "levels"), N_LEVELS, 20, key="likelihood_levels")
        trials = {"mixture": cached.recorded(model, likelihood_trial, model, X, n_levels=n_levels)}
        if data.truth is None:
            tell("diffusion", "no truth")
        elif learned is not None:
            trials["network"] = cached.recorded(learned, _held_against, learned, data.truth, X)
            tell("diffusion", "network numbers", error=rounded(trials["network"].error))
    with figure:
        error = rounded(trials["mixture"].error, 3)
        said = words("diffusion", "likelihood numbers", error=error, n=str(len(X)))
        chart(likelihoods(trials), said, key="likelihoods")


def _held_against(learned: Any, truth: Any, X: np.ndarray) -> LikelihoodTrial:
    return LikelihoodTrial(truth.score_samples(X), learned.score_samples(X))
