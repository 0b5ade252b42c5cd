"""Two samplers on one density: how each is set, what each shows and is worth."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from pages.parts import pickers, state
from pages.parts.believing import verdict_numbers
from pages.parts.numbers import rounded
from pages.parts.plane import plane
from pages.parts.recorded import recorded
from pages.parts.slow_steps import taken_apart
from pages.parts.story import tell, words
from pages.parts.subjects import Subject, units
from pages.parts.timelines import timeline
from paradigms.experiments.chain_verdict import Verdict, judge
from paradigms.experiments.walks import ANNEALED, Settings, chain_samplers, walk
from paradigms.scene import pictures
from paradigms.scene.layers import Layer, Particles
from paradigms.scene.scene import Scene, Timeline

# Both usually step alike, so that what differs is the correction.
USUAL_STEP = {"unadjusted_langevin": 0.1}


def side(name: str, subject: Subject, *, slow: bool, seed: int) -> Callable[[], Verdict]:
    """One sampler: its picture, its formula, its settings; what comes back judges it, which takes longer."""
    sampler, picture = _pick_sampler(name, subject), st.container()
    tell("langevin", sampler)
    density = subject.for_sampler(sampler)
    about = {"name": sampler, "settings": _set(name, sampler), "seed": seed}
    with picture, st.spinner(words("langevin", "walking")):
        if slow:
            motion, particles, played = taken_apart(density, about)
        else:
            found = recorded(density, walk, density, subject.truth, **about)
            motion, particles = found.motion, Particles(found.motion.trajectory.positions)
            played = timeline(
                motion, "σ" if sampler == ANNEALED else "time", seconds=8.0,
                curve=tuple(found.distances.tolist()),
                curve_label=words("langevin", "these particles", floor=rounded(found.floor, 3)),
            )  # fmt: skip
    with picture:
        behind = pictures.landscape(subject.land)
        title = chain_samplers()[sampler].title
        # Slow steps draw their own arrows.
        _show(name, title, behind[:2] if slow else behind, particles, played)
        numbers = st.container()

    def judged() -> Verdict:
        with numbers, st.spinner(words("langevin", "judging")):
            verdict = recorded(density, judge, density, subject.truth, **about)
        with numbers:
            if motion.problem or verdict.problem:
                st.warning(motion.problem or verdict.problem)
            verdict_numbers(sampler, verdict)
        return verdict

    return judged


def setting_key(side: str, sampler: str, parameter: str) -> str:
    return f"walk_{side}_{sampler}_{parameter}"


def _pick_sampler(side: str, subject: Subject) -> str:
    cards, able, key = chain_samplers(), subject.samplers, f"walk_{side}"
    usually = {"left": "unadjusted_langevin", "right": "metropolis_langevin"}[side]
    if st.session_state.setdefault(key, usually) not in able:
        st.session_state[key] = able[-1]
    return st.selectbox(
        f"Sampler {side}", able, format_func=lambda name: cards[name].title, key=key,
        persist_state="session", label_visibility="collapsed",
    )  # fmt: skip


def _set(side: str, sampler: str) -> Settings:
    card = chain_samplers()[sampler]
    usual, settings = pickers.defaults(card.estimator), []
    for control in card.controls:
        if control.parameter != "n_steps":
            key = setting_key(side, sampler, control.parameter)
            value = usual[control.parameter]
            if control.parameter == "step_size":
                value = USUAL_STEP.get(sampler, value)
            settings.append((control.parameter, pickers.control_widget(control, value, key)))
    return tuple(settings)


def _show(name: str, title: str, behind: tuple[Layer, ...], particles: Particles, played: Timeline) -> None:
    scene = Scene(
        name="animation" if name == "left" else "animation_right",
        alt=words(
            "langevin", "alt", side=name.capitalize(), sampler=title, n=str(particles.positions.shape[1])
        ),
        layers=(*behind, particles),
        class_names=("A",),
        revision=state.revision(),
        units=units(),
        timeline=played,
    )
    plane(scene, key=f"walk_plane_{name}")
