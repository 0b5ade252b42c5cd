"""Two samplers on one density: how each is set, what each shows and is worth."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

import streamlit as st

from pages.parts.component.plane import plane
from pages.parts.computing.place import MOVING, place
from pages.parts.computing.results import computed
from pages.parts.models.targets import Subject, units
from pages.parts.pictures.timelines import timeline
from pages.parts.text.fewer import say_if_fewer
from pages.parts.text.numbers import rounded
from pages.parts.text.story import tell, words
from pages.parts.workspace import state
from pages.sample.langevin.chain_numbers import verdict_numbers
from pages.sample.langevin.sampler_settings import pick_sampler, settings_of
from pages.sample.langevin.slow_motion import taken_apart
from paradigms.experiments.sample.chain_verdict import Verdict, judge, n_usual_draws
from paradigms.experiments.sample.motion import Motion
from paradigms.experiments.sample.walks import ANNEALED, chain_samplers, n_usual, walk
from paradigms.scene import pictures
from paradigms.scene.layers import Particles
from paradigms.scene.scene import Scene, Timeline


def side(name: str, subject: Subject, *, slow: bool, seed: int) -> Callable[[], Verdict | None]:
    """One sampler: its picture, its formula, its settings; what comes back judges it, which takes longer.

    Either is ``computed``; there is no verdict as long as it is.
    """
    sampler, picture = pick_sampler(name, subject), st.container()
    tell("langevin", sampler)
    density = subject.for_sampler(sampler)
    about = {"name": sampler, "settings": settings_of(name, sampler), "seed": seed}
    show, problem, verdict = partial(_show, name, chain_samplers()[sampler].title, subject, slow), None, None
    with picture, place(f"walk_{name}", partial(show, None, None), doing="walking", room=MOVING):
        if slow:
            motion, particles, played = taken_apart(subject.name, density, about)
        else:
            motion, particles, played = _walked(subject, density, about)
        problem = motion.problem
        with st.container():
            show(particles, played)
            if not slow:
                say_if_fewer("particles", particles.positions.shape[1], n_usual(sampler))
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


def _walked(subject: Subject, density: Any, about: dict[str, Any]) -> tuple[Motion, Particles, Timeline]:
    found = computed(subject.name, walk, density, subject.truth, **about)
    played = timeline(
        found.motion, "σ" if about["name"] == ANNEALED else "time", seconds=8.0,
        curve=tuple(found.distances.tolist()),
        curve_label=words("langevin", "these particles", floor=rounded(found.floor, 3)),
    )  # fmt: skip
    return found.motion, Particles(found.motion.trajectory.positions), played


def _no_numbers_yet(sampler: str, dimmed: str, **_standing: Any) -> None:
    verdict_numbers(sampler, None)
    st.caption(dimmed)


def _show(
    name: str,
    title: str,
    subject: Subject,
    slow: bool,
    particles: Particles | None,
    played: Timeline | None,
    **standing: Any,
) -> None:
    """The particles, where there are any yet, over the land."""
    behind = pictures.landscape(subject.land)
    n = str(particles.positions.shape[1]) if particles else "no"
    scene = Scene(
        name="animation" if name == "left" else "animation_right",
        alt=words("langevin", "alt", side=name.capitalize(), sampler=title, n=n),
        # Slow steps draw their own arrows.
        layers=(*(behind[:2] if slow else behind), *([particles] if particles else [])),
        class_names=("A",),
        revision=state.revision(),
        units=units(),
        timeline=played,
        **standing,
    )
    plane(scene, key=f"walk_plane_{name}")
