"""Which columns of a table are x, y and the label: a guess, to be shown and changed."""

from __future__ import annotations

import re
from typing import NamedTuple

import numpy as np

from paradigms.data.bad_data import BadData
from paradigms.data.tables.numerals import is_missing
from paradigms.data.tables.table import Table

_ROWS_TO_JUDGE_BY = 1_000
_MOST_INTEGER_LABELS = 10
_MEASURED, _FEW_VALUES, _TIMES, _MAY_NAME_ROWS, _NAMES_ROWS, _CONSTANT = range(6)  # ever less plausible
_PAIRS = (
    ("x", "y"),
    ("x1", "x2"),
    ("longitude", "latitude"),
    ("lon", "lat"),
    ("long", "lat"),
    ("lng", "lat"),
)
_IDENTIFIER = re.compile(
    r"(.*[\W_])?(ids?|uuid|guid|index|idx|no|nr|num|number|key|serial|#)\.?"
    r"|rows?|row\W?names?|s\W?no\.?|unnamed.*|(zip|post(al)?)\W?(code)?|phone",
    re.IGNORECASE,
)
_CAMEL_IDENTIFIER = re.compile(r".*[a-z](ID|Id|No|Nr)")
_UNNAMED = re.compile(r"column \d+")
_TIME = re.compile(r"(.*[\W_])?(year|yr|month|week|day|date|hour|time|timestamp)s?", re.IGNORECASE)
_OUTCOME = re.compile(
    r"(.*[\W_])?(y|class(es)?|classification|label|target|species|outcome|response|result|diagnosis|variety|bought"
    r"|purchased?|sold|survived|digit|admitted|approved|default(ed)?|churn(ed)?|passed|died|spam|fraud|cluster)s?",
    re.IGNORECASE,
)
_KIND = re.compile(
    r"(.*[\W_])?(group|type|kind|categor(y|ies)|colou?r|sex|gender|continent|region)s?", re.IGNORECASE
)


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
    implausible = {place: _implausibility(table.names[place], numbers[place], place) for place in numeric}
    if _UNNAMED.fullmatch(table.names[0]) and not all(map(_UNNAMED.fullmatch, table.names)) and 0 in numeric:
        implausible[0] = max(implausible[0], _NAMES_ROWS)  # the index that pandas and R write
    told = [place for place in (x, y) if place is not None]
    pair = _named_pair(table.names, [place for place in numeric if implausible[place] < _CONSTANT])
    if label is None:
        taken = {*told, *(() if told else pair or ())}
        label = _guessed_label(table.names, texts, numbers, implausible, taken)
    free = [place for place in numeric if place != label and place not in told]
    best = list(pair) if pair and label not in pair else sorted(sorted(free, key=implausible.__getitem__)[:2])
    best = [place for place in best if place not in told] + free
    x = best.pop(0) if x is None else x
    return Columns(x, best[0] if y is None else y, label)


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
    implausible: dict[int, int],
    coordinates: set[int],
) -> int | None:
    """Words, or few whole numbers; none of the ``coordinates``, and two columns of numbers are left for them.

    First an outcome by its name, then the last column, then a kind by its name, then words, then numbers.
    """
    candidates, n_plausible = [], sum(level < _NAMES_ROWS for level in implausible.values())
    for place, name in enumerate(names):
        if place in coordinates:
            continue
        outcome, kind = bool(_OUTCOME.fullmatch(name)), bool(_KIND.fullmatch(name))
        if place not in implausible:
            n_values = len({text for text in texts[place] if text})
            able = 1 <= n_values <= max(4, len(texts[place]) // 3)
        else:
            n_values = 0
            spare = len(coordinates) == 2 or n_plausible > 2 or implausible[place] >= _NAMES_ROWS
            able = (
                spare
                and _few_whole_numbers(numbers[place])
                and (outcome or kind or implausible[place] == _FEW_VALUES)
            )
        if able:
            last = place == len(names) - 1
            rank = 0 if outcome else 4 if n_values == 1 else 1 if last else 2 if kind else 3
            candidates.append((rank, place in implausible, n_values, -place))
    return -min(candidates)[-1] if candidates else None


def _few_whole_numbers(values: np.ndarray) -> bool:
    values = np.unique(values[np.isfinite(values)])
    return 1 <= len(values) <= _MOST_INTEGER_LABELS and bool((values == np.rint(values)).all())


def _is_identifier(name: str) -> bool:
    return bool(_IDENTIFIER.fullmatch(name) or _CAMEL_IDENTIFIER.fullmatch(name))


def _implausibility(name: str, values: np.ndarray, place: int) -> int:
    values = values[np.isfinite(values)]
    if (values == values[:1]).all():
        return _CONSTANT
    if _is_identifier(name) or _counts_rows(values):
        return _NAMES_ROWS
    if _may_name_rows(values, place):
        return _MAY_NAME_ROWS
    if _TIME.fullmatch(name):
        return _TIMES
    few = _few_whole_numbers(values) and len(np.unique(values)) <= max(2, len(values) / 3)
    return _FEW_VALUES if few else _MEASURED


def _counts_rows(values: np.ndarray) -> bool:
    """Whether whole numbers count the rows: by one, with gaps, anew for each class, or shuffled."""
    if len(values) < 3 or np.abs(values).max() > 1e12 or (values != np.rint(values)).any():
        return False
    steps = np.diff(values)
    by_one, anew = steps == 1, (steps < 0) & (values[1:] == values[0])
    if ((by_one | anew).all() and np.ptp(values) > 1) or (
        len(values) > 5 and (steps > 0).all() and by_one.mean() > 0.5
    ):
        return True
    # That n of r whole numbers are all different has a chance of exp(−n²/2r), unless they were given out.
    spread = np.ptp(values) + 1
    return len(np.unique(values)) == len(values) and len(values) ** 2 > 6 * spread


def _may_name_rows(values: np.ndarray, place: int) -> bool:
    """Whether whole numbers, all different, look given out: in the first column, equally long, not round."""
    whole = len(values) >= 5 and np.abs(values).max() < 1e15 and bool((values == np.rint(values)).all())
    if not whole or place > 0 or len(np.unique(values)) < len(values):
        return False
    equally_long = values.min() >= 1000 and np.log10(values.min()) // 1 == np.log10(values.max()) // 1
    return bool(equally_long and np.gcd.reduce(values.astype(np.int64)) == 1)
