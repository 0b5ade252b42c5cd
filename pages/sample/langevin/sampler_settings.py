"""The sampler on a side of the page, and its settings."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from pages.parts.models import pickers
from pages.parts.models.targets import Subject
from pages.parts.text.story import words
from pages.parts.workspace.declared import family
from pages.parts.workspace.setting import Setting
from paradigms.experiments.sample.walks import Settings, chain_samplers, usual_settings

FIRST_SHOWN = {"left": "unadjusted_langevin", "right": "metropolis_langevin"}
SAMPLER = {
    side: Setting(
        f"walk_{side}", first, f"Sampler {side}", choices=chain_samplers, label_visibility="collapsed"
    )
    for side, first in FIRST_SHOWN.items()
}
SLOW = Setting("walk_slow", False, words("langevin", "slow motion"))
SEED = Setting("walk_seed", 0, words("langevin", "seed"), low=0, high=9999, look="number_input")


def pick_sampler(side: str, subject: Subject) -> str:
    """The name of the one that was chosen, of those that can run on the subject."""
    cards, able, setting = chain_samplers(), subject.samplers, SAMPLER[side]
    if setting.value not in able:
        setting.set(able[-1])
    return setting.widget(choices=able, format_func=lambda name: cards[name].title)


def settings_of(side: str, sampler: str) -> Settings:
    """What its controls are set to."""
    return tuple((parameter, setting.widget()) for parameter, setting in controls_of(side, sampler).items())


@cache
def controls_of(side: str, sampler: str) -> dict[str, Setting]:
    """The settings of a sampler on a side of the page, by parameter."""
    controls = {control.parameter: control for control in chain_samplers()[sampler].controls}
    return {
        parameter: pickers.control_setting(f"walk_{side}_{sampler}", controls[parameter], usual)
        for parameter, usual in usual_settings(sampler)
    }


@family
def _controls() -> Iterator[Setting]:
    for side in SAMPLER:
        for sampler in chain_samplers():
            yield from controls_of(side, sampler).values()
