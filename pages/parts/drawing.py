"""The ways of drawing that need no chain, each on a line and in the plane, with their numbers."""

from __future__ import annotations

import numpy as np
import streamlit as st

from pages.parts import state
from pages.parts.again import seed_of
from pages.parts.chart import chart_of_column
from pages.parts.numbers import rounded, worth_of
from pages.parts.places import number_at
from pages.parts.plane import plane
from pages.parts.recorded import recorded
from pages.parts.story import tell, words
from pages.parts.subjects import Subject, units
from pages.parts.timelines import timeline
from paradigms.experiments import direct_draws
from paradigms.experiments.direct_draws import FirstCoordinate, darts, one_coordinate_after_the_other, weighed
from paradigms.experiments.motion import Motion
from paradigms.figures import drawing as figures
from paradigms.scene import pictures
from paradigms.scene.axes import named_axes
from paradigms.scene.layers import CROSS, DISC, Layer, Particles, Points
from paradigms.scene.scene import Scene, Timeline

N_HEIGHTS = 9
SPREADS = (0.5, 0.8, 1.2, 1.8, 2.5, 4.0)


def inverse(subject: Subject) -> None:
    """A few heights and where they lead, and the two coordinates one after the other."""
    curve, picture = st.columns([1, 1], gap="large")
    with curve:
        shown = st.container()
        tell("why", "inverse text")
        seed = seed_of("heights", words("why", "inverse again"))
    line, heights = _line(subject), np.random.default_rng(seed).random(N_HEIGHTS)
    (x, axis), (y, _) = named_axes(units())
    with shown:
        low, *_, high = np.sort(line.quantile(heights))
        ends = {"low": number_at(axis, low), "high": number_at(axis, high)}
        said = words("why", "inverse curve", n=str(N_HEIGHTS), **ends)
        chart_of_column(figures.distribution_function(line, heights), said, "distribution_function", units())
    with picture:
        path = recorded(subject.truth, one_coordinate_after_the_other, subject.land, seed=seed)
        captions = ((0, f"{x} from its own F"), (len(path.times) // 2, f"{y} from the F of its slice"))
        played = timeline(Motion(path), "", captions=captions)
        _show("inverse", words("why", "alt inverse"), subject, (Particles(path.positions),), played)


def rejection(subject: Subject) -> None:
    """Darts under a lid over p(x₁), and at the whole plane."""
    curve, picture = st.columns([1, 1], gap="large")
    with curve:
        shown, told = st.container(), st.container()
        seed = seed_of("throws", words("why", "rejection again"))
    line = _line(subject)
    thrown = direct_draws.darts_on_a_line(line, seed=seed)
    found = recorded(subject.truth, darts, subject.land, seed=seed)
    counts = {"n": str(found.stayed.shape[1]), "stayed": str(np.count_nonzero(found.stayed[-1]))}
    with shown:
        lies = {"stayed": str(thrown.stayed.sum()), "refused": str((~thrown.stayed).sum())}
        said = words("why", "rejection curve", **lies)
        chart_of_column(figures.darts_under_a_lid(line, thrown), said, "darts_under_a_lid", units())
    with told:
        on_a_line = {"line": percent(thrown.rate), "line_expected": percent(thrown.expected)}
        in_the_plane = {"rate": percent(found.rate), "expected": percent(found.expected)}
        tell("why", "rejection text", **on_a_line, **in_the_plane)
    with picture:
        played, shapes = timeline(Motion(found.path), "throw"), np.where(found.stayed, DISC, CROSS)
        alt = words("why", "alt darts", **counts)
        _show("darts", alt, subject, (Particles(found.path.positions, shapes=shapes),), played)


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
    line = _line(subject)
    few = direct_draws.weighed_on_a_line(line, spread=spread, seed=seed)
    found = recorded(subject.truth, weighed, subject.land, spread=spread, seed=seed)
    with shown:
        most = percent(few.weights.max())
        worths = {"few_worth": rounded(few.worth, 1), "few_seen_from_p": worth_of(few.worth_seen_from_p)}
        said = words("why", "importance curve", few=str(len(few.draws)), most=most, **worths)
        chart_of_column(figures.weights_of_draws(line, few), said, "weights_of_draws", units())
    with told:
        n, seen_from_p = str(len(found.draws)), worth_of(found.worth_seen_from_p)
        missed, worth = percent(found.missed), worth_of(found.worth)
        tell("why", "importance text", n=n, worth=worth, seen_from_p=seen_from_p, missed=missed)
    with picture:
        alt = words("why", "alt weighed", n=n, different=str(len(np.unique(found.chosen, axis=0))))
        slots = np.zeros(len(found.draws), dtype=int)
        pale, drawn_again = Points(found.draws, slots, faded=True), Points(found.chosen, slots)
        _show("weighed", alt, subject, (pale, drawn_again))


def _line(subject: Subject) -> FirstCoordinate:
    return recorded(subject.truth, FirstCoordinate, subject.land)


def percent(share: float) -> str:
    return f"{100 * share:.1f} %"


def _show(
    name: str, alt: str, subject: Subject, layers: tuple[Layer, ...], played: Timeline | None = None
) -> None:
    layers = *pictures.landscape(subject.land)[:2], *layers
    scene = Scene(name, alt, layers, ("A",), state.revision(), units(), timeline=played)
    plane(scene, key=f"plane_{name}")
