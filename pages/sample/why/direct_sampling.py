"""The ways of drawing that need no chain, each on a line and in the plane, with their numbers."""

from __future__ import annotations

from functools import partial

import numpy as np
import streamlit as st

from pages.parts.charts.chart import chart_of_column, no_chart_yet
from pages.parts.computing.place import MOVING, STILL, place
from pages.parts.computing.results import computed
from pages.parts.models.targets import Subject, units
from pages.parts.text.numbers import percent, rounded, worth_of
from pages.parts.text.places import number_at
from pages.parts.text.story import tell, words
from pages.parts.workspace.seeds import seed_of
from pages.sample.why.density_planes import show
from paradigms.experiments.sample import direct_draws
from paradigms.figures import drawing as figures
from paradigms.scene.axes import named_axes
from paradigms.scene.layers import CROSS, DISC, Particles, Points
from paradigms.scene.timeline import Timeline

N_HEIGHTS = 9
SPREADS = (0.5, 0.8, 1.2, 1.8, 2.5, 4.0)


def inverse(subject: Subject) -> None:
    """A few heights and where they lead, and the two coordinates one after the other."""
    curve, picture = st.columns([1, 1], gap="large")
    with curve:
        shown = st.container()
        tell("why", "inverse text")
        seed = seed_of("heights", words("why", "inverse again"))
    (x, axis), (y, _) = named_axes(units())
    with shown, place("distribution_function", no_chart_yet):
        line = computed(subject.name, direct_draws.FirstCoordinate, subject.land)
        heights = np.random.default_rng(seed).random(N_HEIGHTS)
        low, *_, high = np.sort(line.quantile(heights))
        ends = {"low": number_at(axis, low), "high": number_at(axis, high)}
        said = words("why", "inverse curve", n=str(N_HEIGHTS), **ends)
        chart_of_column(figures.distribution_function(line, heights), said, "distribution_function", units())
    with picture, place("inverse", partial(show, "inverse", "", subject, ()), room=MOVING):
        path = computed(subject.name, direct_draws.one_coordinate_after_the_other, subject.land, seed=seed)
        with st.container():
            told = (0, f"{x} from its own F"), (len(path.times) // 2, f"{y} from the F of its slice")
            alt, timeline = words("why", "alt inverse"), Timeline.of(path, "", captions=told)
            show("inverse", alt, subject, (Particles(path.positions),), timeline=timeline)


def rejection(subject: Subject) -> None:
    """Darts under a lid over p(x₁), and at the whole plane."""
    curve, picture = st.columns([1, 1], gap="large")
    with curve:
        shown, told = st.container(), st.container()
        seed = seed_of("throws", words("why", "rejection again"))
    with shown, place("darts_under_a_lid", no_chart_yet):
        line = computed(subject.name, direct_draws.FirstCoordinate, subject.land)
        thrown = direct_draws.darts_on_a_line(line, seed=seed)
        counts = {"stayed": str(thrown.stayed.sum()), "refused": str((~thrown.stayed).sum())}
        said = words("why", "rejection curve", **counts)
        chart_of_column(figures.darts_under_a_lid(line, thrown), said, "darts_under_a_lid", units())
    with picture, place("darts", partial(show, "darts", "", subject, ()), room=MOVING):
        found = computed(subject.name, direct_draws.darts, subject.land, seed=seed)
        line = computed(subject.name, direct_draws.FirstCoordinate, subject.land)
        thrown = direct_draws.darts_on_a_line(line, seed=seed)
        shares = {"line": thrown.rate, "line_expected": thrown.expected, "rate": found.rate}
        shares = {name: percent(share) for name, share in (shares | {"expected": found.expected}).items()}
        with told:
            tell("why", "rejection text", **shares)
        counts = {"n": str(found.stayed.shape[1]), "stayed": str(np.count_nonzero(found.stayed[-1]))}
        thrown = Particles(found.path.positions, shapes=np.where(found.stayed, DISC, CROSS))
        timeline, alt = Timeline.of(found.path, "throw"), words("why", "alt darts", **counts)
        with st.container():
            show("darts", alt, subject, (thrown,), timeline=timeline)


def importance(subject: Subject) -> None:
    """Draws of a simple q and what each counts, on a line and in the plane."""
    curve, picture = st.columns(2, gap="large")
    with curve:
        shown = st.container()
        spread = st.select_slider(
            words("why", "spread"), SPREADS, 2.5, key="importance_spread", persist_state="session"
        )
        told = st.container()
        seed = seed_of("draws", words("why", "importance again"))
    with shown, place("weights_of_draws", no_chart_yet):
        line = computed(subject.name, direct_draws.FirstCoordinate, subject.land)
        few = direct_draws.weighed_on_a_line(line, spread=spread, seed=seed)
        worths = {"few_worth": rounded(few.worth, 1), "few_seen_from_p": worth_of(few.worth_seen_from_p)}
        most = percent(few.weights.max())
        said = words("why", "importance curve", few=str(len(few.draws)), most=most, **worths)
        chart_of_column(figures.weights_of_draws(line, few), said, "weights_of_draws", units())
    with picture, place("weighed", partial(show, "weighed", "", subject, ()), room=STILL):
        found = computed(subject.name, direct_draws.weighed, subject.land, spread=spread, seed=seed)
        n, slots = str(len(found.draws)), np.zeros(len(found.draws), dtype=int)
        worths = {"worth": worth_of(found.worth), "seen_from_p": worth_of(found.worth_seen_from_p)}
        with told:
            tell("why", "importance text", n=n, missed=percent(found.missed), **worths)
        alt = words("why", "alt weighed", n=n, different=str(len(np.unique(found.chosen, axis=0))))
        pale, drawn_again = Points(found.draws, slots, faded=True), Points(found.chosen, slots)
        with st.container():
            show("weighed", alt, subject, (pale, drawn_again))
