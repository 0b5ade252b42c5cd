"""What the browser says that points are called and measured in. It is not trusted."""

from __future__ import annotations

from typing import Any

from paradigms.data.bad_data import BadData
from paradigms.data.class_names import cleaned
from paradigms.data.dataset import CLASS_LETTERS
from paradigms.data.tables.units import Units


def names_and_units(snapshot: dict[str, Any]) -> tuple[tuple[str, ...], Units | None]:
    """The class names and the units of a snapshot; units that make no sense are none, for the points stay."""
    try:
        units = Units.from_json(snapshot["units"]) if snapshot.get("units") else None
    except BadData:
        units = None
    told = snapshot.get("class_names")
    names = (
        [cleaned(name) if isinstance(name, str) else "" for name in told] if isinstance(told, list) else []
    )
    named = zip(names[: len(CLASS_LETTERS)], CLASS_LETTERS, strict=False)
    # Two classes of one name would become one in a download.
    return tuple(name if name and names.count(name) == 1 else letter for name, letter in named), units
