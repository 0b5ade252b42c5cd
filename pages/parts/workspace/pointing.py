"""The place that a visitor points at, the same one on every plane."""

from __future__ import annotations

import math
from typing import Any

from pages.parts.component.plane import sent
from pages.parts.workspace.kept import Kept
from pages.parts.workspace.setting import Setting
from paradigms.data import drawn_points
from paradigms.grid import HALF_WIDTH


def _place(told: Any) -> tuple[float, float]:
    """Two numbers as the nearest place of the plane's lattice. Raises ValueError."""
    try:
        if not isinstance(told, list | tuple):
            raise TypeError("no pair")
        x, y = map(float, told)
    except (OverflowError, TypeError, ValueError):
        raise ValueError("no place") from None
    if not (math.isfinite(x) and math.isfinite(y)):
        raise ValueError("no place")
    on_the_plane = [max(-HALF_WIDTH, min(HALF_WIDTH, x)), max(-HALF_WIDTH, min(HALF_WIDTH, y))]
    return tuple(drawn_points.restore(drawn_points.quantise(on_the_plane)).tolist())


PROBE = Setting("probe_at", None, check=_place)
_SEEN: Kept[dict[str, Any]] = Kept("seen_probes", dict)  # the last id by plane


def probe() -> tuple[float, float] | None:
    """The place that was last pointed at on any plane, in plane units."""
    return PROBE.value


def adopt_probe(plane_key: str) -> bool:
    """Take over a new pointing on a plane; answers whether there was one.

    Points lie on the plane's lattice, and so does the place: who points at a point asks about where it is.
    """
    pointed = sent(plane_key, "probe")
    if not pointed or pointed.get("id") == _SEEN.value.get(plane_key):
        return False
    _SEEN.value[plane_key] = pointed.get("id")
    try:
        PROBE.set(_place((pointed.get("x"), pointed.get("y"))))
    except ValueError:
        return False
    return True
