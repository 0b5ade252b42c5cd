"""From a table to points on the plane: the one door from text, or a file's bytes."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from paradigms.data import drawn_points
from paradigms.data.bad_data import BadData
from paradigms.data.class_names import LONGEST_LABEL, cleaned, shortened
from paradigms.data.dataset import CLASS_LETTERS
from paradigms.data.tables.columns import guess_columns
from paradigms.data.tables.numerals import Numbers, is_missing, numbers
from paradigms.data.tables.reading import read_table
from paradigms.data.tables.rows import LARGEST_NUMBER, Rows
from paradigms.data.tables.table import Table
from paradigms.data.tables.transform import Transform, needs_logarithm
from paradigms.data.tables.units import Units

NO_LABEL = -1  # in the place of the label's column: all points are of one class
_WORTH_A_LOGARITHM = 100
_LINE = 0.05  # plane units: what is no wider looks like a line
_MISSING_LABELS = frozenset({"", "nan", "null", "nil", "?", "n/a", "#n/a"})


@dataclass(frozen=True, eq=False)
class ImportedPoints:
    """What the plane shows of a table, and what was changed or left out on the way.

    ``X (n, 2)`` in plane units inside [−4, 4], ``class_indices (n,)`` 0..K−1 of the K ``class_names``,
    all of which have points; ``notes`` are sentences for people.
    """

    X: np.ndarray
    class_indices: np.ndarray
    class_names: tuple[str, ...]
    units: Units
    notes: tuple[str, ...]

    @property
    def transform(self) -> Transform:
        """``back`` takes plane units to the table's."""
        return self.units.transform

    @property
    def column_names(self) -> tuple[str, str, str | None]:
        """What became x, y and the label; None where there was none."""
        return self.units.x, self.units.y, self.units.label


def read_points(
    source: str | bytes,
    x: str | int | None = None,
    y: str | int | None = None,
    label: str | int | None = None,
    equal_scales: bool = False,
) -> ImportedPoints:
    """What the page shows of a table.

    ``x``, ``y`` and ``label`` are columns by name or place; None is guessed, and a ``label`` of −1 is none.
    Raises BadData with a sentence for people.
    """
    table = read_table(source)
    told = [None if name is None else _place(table, name) for name in (x, y, label)]
    guessed = guess_columns(table, *told) if None in told else told
    return table_to_points(table, *guessed, equal_scales=equal_scales)


def table_to_points(
    table: Table,
    x: int,
    y: int,
    label: int | None = None,
    *,
    equal_scales: bool = False,
    logarithmic: tuple[bool | None, bool | None] = (None, None),
    seed: int = 0,
) -> ImportedPoints:
    """Points from the columns at these places. Raises BadData where no row is left.

    At most 5,000 points are kept, a sample drawn with ``seed``, and the four largest classes. An axis is
    ``logarithmic`` as wanted, or (None) where a linear one would crush most points into one place.
    """
    label = None if label == NO_LABEL else label
    if not {x, y, label} - {None} <= set(range(len(table.names))):
        raise BadData("The table has no such column.")
    x_name, y_name = names = table.names[x], table.names[y]
    columns = [table.numbers(place) for place in (x, y)]
    rows = Rows(np.column_stack([column.values for column in columns]), _class_of_each_row(table, label))
    rows.notes += table.notes
    if x == y:
        rows.notes.append(f"Both axes show “{x_name}”, so the points lie on a line.")
    signed = [(name, column) for name, column in zip(names, columns, strict=True) if column.sign]
    rows.notes += dict.fromkeys(_on_the_sign(*pair) for pair in signed)
    rows.notes += [note for place in dict.fromkeys((x, y)) if (note := table.doubt(place))]
    rows.keep_usable()
    if not len(rows.X):
        raise BadData(f"No row has a number in both “{x_name}” and “{y_name}”.")
    rows.keep_labelled()
    if not len(rows.X):
        raise BadData(f"No row with numbers has a label in “{table.names[label]}”.")
    logs = rows.keep_within_reach((False, False) if equal_scales else logarithmic, names)
    rows.keep_largest_classes()
    rows.keep_some(seed)
    transform = Transform.fitted(rows.X, equal_scales=equal_scales, logarithmic=logs)
    X = drawn_points.restore(drawn_points.quantise(transform.forward(rows.X)))
    rows.notes += _on_the_scales(transform, X, equal_scales, names)
    class_names = rows.class_names()
    class_indices = np.array([class_names.index(name) for name in rows.classes.tolist()], dtype=np.int64)
    units = Units(x_name, y_name, None if label is None else table.names[label], transform)
    return ImportedPoints(X, class_indices, class_names, units, tuple(rows.notes))


