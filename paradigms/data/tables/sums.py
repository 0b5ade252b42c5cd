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
    """How many of the last rows say what they are, and hold that sum, mean, … of the columns above them."""
    columns = list(zip(*rows, strict=True))
    values = [numbers(column).values for column in columns]
    first_of_sums = len(rows)
    while first_of_sums > 2 and _meaning(columns, first_of_sums - 1):
        first_of_sums -= 1
    true = [
        place for place in range(first_of_sums, len(rows)) if _holds(columns, values, place, first_of_sums)
    ]
    return len(rows) - min(true, default=len(rows))


def _meaning(columns: Sequence[Sequence[str]], place: int) -> Callable | None:
    """What a row says that it holds, by its first cell, which stands there only once; None if it is data."""
    column = next((column for column in columns if column[place].strip()), None)
    if column is None or column.count(column[place]) > 1:
        return None
    word = column[place].strip()
    return next((of_column for words, of_column in _WORDS.items() if words.fullmatch(word)), None)


def _holds(columns: Sequence[Sequence[str]], values: Sequence[np.ndarray], place: int, above: int) -> bool:
    """Whether at least half of a row's numbers are what it says of the rows ``above``."""
    meaning, right = _meaning(columns, place), []
    for column in values:
        known = column[:above][np.isfinite(column[:above])]
        if len(known) > 1 and np.isfinite(column[place]):
            allowed = 0.005 * max(np.abs(known).max(), abs(column[place]))
            right.append(any(abs(column[place] - value) <= allowed for value in meaning(known)))
    return bool(right) and 2 * sum(right) >= len(right)
