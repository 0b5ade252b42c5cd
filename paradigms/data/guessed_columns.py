"""Which columns of a table are x, y and the label: a guess, to be shown and changed."""

from __future__ import annotations

import re
from typing import NamedTuple

import numpy as np

from paradigms.data.bad_data import BadData
from paradigms.data.comma_separated import Table

_ROWS_TO_JUDGE_BY = 1_000
_LABEL_NAMES = re.compile(
    r"class(es)?|labels?|targets?|species|categor(y|ies)|groups?|types?|y", re.IGNORECASE
)
_MOST_INTEGER_LABELS = 10


class Columns(NamedTuple):
    """Places of columns; ``label`` None means one class."""

    x: int
    y: int
    label: int | None


def guess_columns(table: Table) -> Columns:
    """The most plausible columns. Raises BadData where there are not two of numbers."""
    head = Table(table.names, table.rows[:_ROWS_TO_JUDGE_BY])
    places = range(len(table.names))
    numbers = [head.numbers(place) for place in places]
    numeric = [place for place in places if _is_numeric(numbers[place], head.texts(place))]
    label = _guessed_label(head, numeric, numbers)
    coordinates = [place for place in numeric if place != label]
    if len(coordinates) < 2:
        raise BadData("The table needs two columns of numbers for x and y.")
    best = sorted(coordinates, key=lambda place: _implausibility(numbers[place]))[:2]
    return Columns(min(best), max(best), label)


def _is_numeric(values: np.ndarray, texts: list[str]) -> bool:
    filled = sum(1 for text in texts if text.strip())
    return np.isfinite(values).sum() > filled / 2


def _guessed_label(head: Table, numeric: list[int], numbers: list[np.ndarray]) -> int | None:
    """Text, or few whole numbers, with a label's name first; never one of the last two columns of numbers."""
    candidates = []
    for place, name in enumerate(head.names):
        if place not in numeric:
            n_values = len({text.strip() for text in head.texts(place)} - {""})
            if 1 <= n_values <= max(4, len(head.rows) // 3):
                candidates.append((not _LABEL_NAMES.fullmatch(name), 0, n_values, -place))
        elif len(numeric) > 2 and _few_whole_numbers(numbers[place]):
            candidates.append((not _LABEL_NAMES.fullmatch(name), 1, 0, -place))
    return -min(candidates)[-1] if candidates else None


def _few_whole_numbers(values: np.ndarray) -> bool:
    values = np.unique(values[np.isfinite(values)])
    return 1 <= len(values) <= _MOST_INTEGER_LABELS and bool((values == np.rint(values)).all())


def _implausibility(values: np.ndarray) -> int:
    """0 for a measurement, more for a column with few values, a row number, a constant."""
    values = values[np.isfinite(values)]
    if (values == values[:1]).all():
        return 3
    with np.errstate(over="ignore"):  # of ±1e308, which is no row number either
        consecutive = len(values) > 2 and (np.diff(values) == 1).all()
    if consecutive:
        return 2
    return int(_few_whole_numbers(values))
