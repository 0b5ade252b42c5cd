"""Decimal commas between commas: 0,13,2,87,oat is two numbers and a word, if the header has three names."""

from __future__ import annotations

import re
from collections.abc import Sequence

_DIGITS = re.compile(r"\s*[+-]?\d+")
_DECIMALS = re.compile(r"\d+\s*")


def rejoined(n_names: int, rows: Sequence[list[str]]) -> list[list[str]] | None:
    """The rows with as many cells as there are names; None where it does not show which belong together.

    It shows where as many columns hold whole numbers as the missing names ask for, side by side in pairs.
    """
    width = len(rows[0])
    columns = list(zip(*rows, strict=True))
    pairs, place = [], 0
    while place < width:
        if place + 1 < width and _all(columns[place], _DIGITS) and _all(columns[place + 1], _DECIMALS):
            pairs.append(place)
            place += 1
        elif _all(columns[place], _DIGITS):
            return None
        place += 1
    if len(pairs) < 2 or width - len(pairs) != n_names:
        return None
    return [
        [
            f"{cell},{row[place + 1]}" if place in pairs else cell
            for place, cell in enumerate(row)
            if place - 1 not in pairs
        ]
        for row in rows
    ]


def _all(cells: Sequence[str], pattern: re.Pattern) -> bool:
    return all(map(pattern.fullmatch, cells))
