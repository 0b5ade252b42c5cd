"""Two samplers on one density: how each is set, what each shows and is worth."""

from __future__ import annotations

import streamlit as st

from pages.parts import cached, pickers, state
from pages.parts.numbers import rounded
from pages.parts.plane import plane
from pages.parts.story import tell, words
from pages.parts.subjects import Subject, setting_key
from pages.parts.timelines import timeline
from paradigms.experiments.motion import Motion
from paradigms.experiments.walks import Settings, Verdict, chain_samplers, judge, slow_motion, walk
from paradigms.scene import pictures
from paradigms.scene.layers import Particles
from paradigms.scene.scene import Scene


def side(name: str, subject: Subject, *, slow: bool, seed: int) -> Verdict:
    """One sampler: its picture first, then its numbers, its formula and its settings."""
    sampler, picture = _pick_sampler(name), st.container()
    tell("langevin", sampler)
    settings = _set(name, sampler)
    about = {"name": sampler, "settings": settings, "seed": seed}
    with picture, st.spinner("Walking …"):
        if slow:
            recorded, parts = cached.recorded(subject.truth, slow_motion, subject.density, **about)
            captions = tuple((frame, words("langevin", f"part {part}")) for frame, part in parts)
        else:
            recorded, captions = cached.recorded(subject.truth, walk, subject.density, **about), ()
        verdict = cached.recorded(subject.truth, judge, subject.density, subject.truth, **about)
    with picture:
        _show(name, subject, recorded, captions)
        if recorded.problem or verdict.problem:
            st.warning(recorded.problem or verdict.problem)
        _numbers(verdict)
    return verdict


def _pick_sampler(side: str) -> str:
    cards = chain_samplers()
    usually = {"left": "unadjusted_langevin", "right": "metropolis_langevin"}[side]
    st.session_state.setdefault(f"walk_{side}", usually)
    return st.selectbox(
        f"Sampler {side}", list(cards), format_func=lambda name: cards[name].title, key=f"walk_{side}",
        persist_state="session", label_visibility="collapsed",
    )  # fmt: skip


def _set(side: str, sampler: str) -> Settings:
    card = chain_samplers()[sampler]
    usual, settings = pickers.defaults(card.estimator), []
    for control in card.controls:
        if control.parameter != "n_steps":
            key = setting_key(side, sampler, control.parameter)
            settings.append(
                (control.parameter, pickers.control_widget(control, usual[control.parameter], key))
            )
    return tuple(settings)


def _show(name: str, subject: Subject, recorded: Motion, captions: tuple[tuple[int, str], ...]) -> None:
    n = recorded.trajectory.positions.shape[1]
    scene = Scene(
        name="animation" if name == "left" else "animation_right",
        alt=words("langevin", "alt", n=str(n)),
        layers=(*pictures.landscape(subject.density), Particles(recorded.trajectory.positions)),
        class_names=("A",),
        revision=state.revision(),
        timeline=timeline(recorded, "frame" if captions else "time", seconds=8.0, captions=captions),
    )
    plane(scene, key=f"walk_plane_{name}")


def _numbers(verdict: Verdict) -> None:
    accepted = None if verdict.accepted is None else f"{100 * verdict.accepted:.0f} %"
    with st.container(horizontal=True):
        st.metric("accepted", accepted or "all", help=words("langevin", "accepted"))
        effective = f"{verdict.effective:,.0f} of {verdict.n_draws:,}"
        st.metric("worth, draws", effective, help=words("langevin", "effective"))
        st.metric("R̂", rounded(min(verdict.r_hat, 99.0)), help=words("langevin", "r hat"))
        st.metric(
            "distance",
            rounded(verdict.distance, 3),
            help=words("langevin", "distance", floor=rounded(verdict.floor, 3)),
        )
