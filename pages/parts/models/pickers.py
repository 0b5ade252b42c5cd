"""Choosing a model: a select box over the registry, and its few controls, made from its card."""

from __future__ import annotations

import math
from collections.abc import Iterator
from functools import cache, partial
from typing import Any

import streamlit as st

from pages.parts.workspace.declared import family
from pages.parts.workspace.setting import Setting
from paradigms import registry
from paradigms.cards import Card, Control
from paradigms.fits.specs import ModelSpec
from paradigms.protocols import JointModel


def _of(*paradigms: str) -> dict[str, Card]:
    return {name: card for name, card in registry.cards().items() if card.paradigm in paradigms}


def _first_of(*paradigms: str) -> str:
    return next(iter(_of(*paradigms)))


def _picker(key: str, label: str, *paradigms: str) -> Setting:
    shown = {"choices": partial(_of, *paradigms), "label_visibility": "collapsed"}
    return Setting(key, partial(_first_of, *paradigms), label, **shown)


# Any classifier that is no distribution in the first place; and any model of p(x) or p(x, y), those included
# that can only make points.
FUNCTION = _picker("function_model", "Model of the function", "discriminative", "hybrid")
DISTRIBUTION = _picker("distribution_model", "Model of the distribution", "generative", "hybrid")


def pick(picker: Setting) -> ModelSpec:
    """A model of these, with what the visitor turned on it."""
    cards = registry.cards()
    with st.container(horizontal=True, vertical_alignment="bottom", gap="small"):
        name = picker.widget(format_func=lambda name: cards[name].title)
        key = f"{picker.name}_controls"
        controls = st.popover("Controls", icon=":material/tune:", key=key, on_change="rerun")
    if controls.open:
        with controls:
            st.caption(f"{cards[name].title}. {cards[name].source}")
            for setting in _controls_of(picker, name).values():
                setting.widget()
    return chosen(picker)


def chosen(picker: Setting) -> ModelSpec:
    """The model that a picker is set to, on whatever page it stands."""
    controls = _controls_of(picker, picker.value)
    return ModelSpec(picker.value, tuple((name, setting.value) for name, setting in controls.items()))


def densities() -> dict[str, Card]:
    """The models that say how likely a point is: those that Bayes' rule lifts, and those joint by nature."""
    joint = registry.lifted() | registry.that_can(JointModel)
    return {name: card for name, card in registry.cards().items() if name in joint}


def control_setting(key: str, control: Control, default: Any) -> Setting:
    """The setting of one control of a card; ``key`` keeps those of several models, or places, apart."""
    about: dict[str, Any] = {"help": control.help or None}
    if control.options:
        about["choices"] = control.options
    elif control.scale == "log":
        about |= {"choices": log_stops(control, default), "look": "select_slider"}
        about["format_func"] = "{:.3g}".format
    else:
        number = int if isinstance(default, int) else float
        step = control.step or (1 if number is int else (control.high - control.low) / 100)
        about |= {"low": number(control.low), "high": number(control.high), "step": number(step)}
    return Setting(f"{key}_{control.parameter}", default, control.label, **about)


@cache
def _controls_of(picker: Setting, name: str) -> dict[str, Setting]:
    """Those of a model, by parameter. One that stands in both pickers has controls in each."""
    card = registry.cards()[name]
    usual = registry.defaults(card.estimator)
    key = f"{picker.name}_{name}" if card.paradigm == "hybrid" else name
    return {
        control.parameter: control_setting(key, control, usual[control.parameter])
        for control in card.controls
    }


@family
def _controls() -> Iterator[Setting]:
    for picker in (FUNCTION, DISTRIBUTION):
        for name in picker.choices:
            yield from _controls_of(picker, name).values()


def log_stops(control: Control, default: float) -> list[float]:
    """Some thirty stops, evenly spaced in the logarithm, the default among them."""
    whole = isinstance(default, int)
    low, high = math.log10(control.low), math.log10(control.high)
    stops = {float(f"{10 ** (low + (high - low) * i / 30):.2g}") for i in range(31)}
    return sorted({round(v) for v in stops} | {default} if whole else stops | {float(default)})
