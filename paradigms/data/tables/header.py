"""Which of a table's first rows are its names, and which are already data.

A row of names breaks the type of its columns: words stand where the column holds numbers, whole numbers where
it holds decimals, a word where the column holds a few others again and again.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from paradigms.data.tables.column_names import is_known
from paradigms.data.tables.numerals import is_missing, numbers

ROWS_TO_JUDGE_BY = 200
_MOST_LINES_OF_NAMES = 5
_WHOLE = re.compile(r"[+-]?\d+")
_DECIMAL = re.compile(r"\d[.,]\d|\d[eE]-?\d")
_YEAR = re.compile(r"(19|20)\d\d")
_UNIT = re.compile(
    r"\s*([(\[].*[)\]]|[kmcµn]?(g|m|l|s|Hz|W|J|Pa|V|A)|°?[CFK]|min|h|yrs?|years?|%|[$€£]|[A-Z]{3}|[-–—/]|)\s*"
)


class Headed(NamedTuple):
    """The row of names (None: there is none), and the number of rows before the data."""

    names: list[str] | None
    n_rows: int


def headed(rows: Sequence[Sequence[str]]) -> Headed:
    """The names above these rows, which are all of one width."""
    head = rows[:ROWS_TO_JUDGE_BY]
    is_number = np.column_stack([~np.isnan(numbers(column).values) for column in zip(*head, strict=True)])
    missing = np.array([[is_missing(cell) for cell in row] for row in head])
    # The lower half of what is looked at is surely data, whatever stands above.
    lower = slice(len(head) // 2, None) if len(head) > 1 else slice(0, 0)
    n_filled = (~missing[lower]).sum(axis=0)
    numeric = (n_filled > 0) & (is_number[lower].sum(axis=0) > n_filled / 2)
    if not numeric.any():  # names at least for the sentence on what is missing
        return Headed(list(head[0]), 1) if not is_number[0].any() else Headed(None, 0)
    n_names = 0
    while n_names < min(_MOST_LINES_OF_NAMES, len(head) - 1) and _words_only(
        is_number[n_names, numeric], missing[n_names, numeric]
    ):
        n_names += 1
    if n_names:
        return Headed(_best([list(row) for row in head[:n_names]]), n_names)
    if len(head) > 1 and _breaks_types(head, is_number, missing, numeric):
        return Headed(list(head[0]), 1)
    return Headed(None, 0)


def _words_only(is_number: np.ndarray, missing: np.ndarray) -> bool:
    """Whether a row has words, and no number, where the columns hold numbers."""
    return not is_number.any() and not missing.all()


def _best(lines: list[list[str]]) -> list[str]:
    """The last line that names most columns, each by itself; a line of units below it does not."""
    return max(
        reversed(lines), key=lambda line: len({cell.strip() for cell in line if not _UNIT.fullmatch(cell)})
    )


def _breaks_types(
    head: Sequence[Sequence[str]], is_number: np.ndarray, missing: np.ndarray, numeric: np.ndarray
) -> bool:
    """Whether the first row, some of whose names are numbers, is none of the data."""
    first, columns = [cell.strip() for cell in head[0]], list(zip(*head[1:], strict=True))
    words = [place for place in range(len(first)) if not (is_number[0, place] or missing[0, place])]
    counted = first == [str(number) for number in range(len(first))]
    unnamed_index = not first[0] and numeric[0]
    new = any(
        numeric[place]
        or (first[place] not in columns[place] and (is_known(first[place]) or _repeats(columns[place])))
        for place in words
    )
    by_number = np.flatnonzero(numeric & is_number[0])
    kinds = [_other_kind(first[place], columns[place]) for place in by_number]
    if len(by_number) > 1 and all(kind == "year" for kind in kinds):
        return True
    return bool(kinds) and all(kinds) and (new or unnamed_index or counted)


def _repeats(column: Sequence[str]) -> bool:
    return len(set(column)) <= len(column) / 2


def _other_kind(name: str, column: Sequence[str]) -> str:
    """Of what kind a whole number is that stands above others: a "year", or "whole" above decimals, or ""."""
    filled = [cell for cell in column if not is_missing(cell)]
    if _is_year(name) and sum(not _is_year(cell) for cell in filled) > len(filled) / 2:
        return "year"
    decimals = sum(bool(_DECIMAL.search(cell)) for cell in filled)
    return "whole" if _WHOLE.fullmatch(name) and decimals > len(filled) / 2 else ""


def _is_year(cell: str) -> bool:
    return bool(_YEAR.fullmatch(cell.strip()))
