"""Two samplers on one target: the settings of each, its animation and its diagnostics."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

import streamlit as st

from pages.parts.computing.place import MOVING, place
from pages.parts.computing.results import computed, recorded
from pages.parts.models.learned import Learned
from pages.parts.models.targets import Subject, units
from pages.parts.pictures.not_yet import show_not_yet
from pages.parts.pictures.scenes import show_scene
from pages.parts.text.fewer import say_if_fewer
from pages.parts.text.numbers import rounded
from pages.parts.text.story import tell, words
from pages.sample.langevin.chain_numbers import verdict_numbers
from pages.sample.langevin.sampler_settings import pick_sampler, settings_of
from pages.sample.langevin.slow_motion import phase_by_phase
from paradigms.experiments.sample.chain_verdict import Verdict, judge, n_usual_draws
from paradigms.experiments.sample.motion import Motion
from paradigms.experiments.sample.walks import Target, chain_samplers, walk
from paradigms.scene import pictures
from paradigms.scene.layers import Layer, Particles
from paradigms.scene.timeline import Curve, Timeline

PLANES = {"left": "animation", "right": "animation_right"}


def side(name: str, subject: Subject, *, slow: bool, seed: int) -> Callable[[], Verdict | None]:
    """One sampler: its picture, its formula, its settings; what comes back judges it, which takes longer.

    Either is ``computed``; there is no verdict as long as it is.
    """
    sampler, picture = pick_sampler(name, subject), st.container()
    tell(f"samplers/{sampler}", "idea")
    density = subject.for_sampler(sampler)
    about = {"name": sampler, "settings": settings_of(name, sampler), "seed": seed}
    problem, verdict = None, None
    show = partial(_show, name, chain_samplers()[sampler].title, subject, slow)
    with picture, place(f"walk_{name}", partial(show, None, None), doing="walking", room=MOVING):
        if slow:
            motion, particles, timeline = phase_by_phase(subject.name, density, about)
        else:
            motion, particles, timeline = _walked(subject, density, about)
        problem = motion.problem
        with st.container():
            show(particles, timeline)
            if not slow:
                say_if_fewer("particles", particles.positions.shape[1], chain_samplers()[sampler].n_particles)
    with picture:
        numbers = st.container()

    def judged() -> Verdict | None:
        nonlocal verdict
        with numbers, place(f"judge_{name}", partial(_no_numbers_yet, sampler), doing="judging"):
            verdict = computed(subject.name, judge, density, subject.truth, **about)
            if problem or verdict.problem:
                st.warning(problem or verdict.problem)
            verdict_numbers(sampler, verdict)
            if not verdict.problem:
                say_if_fewer("draws", verdict.n_draws, n_usual_draws(sampler))
        return verdict

    return judged


def _walked(subject: Subject, density: Target, about: dict[str, Any]) -> tuple[Motion, Particles, Timeline]:
    found = computed(subject.name, walk, density, subject.truth, **about)
    path, clock = found.motion.trajectory, "σ" if chain_samplers()[about["name"]].anneals else "time"
    label = words("langevin", "these particles", floor=rounded(found.floor, 3))
    timeline = Timeline.of(path, clock, curve=Curve(label, tuple(found.distances.tolist())))
    return found.motion, Particles(path.positions), timeline


def _no_numbers_yet(sampler: str, dimmed: str, **_standing: Any) -> None:
    verdict_numbers(sampler, None)
    st.caption(dimmed)


def not_yet(learned: Learned) -> None:
    """The planes while the visitor's own distribution is fitted or learns."""

    def show(**standing: Any) -> None:
        for name, column in zip(PLANES, st.columns(2, gap="large"), strict=True):
            with column:
                _show_layers(name, words("waiting", "status"), (), **standing)

    show_not_yet(learned, show)


def _show(
    name: str,
    title: str,
    subject: Subject,
    slow: bool,
    particles: Particles | None,
    timeline: Timeline | None,
    **standing: Any,
) -> None:
    """The particles, where there are any yet, over the density."""
    behind = recorded(subject.name, pictures.target_density, subject.quick_density)
    n = str(particles.positions.shape[1]) if particles else "no"
    alt = words("langevin", "alt", side=name.capitalize(), sampler=title, n=n)
    # Slow steps draw their own arrows.
    layers = (*(behind[:2] if slow else behind), *([particles] if particles else []))
    _show_layers(name, alt, layers, timeline=timeline, **standing)


def _show_layers(name: str, alt: str, layers: tuple[Layer, ...], **about: Any) -> None:
    show_scene(PLANES[name], alt, layers, None, key=f"walk_plane_{name}", units=units(), **about)
