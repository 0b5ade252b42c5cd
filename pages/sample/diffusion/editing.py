"""What a denoiser does to points that are there: fill in, redraw, go between, say how likely they are."""

from __future__ import annotations

from functools import partial
from typing import Any

import numpy as np
import streamlit as st

from pages.parts.charts.chart import chart, no_chart_yet
from pages.parts.computing.place import MOVING, STILL, place
from pages.parts.computing.results import computed
from pages.parts.text.numbers import rounded
from pages.parts.text.places import number_at, of_spread, spread
from pages.parts.text.story import plain, tell, words
from pages.parts.workspace import state
from pages.parts.workspace.seeds import seed_of, seed_setting
from pages.parts.workspace.setting import Setting
from pages.sample.diffusion.sample_planes import show, show_layers, show_nothing_yet
from paradigms.data.dataset import Dataset
from paradigms.experiments.sample.conditional_sampling import conditional_moments, conditional_samples
from paradigms.experiments.sample.interpolation import interpolated, pair
from paradigms.experiments.sample.likelihood import against_truth, likelihood_trial
from paradigms.experiments.sample.sdedit import sdedit
from paradigms.figures.denoising import likelihoods
from paradigms.fits.assessment import Assessment
from paradigms.scene.axes import named_axes
from paradigms.scene.layers import DISC, RING, Particles
from paradigms.scene.timeline import Timeline
from paradigms.trajectory import Trajectory

N_LEVELS = (5, 10, 20, 40, 80)
ALIKE = 0.05  # in ln p: not worth a word
PLACES = tuple(quarters / 4 for quarters in range(-12, 13))  # plane units
N_SHOWN = 400  # of the points that were filled in
KNOWN = Setting("known", 0.0, choices=PLACES, look="select_slider")
NOISE = Setting("redraw_noise", 0.5, words("diffusion", "noise"), low=0.05, high=3.0, step=0.05)
PAIR = seed_setting("pair")
LEVELS = Setting(
    "likelihood_levels", 20, words("diffusion", "levels"), choices=N_LEVELS, look="select_slider"
)


def edit(mixture: Assessment, data: Dataset) -> None:
    """Fill in a coordinate, redraw points, go from one to another."""
    of, model = mixture.digest, mixture.model
    fill, redraw, between = st.columns(3, gap="medium")
    (x, known_axis), (y, other_axis) = named_axes(state.units())
    with fill:
        tell("diffusion", "fill in")
        written = partial(number_at, known_axis)
        known = KNOWN.widget(plain(x), format_func=written)
        with place("filled", partial(show_nothing_yet, "filled", data), room=STILL):
            filled = computed(of, conditional_samples, model, known=known)
            mean, deviation = computed(of, conditional_moments, model, known=known)
            with st.container():
                show("filled", data, filled[:: len(filled) // N_SHOWN])
                found = spread(other_axis, float(filled[:, 1].mean()), float(filled[:, 1].std()))
                exact = spread(other_axis, mean, deviation)
                tell("diffusion", "filled numbers", name=of_spread(y, other_axis), found=found, exact=exact)
    with redraw:
        tell("diffusion", "redraw")
        noise = NOISE.widget()
        X, y = data.train
        with place("redrawn", partial(show_nothing_yet, "redrawn", data), room=STILL):
            redrawn = computed(of, sdedit, model, X, noise_level=noise)
            with st.container():
                show("redrawn", data, redrawn, y)
    with between:
        tell("diffusion", "between")
        seed = seed_of(PAIR, words("diffusion", "other pair"))
        with place("between", partial(show_nothing_yet, "between", data), room=MOVING):
            ways = computed((of, seed), interpolated, model, *pair(*data.train, seed=seed))
            with st.container():
                _between(model, data, ways)


def _between(model: Any, data: Dataset, ways: tuple[np.ndarray, np.ndarray]) -> None:
    """Two points of the data, of two classes where there are, and the ways from one to the other."""
    through, straight = ways
    means = [float(model.score_samples(path).mean()) for path in (through, straight)]
    numbers = dict(zip(("through", "straight"), map(rounded, means), strict=True))
    path = Trajectory(
        np.stack([through, straight], axis=1).astype(np.float32), np.linspace(0, 1, len(through))
    )
    shapes = np.tile([DISC, RING], (len(through), 1))
    timeline = Timeline.of(path, "share", seconds=5.0, trails=True, trail=len(through))
    alt = words("diffusion", "alt between", **numbers)
    show_layers("between", alt, data, (Particles(path.positions, shapes=shapes),), timeline=timeline)
    tell("diffusion", "between numbers", **numbers)
    if abs(means[0] - means[1]) < ALIKE:
        tell("diffusion", "between alike")
    else:
        tell("diffusion", "between better" if means[0] > means[1] else "between worse")


def likelihood(mixture: Assessment, network: Assessment | None, data: Dataset) -> None:
    """Along the ODE against the formula: of the mixture, and of the network where the truth is known."""
    figure, beside = st.columns([1, 1], gap="large")
    X = data.X[:300]
    with beside:
        tell("diffusion", "likelihood text")
        n_levels = LEVELS.widget()
        if data.truth is None:
            tell("diffusion", "no truth")
        told = st.container()
    with figure, place("likelihoods", no_chart_yet):
        trials = {"mixture": computed(mixture.digest, likelihood_trial, mixture.model, X, n_levels=n_levels)}
        if network is not None and data.truth is not None:
            trials["network"] = computed(network.digest, against_truth, network.model, data.truth, X)
            with told:
                tell("diffusion", "network numbers", error=rounded(trials["network"].error))
        error = rounded(trials["mixture"].error, 3)
        said = words("diffusion", "likelihood numbers", error=error, n=str(len(X)))
        chart(likelihoods(trials), said, key="likelihoods")
