"""What the axes of a picture are called and measured in."""

from __future__ import annotations

from paradigms.contract import CONTRACT
from paradigms.data.tables.transform import Axis
from paradigms.data.tables.units import Units

_X, _Y = (axis["name"] for axis in CONTRACT["header"]["picture"]["axes"])


def named_axes(units: Units | None) -> tuple[tuple[str, Axis], tuple[str, Axis]]:
    """The name and the numbers of both axes; without ``units`` x₁ and x₂, in plane units."""
    if units is None:
        return (_X, Axis()), (_Y, Axis())
    return (units.x, units.transform.x), (units.y, units.transform.y)
