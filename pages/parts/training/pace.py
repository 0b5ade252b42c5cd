"""How fast a training goes: optimiser steps from one picture to the next."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from pages.parts.workspace.declared import family
from pages.parts.workspace.setting import Setting
from paradigms import registry
from paradigms.protocols import Trainable

FULL_SPEED = "full speed"
# By what stands in a link; None is for as many steps as there is time for.
STEPS = {FULL_SPEED: None, "10 steps": 10, "1 step": 1}
LABELS = {FULL_SPEED: "Full speed", "10 steps": "10 steps a picture", "1 step": "1 step a picture"}


@cache
def pace(side: str) -> Setting:
    """The setting of that side's training, which its widget and the links share."""
    card = registry.that_can(Trainable).get(side)
    label = f"Speed of training: {card.title if card else side}"
    shown = {"label_visibility": "collapsed", "width": 190, "format_func": LABELS.get}
    return Setting(f"{side}_training_pace", FULL_SPEED, label, choices=STEPS, **shown)


@family
def _paces() -> Iterator[Setting]:
    yield from map(pace, ("function", "distribution", "denoiser", *registry.that_can(Trainable)))


def steps_a_picture(side: str) -> int | None:
    """What was chosen for this side."""
    return STEPS[pace(side).value]
