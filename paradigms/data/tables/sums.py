"""Rows at the foot of a table that are no data: its sums, means and deviations."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

import numpy as np

from paradigms.data.tables.numerals import numbers

_WORDS: dict[re.Pattern, Callable[[np.ndarray], Sequence[float]]] = {
    re.compile(rf"({words})\s*:?", re.IGNORECASE): of_column
    for words, of_column in {
        "(grand )?total|sums?|gesamt|summe|all": lambda values: [values.sum()],
        "average|avg|means?|mittel(wert)?|durchschnitt": lambda values: [values.mean()],
        "medians?": lambda values: [np.median(values)],
        "sd|std\\.?|s\\.d\\.|st(d|andard) ?dev(iation)?\\.?": lambda values: [
            values.std(),
            values.std(ddof=1),
        ],
        "min(imum)?": lambda values: [values.min()],
        "max(imum)?": lambda values: [values.max()],
        "count|n": lambda values: [len(values)],
    }.items()
}


def n_sums(rows: Sequence[Sequence[str]]) -> int:
    """How many of the last rows say what they are, and hold that sum, mean, … of a column above them."""
    columns = [numbers(column).values for column in zip(*rows, strict=True)]
    found: set[int] = set()
    for place in range(len(rows) - 1, 1, -1):
        word = next((cell.strip() for cell in rows[place] if cell.strip()), "")
        meaning = next((of_column for words, of_column in _WORDS.items() if words.fullmatch(word)), None)
        if meaning is None:
            break
        found.add(place)
    above = len(rows) - len(found)
    right = [place for place in sorted(found) if _holds(rows[place], columns, place, above)]
    return len(rows) - right[0] if right and above > 1 else 0


def _holds(row: Sequence[str], columns: Sequence[np.ndarray], place: int, above: int) -> bool:
    word = next(cell.strip() for cell in row if cell.strip())
    meaning = next(of_column for words, of_column in _WORDS.items() if words.fullmatch(word))
    for column in columns:
        values = column[:above][np.isfinite(column[:above])]
        told = column[place]
        if len(values) > 1 and np.isfinite(told):
            allowed = 0.005 * max(np.abs(values).max(), abs(told))
            if any(abs(told - value) <= allowed for value in meaning(values)):
                return True
    return False
