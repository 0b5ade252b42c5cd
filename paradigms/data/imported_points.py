"""From a table to points on the plane, with a note on everything that was left out."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

import numpy as np

from paradigms.data.bad_data import BadData
from paradigms.data.class_names import cleaned
from paradigms.data.comma_separated import Table, is_number, number
from paradigms.data.dataset import CLASS_LETTERS, MAX_CLASSES, MAX_POINTS
from paradigms.data.transform import Transform

LARGEST_NUMBER = 1e150
EDGE = 7.9  # plane units; the plane's own numbers end at 8


@dataclass(frozen=True, eq=False)
class ImportedPoints:
    """``X (n, 2)`` in plane units, ``slots (n,)``, and sentences on what was changed or left out.

    ``transform.back`` takes plane units to the table's.
    """

    X: np.ndarray
    slots: np.ndarray
    class_names: tuple[str, ...]
    transform: Transform
    notes: tuple[str, ...]


def table_to_points(table: Table, x: int, y: int, label: int | None = None, seed: int = 0) -> ImportedPoints:
    """Points from the columns at these places. Raises BadData where no row is left.

    At most 5,000 points are kept, a sample drawn with ``seed``, and the four largest classes.
    """
    if not {x, y, label} - {None} <= set(range(len(table.names))):
        raise BadData("The table has no such column.")
    notes: list[str] = []
    X = np.column_stack([table.numbers(x), table.numbers(y)])
    names = _class_of_each_row(table, label)
    usable = (np.abs(X) <= LARGEST_NUMBER).all(axis=1)  # false for NaN and infinity too
    if not usable.any():
        raise BadData(f"No row has a number in both “{table.names[x]}” and “{table.names[y]}”.")
    _note(notes, ~usable, "without two usable numbers")
    labelled = names != ""
    _note(notes, usable & ~labelled, "without a label")
    X, names = X[usable & labelled], names[usable & labelled]
    if not len(X):
        raise BadData(f"No row with numbers has a label in “{table.names[label]}”.")
    X, slots, class_names = _largest_classes(X, names, notes)
    transform = Transform.fitted(X)
    X = transform.forward(X)
    near = (np.abs(X) <= EDGE).all(axis=1)
    _note(notes, ~near, "too far from the rest to be shown")
    X, slots = X[near], slots[near]
    if len(X) > MAX_POINTS:
        notes.append(f"A random sample of {MAX_POINTS:,} of the {len(X):,} points is shown.")
        kept = np.sort(np.random.default_rng(seed).choice(len(X), MAX_POINTS, replace=False))
        X, slots = X[kept], slots[kept]
    if transform != Transform():
        notes.append("The data were shifted and scaled, both axes alike, to fit the plane.")
    return ImportedPoints(X, slots, class_names, transform, tuple(notes))


def _class_of_each_row(table: Table, label: int | None) -> np.ndarray:
    if label is None:
        return np.full(len(table.rows), CLASS_LETTERS[0])
    texts = table.texts(label)
    names = {text: cleaned(text) for text in set(texts)}
    if all(is_number(name) for name in names.values() if name):
        # 1 and 1.0 are one class, and a written NaN is a missing label.
        names = {
            text: "" if np.isnan(number(name)) else f"{number(name):.12g}" for text, name in names.items()
        }
    return np.array([names[text] for text in texts])


def _largest_classes(
    X: np.ndarray, names: np.ndarray, notes: list[str]
) -> tuple[np.ndarray, np.ndarray, tuple[str, ...]]:
    counts = Counter(names.tolist())
    largest = [name for name, _ in counts.most_common(MAX_CLASSES)]
    if set(largest) <= set(CLASS_LETTERS):
        class_names = CLASS_LETTERS[: max(map(CLASS_LETTERS.index, largest)) + 1]  # letters name their slot
    elif all(is_number(name) for name in largest):
        class_names = tuple(sorted(largest, key=number))
    else:
        class_names = tuple(sorted(largest))
    kept = np.isin(names, largest)
    if not kept.all():
        notes.append(
            f"There are {len(counts)} classes: the {MAX_CLASSES} largest are kept, and "
            f"{_rows(~kept)} of the others left out."
        )
    slots = np.array([class_names.index(name) for name in names[kept].tolist()], dtype=np.int64)
    return X[kept], slots, class_names


def _note(notes: list[str], dropped: np.ndarray, why: str) -> None:
    if dropped.any():
        notes.append(f"{_rows(dropped)} {why} {'was' if dropped.sum() == 1 else 'were'} left out.")


def _rows(mask: np.ndarray) -> str:
    count = int(mask.sum())
    return "1 row" if count == 1 else f"{count:,} rows"
