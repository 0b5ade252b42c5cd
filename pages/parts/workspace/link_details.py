"""What a link tells beside its points and of them, each part checked as if it were forged."""

from __future__ import annotations

from typing import Any

from pages.parts.text.story import words
from pages.parts.workspace import declared
from pages.parts.workspace.link import BadLink
from pages.parts.workspace.names_and_units import names_and_units
from paradigms.data.bad_data import BadData
from paradigms.data.compact_points import expanded
from paradigms.data.dataset_spec import DatasetSpec
from paradigms.data.tables.units import Units

# Others are of a later version, and left out as unknown settings are.
SETTINGS, CLASS_NAMES, UNITS, SPLIT_SEED = "s", "n", "u", "r"


def known_settings(details: dict[str, Any]) -> tuple[dict[str, Any], tuple[str, ...]]:
    """The settings that there are, with values that they can have; and the names of all else that is told."""
    known, settings, told = declared.settings(), {}, details.get(SETTINGS)
    left_out = []
    for name, value in told.items() if isinstance(told, dict) else ():
        try:
            settings[name] = known[name].checked(value)
        except (KeyError, ValueError):
            left_out.append(name)
    later = set(details) - {SETTINGS, CLASS_NAMES, UNITS, SPLIT_SEED}
    return settings, (*left_out, *sorted(later))


def drawn_points(details: dict[str, Any], points: bytes) -> tuple[DatasetSpec, Units | None]:
    """The drawing, with its names and units, by the rules for one that a plane sends. Raises BadLink."""
    names, units = names_and_units({"class_names": details.get(CLASS_NAMES), "units": details.get(UNITS)})
    seed = details.get(SPLIT_SEED, 0)
    try:
        if isinstance(seed, bool) or not isinstance(seed, int):
            raise BadData("The seed must be a number.")
        return DatasetSpec(None, drawn=expanded(points), class_names=names, seed=seed), units
    except BadData:
        raise BadLink(words("link", "broken")) from None
