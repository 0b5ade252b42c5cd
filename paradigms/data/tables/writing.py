"""The points on the plane as comma-separated values (RFC 4180), in the units and names they came in."""

from __future__ import annotations

import csv
import io

import numpy as np

from paradigms.data.dataset import Dataset
from paradigms.data.drawn_points import quantise, restore
from paradigms.data.tables.transform import Axis
from paradigms.data.tables.units import Units

_MOST_DIGITS = 17  # tell any float64 from all others


def write_csv(dataset: Dataset, units: Units | None = None) -> str:
    """Two columns of numbers and one of labels: x1, x2, label, or as the table was called."""
    names = ("x1", "x2", "label") if units is None else (units.x, units.y, units.label or "label")
    axes = (Axis(), Axis()) if units is None else (units.transform.x, units.transform.y)
    columns = [_shortest(column, axis) for column, axis in zip(dataset.X.T, axes, strict=True)]
    labels = [dataset.class_names[class_index] for class_index in dataset.y]
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(names)
    writer.writerows(zip(*columns, labels, strict=True))
    return out.getvalue()


def _shortest(values: np.ndarray, axis: Axis) -> list[str]:
    """Each value in the table's units, with as few digits as lead back to the same place.

    On the plane's lattice a place stands for all numbers that are rounded to it, so that what was 23 in the
    table is 23 again. Where the values do not lie on the lattice, they are written whole.
    """
    if not np.array_equal(restore(quantise(values)), values):
        return [repr(value) for value in axis.back(values).tolist()]
    found, wanted = [""] * len(values), quantise(values)
    numbers, open_ = axis.back(values), np.arange(len(values))
    for digits in range(1, _MOST_DIGITS + 1):
        texts = [_plain(f"{number:.{digits}g}") for number in numbers[open_].tolist()]
        same = quantise(axis.forward(np.array(texts, dtype=float))) == wanted[open_]
        for place, text in zip(open_[same].tolist(), np.array(texts, dtype=object)[same], strict=True):
            found[place] = text
        open_ = open_[~same]
        if not len(open_):
            return found
    for place in open_.tolist():  # numbers that lie closer than a float64 can tell
        found[place] = repr(float(numbers[place]))
    return found


def _plain(number: str) -> str:
    """150 rather than 1.5e+02; huge and tiny numbers keep their exponent."""
    value = float(number)
    return (
        number
        if "e" not in number or not 1e-5 < abs(value) < 1e15
        else np.format_float_positional(value, trim="-")
    )