def may_be_logarithmic(table: Table, place: int) -> bool:
    """Whether a column has only numbers above 0, and the largest is a hundred times the smallest or more."""
    values = table.numbers(place).values
    values = values[np.abs(values) <= LARGEST_NUMBER]
    return bool(len(values) and values.min() > 0 and values.max() >= _WORTH_A_LOGARITHM * values.min())


def wants_logarithm(table: Table, place: int) -> bool:
    """Whether it is offered with the logarithm switched on."""
    values = table.numbers(place).values
    return needs_logarithm(values[np.abs(values) <= LARGEST_NUMBER])


def _place(table: Table, column: str | int) -> int:
    """The column's place, by place or by name. Raises BadData."""
    if column in table.names:
        return table.names.index(column)
    if isinstance(column, int) and NO_LABEL <= column < len(table.names):
        return column
    known = ", ".join(f"“{name}”" for name in table.names[:8])
    raise BadData(f"The table has no column “{cleaned(column)}”. Its columns are {known}.")


def _class_of_each_row(table: Table, label: int | None) -> np.ndarray:
    """The name of each row's class, "" where it has none: 1 and 1.0 are one class."""
    if label is None:
        return np.full(table.n_rows, CLASS_LETTERS[0])
    cells = table.columns[label]
    texts = sorted(set(cells))
    values, sign, *_ = numbers(texts)
    plain = all(np.isfinite(value) or is_missing(text) for text, value in zip(texts, values, strict=True))
    if plain and not sign:  # 3 cylinders stay cylinders
        names = {
            text: f"{value:.12g}" if np.isfinite(value) else ""
            for text, value in zip(texts, values, strict=True)
        }
    else:
        unsure = table.writes_na or cells.count("NA") == 1  # otherwise North America, Namibia, natrium
        missing = _MISSING_LABELS | ({"na"} if unsure else set())
        whole = {text: "" if text.lower() in missing else cleaned(text, LONGEST_LABEL) for text in texts}
        shown = shortened([name for name in dict.fromkeys(whole.values()) if name])
        names = {text: shown.get(name, "") for text, name in whole.items()}
    return np.array([names[text] for text in cells])


def _on_the_sign(name: str, read: Numbers) -> str:
    """What was done to numbers that all carry a sign or a unit."""
    if read.sign in ("%", "‰"):
        kind = "per cents" if read.sign == "%" else "per mille"
        return f"“{name}” holds {kind}: {read.example} was read as {read.first:.6g}."
    return f"“{name}” is in {read.sign}: {read.example} was read as {read.first:.12g}."


def _on_the_scales(transform: Transform, X: np.ndarray, equal: bool, names: tuple[str, str]) -> list[str]:
    if transform == Transform():
        return []
    if not equal:
        return ["Each axis was shifted and scaled by itself, to fit the plane."]
    thin = [name for name, width in zip(names, np.ptp(X, axis=0), strict=True) if 0 < width < _LINE]
    return [
        "Both axes were shifted, and scaled alike, to fit the plane.",
        *(f"On one scale with the other axis “{name}” is no more than a line." for name in thin),
    ]
