"""Places of the plane in the names and numbers of the table that the points came from."""

from __future__ import annotations

import math

from pages.parts.text.written import written
from paradigms.data.tables.transform import Axis
from paradigms.data.tables.units import Units
from paradigms.scene.axes import named_axes

GRAIN = 0.05  # plane units: some three pixels, as near as one points


def number_at(axis: Axis, value: float) -> str:
    """The table's number at ``value`` in plane units, to as many digits as pointing is worth."""
    number = float(axis.back(value))
    step = GRAIN * axis.scale
    return written(number, step * math.log(10) * number if axis.logarithmic else step)


def told(at: tuple[float, float], units: Units | None) -> tuple[str, str]:
    """('length 5.1', 'width 3.5'); without names the numbers alone."""
    (x, x_axis), (y, y_axis) = named_axes(units)
    numbers = number_at(x_axis, at[0]), number_at(y_axis, at[1])
    return (f"{x} {numbers[0]}", f"{y} {numbers[1]}") if units else numbers


def spread(axis: Axis, mean: float, deviation: float) -> str:
    """'5.84 ± 0.83'; of the decimal logarithm where the axis is logarithmic, as :func:`of_spread` says."""
    step = axis.scale / 100
    return f"{written(mean * axis.scale + axis.shift, step)} ± {written(deviation * axis.scale, step)}"


def of_spread(name: str, axis: Axis) -> str:
    """What a mean and a deviation on that axis are of."""
    return f"log₁₀ {name}" if axis.logarithmic else name
