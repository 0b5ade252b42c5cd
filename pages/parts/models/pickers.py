"""Choosing a model: a select box over the registry, and its few controls, made from its card."""

from __future__ import annotations

import math
from typing import Any

import streamlit as st

from paradigms import registry
from paradigms.cards import Card, Control
from paradigms.fits.specs import ModelSpec
from paradigms.protocols import JointModel


def pick_function(key: str) -> ModelSpec:
    """Any classifier that is no distribution in the first place."""
    return _pick("Model of the function", key, _of("discriminative", "hybrid"))


def pick_distribution(key: str) -> ModelSpec:
    """Any model of p(x) or p(x, y), those included that can only make points."""
    return _pick("Model of the distribution", key, _of("generative", "hybrid"))


def densities() -> dict[str, Card]:
    """The models that say how likely a point is: those that Bayes' rule lifts, and those joint by nature."""
    joint = registry.lifted() | registry.that_can(JointModel)
    return {name: card for name, card in registry.cards().items() if name in joint}


def _of(*paradigms: str) -> dict[str, Card]:
    return {name: card for name, card in registry.cards().items() if card.paradigm in paradigms}


def _pick(label: str, key: str, cards: dict[str, Card]) -> ModelSpec:
    """A model of these cards, with what the visitor turned on it. ``key`` is the widget's."""
    with st.container(horizontal=True, vertical_alignment="bottom", gap="small"):
        name = st.selectbox(
            label,
            list(cards),
            format_func=lambda name: cards[name].title,
            key=key,
            persist_state="session",
            label_visibility="collapsed",
        )
        card = cards[name]
        controls = st.popover("Controls", icon=":material/tune:", key=f"{key}_controls", on_change="rerun")
    if controls.open:
        with controls:
            st.caption(f"{card.title}. {card.source}")
            for control in card.controls:
                usual = registry.defaults(card.estimator)[control.parameter]
                control_widget(control, usual, _key(key, name, card, control))
    return ModelSpec(name, _chosen(key, name, card))


def chosen(key: str, usual: str) -> ModelSpec:
    """What a picker of another page was last set to, or the ``usual`` model at its defaults."""
    name = st.session_state.get(key, usual)
    return ModelSpec(name, _chosen(key, name, registry.cards()[name]))


def _chosen(key: str, name: str, card: Card) -> tuple[tuple[str, Any], ...]:
    """What differs from the defaults; a control that was never opened stands at its default."""
    usual = registry.defaults(card.estimator)
    values = {
        control.parameter: st.session_state.get(_key(key, name, card, control), usual[control.parameter])
        for control in card.controls
    }
    return tuple((parameter, value) for parameter, value in values.items() if value != usual[parameter])


def _key(picker: str, name: str, card: Card, control: Control) -> str:
    """A model that stands in both pickers may be chosen in both at once, with controls in each."""
    of_model = f"{picker}_{name}" if card.paradigm == "hybrid" else name
    return f"{of_model}_{control.parameter}"


def control_widget(control: Control, default: Any, key: str) -> Any:
    """The widget that a control asks for; answers with its value."""
    st.session_state.setdefault(key, default)
    shared = {"key": key, "help": control.help or None, "persist_state": "session"}
    if control.options:
        return st.selectbox(control.label, control.options, **shared)
    if control.scale == "log":
        stops = _log_stops(control, default)
        if st.session_state[key] not in stops:  # set from elsewhere: the nearest one will do
            st.session_state[key] = min(stops, key=lambda stop: abs(stop - st.session_state[key]))
        return st.select_slider(control.label, stops, format_func=lambda v: f"{v:.3g}", **shared)
    whole = isinstance(default, int)
    step = control.step or (1 if whole else (control.high - control.low) / 100)
    low, high, step = (int(v) if whole else float(v) for v in (control.low, control.high, step))
    return st.slider(control.label, low, high, step=step, **shared)


def _log_stops(control: Control, default: float) -> list[float]:
    """Some thirty stops, evenly spaced in the logarithm, the default among them."""
    whole = isinstance(default, int)
    low, high = math.log10(control.low), math.log10(control.high)
    stops = {float(f"{10 ** (low + (high - low) * i / 30):.2g}") for i in range(31)}
    return sorted({round(v) for v in stops} | {default} if whole else stops | {float(default)})
