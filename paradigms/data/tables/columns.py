"""Which columns of a table are x, y and the label: a guess, to be shown and changed."""

from __future__ import annotations

import re
from typing import NamedTuple

import numpy as np

from paradigms.data.bad_data import BadData
from paradigms.data.tables.column_names import KIND, OUTCOME, is_identifiers_name
from paradigms.data.tables.numerals import is_missing
from paradigms.data.tables.plausibility import Implausible, few_whole_numbers, implausibility
from paradigms.data.tables.table import Table

_ROWS_TO_JUDGE_BY, _ROWS_TO_TELL_NAMES_BY = 1_000, 8
_PAIRS = (("x", "y"), ("x1", "x2"), ("longitude", "latitude"), *((x, "lat") for x in ("lon", "long", "lng")))
_UNNAMED = re.compile(r"column \d+")
_DATE = re.compile(r"\d{1,4}[-/.]\d{1,2}[-/.]\d{1,4}|\d{1,2}:\d\d")


class Columns(NamedTuple):
    """Places of columns; ``label`` None means one class."""

    x: int
    y: int
    label: int | None


def guess_columns(
    table: Table, x: int | None = None, y: int | None = None, label: int | None = None
) -> Columns:
    """The most plausible columns, beside those that are told. Raises BadData without two of numbers."""
    numbers = {place: table.numbers(place, _ROWS_TO_JUDGE_BY).values for place in range(len(table.names))}
    texts = {place: column[:_ROWS_TO_JUDGE_BY] for place, column in enumerate(table.columns)}
    numeric = [place for place in numbers if holds_numbers(numbers[place], texts[place])]
    if len(numeric) < 2 and (x is None or y is None):
        raise BadData(_what_is_missing(table, numeric))
    implausible = {place: implausibility(table.names[place], numbers[place], place) for place in numeric}
    if _UNNAMED.fullmatch(table.names[0]) and not all(map(_UNNAMED.fullmatch, table.names)) and 0 in numeric:
        implausible[0] = max(implausible[0], Implausible.NAMES_ROWS)  # the index that pandas and R write
    implausible |= _by_their_neighbours(table.names, numbers, implausible)
    told = [place for place in (x, y) if place is not None]
    pair = _named_pair(table.names, [place for place in numeric if place != label])
    if label is None:
        taken = {*told, *(() if told else pair or ())}
        label = _guessed_label(table.names, texts, numbers, implausible, taken)
    free = [place for place in numeric if place != label and place not in told]
    best = list(pair) if pair else sorted(sorted(free, key=implausible.__getitem__)[:2])
    best = [place for place in best if place not in told]
    if len(best) + len(told) < 2:
        raise BadData(_what_is_missing(table, free or told))
    x = best.pop(0) if x is None else x
    return Columns(x, best[0] if y is None else y, label)


def _by_their_neighbours(
    names: tuple[str, ...], numbers: dict[int, np.ndarray], implausible: dict[int, Implausible]
) -> dict[int, Implausible]:
    """What whole numbers are beside two columns with decimals or repeats: first and all different, names of
    rows; last, few and repeated, numbers of classes.
    """
    measured = [
        place
        for place, level in implausible.items()
        if level == Implausible.MEASURED and not _all_different_and_whole(numbers[place])
    ]
    found, last = {}, max(numbers)
    if (
        implausible.get(0) == Implausible.MEASURED
        and len({*measured} - {0}) >= 2
        and _all_different_and_whole(numbers[0])
    ):
        found[0] = Implausible.MAY_NAME_ROWS
    others = [place for place in measured if place != last and _has_decimals(numbers[place])]
    in_turn = implausible.get(last) == Implausible.NAMES_ROWS and not is_identifiers_name(names[last])
    if (
        (implausible.get(last) == Implausible.MEASURED or in_turn)
        and len(others) >= 2
        and _repeats(numbers[last])
    ):
        found[last] = Implausible.FEW_VALUES
    return found


def _has_decimals(values: np.ndarray) -> bool:
    filled = values[np.isfinite(values)]
    return bool((filled != np.rint(filled)).any())


def _all_different_and_whole(values: np.ndarray) -> bool:
    filled = values[np.isfinite(values)]
    whole = len(filled) >= _ROWS_TO_TELL_NAMES_BY and bool((filled == np.rint(filled)).all())
    return whole and len(np.unique(filled)) == len(filled)


def holds_numbers(values: np.ndarray, texts: tuple[str, ...]) -> bool:
    """Whether most of the cells that are filled are numbers."""
    n_filled = sum(1 for text in texts if not is_missing(text))
    return bool(0 < n_filled < 2 * np.isfinite(values).sum())


def _what_is_missing(table: Table, numeric: list[int]) -> str:
    others = [f"“{name}”" for place, name in enumerate(table.names) if place not in numeric][:3]
    if not numeric:
        return f"The table needs two columns of numbers, and it has none: see {', '.join(others)}."
    have = f"only “{table.names[numeric[0]]}” is one"
    if not others:
        return f"The table needs two columns of numbers, and {have}."
    lacks = "has" if len(others) == 1 else "have"
    return f"The table needs two columns of numbers, and {have}: {', '.join(others)} {lacks} none."


def _named_pair(names: tuple[str, ...], numeric: list[int]) -> tuple[int, int] | None:
    """Columns whose names belong together as coordinates."""
    plain = {
        place: re.sub(r"[\W_]", "", names[place].translate(str.maketrans("₁₂", "12"))).lower()
        for place in numeric
    }
    for x, y in _PAIRS:
        places = [[place for place, name in plain.items() if name == wanted] for wanted in (x, y)]
        if all(len(found) == 1 for found in places):
            return places[0][0], places[1][0]
    return None


def _guessed_label(
    names: tuple[str, ...],
    texts: dict[int, tuple[str, ...]],
    numbers: dict[int, np.ndarray],
    implausible: dict[int, Implausible],
    coordinates: set[int],
) -> int | None:
    """Words, or few whole numbers; none of the ``coordinates``, and two columns of numbers are left for them.

    First an outcome by its name, then the last column, then a kind by its name, then words, then numbers.
    """
    candidates = []
    n_plausible = sum(level < Implausible.NAMES_ROWS for level in implausible.values())
    for place, name in enumerate(names):
        if place in coordinates:
            continue
        outcome, kind = bool(OUTCOME.fullmatch(name)), bool(KIND.fullmatch(name))
        last, named = place == len(names) - 1, outcome or kind
        if place in implausible:
            n_values = 0
            others = (
                len(implausible) - 1
                if outcome
                else n_plausible - (implausible[place] < Implausible.NAMES_ROWS)
            )
            spare = len(coordinates) == 2 or others >= 2
            able = spare and (
                _repeats(numbers[place]) if named else implausible[place] == Implausible.FEW_VALUES
            )
        else:
            n_values = len({text for text in texts[place] if text})
            most = len(texts[place]) // (2 if named else 3)
            # In a short table all words may be different; but then only the last column's, and no dates.
            able = n_values <= most or (n_values <= 4 and (named or last or n_values < len(texts[place])))
            able = able and n_values > 0 and not all(_DATE.search(text) for text in texts[place] if text)
        if able:
            rank = 0 if outcome else 4 if n_values == 1 else 1 if last else 2 if kind else 3
            candidates.append((rank, place in implausible, n_values, -place))
    return -min(candidates)[-1] if candidates else None


def _repeats(values: np.ndarray) -> bool:
    """Whether few whole numbers come again, as the numbers of classes do."""
    filled = values[np.isfinite(values)]
    return few_whole_numbers(values) and len(np.unique(filled)) <= max(2, len(filled) / 2)
