"""How plausible a column of numbers is as a coordinate: it may measure, and it may name or count the rows."""

from __future__ import annotations

from enum import IntEnum

import numpy as np

from paradigms.data.tables.column_names import TIME, names_a_number, names_an_identifier

MOST_WHOLE_LABELS = 10


class Implausible(IntEnum):
    """From a measurement to a constant, ever less plausible as a coordinate."""

    MEASURED = 0
    FEW_VALUES = 1
    A_TIME = 2
    MOSTLY_MISSING = 3
    MAY_NAME_ROWS = 4
    NAMES_ROWS = 5
    CONSTANT = 6


def implausibility(name: str, values: np.ndarray, place: int) -> Implausible:
    """Of the column at ``place`` with these ``values (n,)``, NaN where there is none."""
    n_rows, values = len(values), values[np.isfinite(values)]
    if (values == values[:1]).all():
        return Implausible.CONSTANT
    if _is_identifier(name, values) or _counts_rows(values):
        return Implausible.NAMES_ROWS
    if _may_name_rows(values, place):
        return Implausible.MAY_NAME_ROWS
    if 2 * len(values) < n_rows:
        return Implausible.MOSTLY_MISSING
    if TIME.fullmatch(name):
        return Implausible.A_TIME
    few = few_whole_numbers(values) and len(np.unique(values)) <= max(2, len(values) / 3)
    return Implausible.FEW_VALUES if few else Implausible.MEASURED


def few_whole_numbers(values: np.ndarray) -> bool:
    """Whether there are at most ten different values, all of them whole: they may stand for classes."""
    values = np.unique(values[np.isfinite(values)])
    return 1 <= len(values) <= MOST_WHOLE_LABELS and bool((values == np.rint(values)).all())


def _is_identifier(name: str, values: np.ndarray) -> bool:
    """By its name, and whole numbers; all different ones where the name may be that of a measurement too."""
    if (values != np.rint(values)).any():
        return False
    return names_an_identifier(name) or (names_a_number(name) and len(np.unique(values)) > 0.9 * len(values))


def _counts_rows(values: np.ndarray) -> bool:
    """Whether whole numbers count the rows: by one, with gaps, anew for each class, or shuffled."""
    if len(values) < 3 or np.abs(values).max() > 1e12 or (values != np.rint(values)).any():
        return False
    steps = np.diff(values)
    by_one, anew = steps == 1, (steps < 0) & (values[1:] == values[0])
    # The numbers of classes may come in turn, too, but there are few, and each comes often.
    in_turn = few_whole_numbers(values) and len(values) >= 3 * len(np.unique(values))
    if (by_one | anew).all() and np.ptp(values) > 1 and not in_turn:
        return True
    if len(values) > 5 and (steps > 0).all() and by_one.mean() > 0.5:
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
