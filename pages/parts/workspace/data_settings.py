"""The preset that the data start from, and how it is set."""

from __future__ import annotations

from pages.parts.workspace.setting import Setting
from paradigms import registry
from paradigms.data.dataset_spec import DatasetSpec
from paradigms.data.preset import Preset

FIRST_SPEC = DatasetSpec(preset="moons")


def preset() -> Preset:
    """The one that is chosen, whatever was drawn on it since."""
    return registry.presets()[PRESET.value]


def _noise() -> float:
    return preset().noise


def _balance() -> float:
    return preset().balance or 1 / len(preset().class_names)


PRESET = Setting(
    "preset", FIRST_SPEC.preset, "Start from a preset", look="pills", choices=lambda: registry.presets()
)
SIZE = Setting("size", FIRST_SPEC.size, "Number of points", low=20, high=2000, step=20)
NOISE = Setting("noise", _noise, "Noise", low=0.02, high=1.0, step=0.02)
BALANCE = Setting("balance", _balance, low=0.05, high=0.95, step=0.05)
LABEL_NOISE = Setting("label_noise", FIRST_SPEC.label_noise, "Wrong labels", low=0.0, high=0.4, step=0.02)
SEED = Setting("seed", FIRST_SPEC.seed, "Seed", low=0, high=9999, look="number_input")
OF_A_PRESET = (PRESET, SIZE, NOISE, BALANCE, LABEL_NOISE, SEED)


def preset_spec() -> DatasetSpec:
    """The chosen preset as its settings say; what stands at the preset's own is left to it."""
    own = {"noise": NOISE, "balance": BALANCE}
    turned = {name: one.value for name, one in own.items() if one.value != one.default}
    return DatasetSpec(
        PRESET.value, size=SIZE.value, label_noise=LABEL_NOISE.value, seed=SEED.value, **turned
    )
