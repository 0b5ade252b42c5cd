"""Inverse transform, rejection and importance sampling, each on a line and in the plane."""

from __future__ import annotations

from functools import partial

import numpy as np
import streamlit as st

from pages.parts.charts.chart import chart_of_column, no_chart_yet
from pages.parts.computing.place import MOVING, STILL, place
from pages.parts.computing.results import computed
from pages.parts.models.targets import Subject, units
from pages.parts.text.numbers import percent, rounded
from pages.parts.text.places import number_at
from pages.parts.text.story import tell, words
from pages.parts.workspace.seeds import seed_of, seed_setting
from pages.parts.workspace.setting import Setting
from pages.sample.why.density_planes import show
from paradigms.experiments.sample import direct_draws
from paradigms.figures import drawing as figures
from paradigms.scene.axes import named_axes
from paradigms.scene.layers import CROSS, DISC, Particles, Points
from paradigms.scene.timeline import Timeline

N_HEIGHTS = 9
SPREADS = (0.5, 0.8, 1.2, 1.8, 2.5, 4.0)
HEIGHTS, THROWS, DRAWS = map(seed_setting, ("heights", "throws", "draws"))
SPREAD = Setting("importance_spread", 2.5, words("why", "spread"), choices=SPREADS, look="select_slider")


def inverse(subject: Subject) -> None:
    """Quantiles of a few heights on a line, and in the plane one coordinate after the other."""
    curve, picture = st.columns([1, 1], gap="large")
    with curve:
        shown = st.container()
        tell("why", "inverse text")
        seed = seed_of(HEIGHTS, words("why", "inverse again"))
    (x, axis), (y, _) = named_axes(units())
    with shown, place("distribution_function", no_chart_yet):
        line = computed(subject.name, direct_draws.FirstCoordinate, subject.quick_density)
        heights = np.random.default_rng(seed).random(N_HEIGHTS)
        low, *_, high = np.sort(line.quantile(heights))
        ends = {"low": number_at(axis, low), "high": number_at(axis, high)}
        said = words("why", "inverse curve", n=str(N_HEIGHTS), **ends)
        chart_of_column(figures.distribution_function(line, heights), said, "distribution_function", units())
    with picture, place("inverse", partial(show, "inverse", "", subject, ()), room=MOVING):
        draw = direct_draws.inverse_transform_in_the_plane
        path = computed(subject.name, draw, subject.quick_density, seed=seed)
        with st.container():
            told = (0, f"{x} from its own F"), (len(path.times) // 2, f"{y} from the F of its slice")
            alt, timeline = words("why", "alt inverse"), Timeline.of(path, "", captions=told)
            show("inverse", alt, subject, (Particles(path.positions),), timeline=timeline)


def rejection(subject: Subject) -> None:
    """Proposals below a flat envelope of p(x₁), and over the whole plane."""
    curve, picture = st.columns([1, 1], gap="large")
    with curve:
        shown, told = st.container(), st.container()
        seed = seed_of(THROWS, words("why", "rejection again"))
    with shown, place("rejection_on_a_line", no_chart_yet):
        line = computed(subject.name, direct_draws.FirstCoordinate, subject.quick_density)
        proposed = direct_draws.rejection_on_a_line(line, seed=seed)
        counts = {"stayed": str(proposed.accepted.sum()), "refused": str((~proposed.accepted).sum())}
        said = words("why", "rejection curve", **counts)
        chart_of_column(figures.rejection_on_a_line(line, proposed), said, "rejection_on_a_line", units())
    with picture, place("darts", partial(show, "darts", "", subject, ()), room=MOVING):
        found = computed(subject.name, direct_draws.rejection_in_the_plane, subject.quick_density, seed=seed)
        line = computed(subject.name, direct_draws.FirstCoordinate, subject.quick_density)
        proposed = direct_draws.rejection_on_a_line(line, seed=seed)
        shares = {"line": proposed.rate, "line_expected": proposed.expected, "rate": found.rate}
        shares = {name: percent(share) for name, share in (shares | {"expected": found.expected}).items()}
        with told:
            tell("why", "rejection text", **shares)
        counts = {"n": str(found.accepted.shape[1]), "stayed": str(np.count_nonzero(found.accepted[-1]))}
        particles = Particles(found.path.positions, shapes=np.where(found.accepted, DISC, CROSS))
        timeline, alt = Timeline.of(found.path, "throw"), words("why", "alt darts", **counts)
        with st.container():
            show("darts", alt, subject, (particles,), timeline=timeline)


def importance(subject: Subject) -> None:
    """Draws of a simple q and their importance weights, on a line and in the plane."""
    curve, picture = st.columns(2, gap="large")
    with curve:
        shown = st.container()
        spread = SPREAD.widget()
        told = st.container()
        about = {"spread": spread, "seed": seed_of(DRAWS, words("why", "importance again"))}
    with shown, place("weights_of_draws", no_chart_yet):
        line = computed(subject.name, direct_draws.FirstCoordinate, subject.quick_density)
        few = direct_draws.importance_on_a_line(line, **about)
        about_few = {"few": str(len(few.draws)), "most": percent(few.weights.max())}
        about_few["few_worth"] = rounded(few.effective_sample_size, 1)
        about_few["few_seen_from_p"] = _effective_draws(few.effective_sample_size_from_p)
        said = words("why", "importance curve", **about_few)
        chart_of_column(figures.weights_of_draws(line, few), said, "weights_of_draws", units())
    with picture, place("weighed", partial(show, "weighed", "", subject, ()), room=STILL):
        found = computed(subject.name, direct_draws.importance_in_the_plane, subject.quick_density, **about)
        n, class_indices = str(len(found.draws)), np.zeros(len(found.draws), dtype=int)
        own, from_p = found.effective_sample_size, found.effective_sample_size_from_p
        with told:
            sizes = {"worth": _effective_draws(own), "seen_from_p": _effective_draws(from_p)}
            tell("why", "importance text", n=n, missed=percent(found.missed), **sizes)
        alt = words("why", "alt weighed", n=n, different=str(len(np.unique(found.resampled, axis=0))))
        pale = Points(found.draws, class_indices, faded=True)
        resampled = Points(found.resampled, class_indices)
        with st.container():
            show("weighed", alt, subject, (pale, resampled))


def _effective_draws(draws: float) -> str:
    """How many independent draws some weighted ones are worth, in words where that is next to none."""
    return "less than 1" if draws < 1 else f"about {draws:.0f}"
