"""A column of cells as numbers, in the one format that the whole column is written in.

What a comma or a point means is not told by a cell: 1,234 is a thousand and more in one table, and less than
two in another. It is told by the cells beside it.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

_WORDS = {"", "na", "n/a", "n.a.", "nan", "null", "none", "nil", "missing"}
_MARKS = {"?", "-", "--", "–", "—", ".", ".."}
_ERRORS_OF_SPREADSHEETS = {"#n/a", "#na", "#null!", "#value!", "#div/0!", "#num!", "#ref!"}
MISSING = frozenset(_WORDS | _MARKS | _ERRORS_OF_SPREADSHEETS)
_ALIKE = str.maketrans({"−": "-", "–": "-", "\u00a0": " ", "\u2009": " ", "\u202f": " ", "’": "'", "٫": ","})
_GROUPED = r"[1-9]\d{{0,2}}(?:[{0} ']\d{{2,3}})*[{0} ']\d{{3}}"
_EXPONENT = r"(?:[eE][+-]?\d+)?"
_NUMBER = {
    decimal: re.compile(
        rf"[+-]?(?:(?:{_GROUPED.format(other)}|\d+)(?:{re.escape(decimal)}\d*)?"
        rf"|{re.escape(decimal)}\d+){_EXPONENT}"
    )
    for decimal, other in ((".", ","), (",", "."))
}
_ONE_GROUP = {sign: re.compile(rf"[+-]?[1-9]\d{{0,2}}{re.escape(sign)}\d{{3}}") for sign in ".,"}
_CURRENCY = r"[A-Z]{0,3}[$€£¥₹₩₽]"
_AFFIXED = re.compile(
    rf"(?P<minus>-?)(?P<before>{_CURRENCY}|[A-Z]{{3}} )?\s*(?P<number>[+-]?[\d.,](?:[\d.,' ]*\d)?{_EXPONENT})"
    rf"\s*(?P<after>%|‰|{_CURRENCY}|[^\W\d_°][\w°/²³.]{{0,7}}|°\w?|[\"'])?"
)
_INFINITE = {"inf": np.inf, "+inf": np.inf, "infinity": np.inf, "-inf": -np.inf, "-infinity": -np.inf}
_CELLS_TO_JUDGE_BY = 2_000
_MULTIPLES = {"": 1.0, "k": 1e3, "K": 1e3, "M": 1e6, "B": 1e9, "bn": 1e9}
_SHARES = {"%": 100.0, "‰": 1000.0}


class Numbers(NamedTuple):
    """``values (n,)``, NaN where a cell is no number; the ``sign`` that each number carries, such as "%".

    ``example`` is the first cell with a sign, and ``first`` the number that it was read as.
    """

    values: np.ndarray
    sign: str = ""
    example: str = ""
    first: float = np.nan


def numbers(cells: Sequence[str], decimal: str | None = None) -> Numbers:
    """The column in its own format; ``decimal`` is the table's sign, for a column that leaves it open.

    A column whose numbers all carry the same sign (a currency, %, a unit) is read without it; per cents are
    divided by a hundred.
    """
    if decimal != "," and (values := _at_once(cells)) is not None:
        return Numbers(values)
    plain = [_signed(cell.strip().translate(_ALIKE)) for cell in cells]
    plain, factors = _without_multiples(plain)
    plain, affix = _without_affix(plain)
    decimal = decimal_of(plain[:_CELLS_TO_JUDGE_BY]) or decimal_of(plain[::97]) or decimal or "."
    grouping = " '," if decimal == "." else " '."
    values = None
    if decimal == "," and not any(sign in cell for cell in plain for sign in grouping):
        values = _at_once([cell.replace(",", ".") for cell in plain])
    if values is None:
        values = np.array([_value(cell, decimal, grouping) for cell in plain])
    values = values * factors / _SHARES.get(affix, 1.0)
    read = zip(cells, values.tolist(), strict=True) if affix else ()
    return Numbers(
        values, affix, *next(((cell.strip(), value) for cell, value in read if value == value), ())
    )


def is_missing(cell: str) -> bool:
    return cell.strip().lower() in MISSING


def looks_like_number(cell: str) -> bool:
    """Whether a cell may be a number in some format, with a sign of currency or a unit or without."""
    cell = _signed(cell.strip().translate(_ALIKE))
    found = _AFFIXED.fullmatch(cell)
    return bool(found and any(number.fullmatch(found["number"]) for number in _NUMBER.values()))


def decimal_of(cells: Sequence[str]) -> str | None:
    """The decimal sign of a column, "." or ","; None where its cells leave it open.

    One sign with exactly three digits behind it, and one to three before it, may mean either.
    """
    votes = Counter(vote for cell in cells if (vote := _vote(cell)))
    return votes.most_common(1)[0][0] if votes else None


def leaves_open(cells: Sequence[str], sign: str) -> bool:
    """Whether cells use the sign, and only before exactly three digits: thousands, or three decimals."""
    used = [cell.strip() for cell in cells if sign in cell]
    return bool(used) and all(_ONE_GROUP[sign].fullmatch(cell) for cell in used)


def _vote(cell: str) -> str | None:
    """What one cell says of the decimal sign, if it says anything."""
    commas, points = cell.count(","), cell.count(".")
    if not commas and not points:
        return None
    if commas and points:
        vote = "," if cell.rfind(",") > cell.rfind(".") else "."
    elif commas + points > 1:
        vote = "." if commas else ","
    else:
        sign = "," if commas else "."
        if _ONE_GROUP[sign].fullmatch(cell):
            return None
        vote = sign
    return vote if _NUMBER[vote].fullmatch(cell) else None


def _signed(cell: str) -> str:
    """Accountants put what is negative into parentheses."""
    return f"-{cell[1:-1].strip()}" if re.fullmatch(r"\([^()+-]*\d[^()]*\)", cell) else cell


def _without_multiples(cells: list[str]) -> tuple[list[str], np.ndarray | float]:
    """The cells without K, M, … and what these stand for, where they stand for different things in a column.

    A column of K alone may be in kelvin.
    """
    behind = {found.affix[1] for cell in cells[:_CELLS_TO_JUDGE_BY] if (found := _taken_apart(cell))}
    if len(behind) < 2 or not behind <= set(_MULTIPLES):
        return cells, 1.0
    found = [_taken_apart(cell) for cell in cells]
    bare = [each.affix[0] + each.number if each else cell for cell, each in zip(cells, found, strict=True)]
    return bare, np.array([_MULTIPLES.get(each.affix[1], 1.0) if each else 1.0 for each in found])


def _without_affix(cells: list[str]) -> tuple[list[str], str]:
    """The cells without the sign or unit that most of their numbers carry, and that sign."""
    affixes = Counter(found.affix for cell in cells[:_CELLS_TO_JUDGE_BY] if (found := _taken_apart(cell)))
    affix, count = affixes.most_common(1)[0] if affixes else (("", ""), 0)
    sign = "".join(affix).strip()
    if not sign or (count < 2 and sign not in _SHARES and not re.fullmatch(_CURRENCY, sign)):
        return cells, ""
    bare = []
    for cell in cells:
        found = _taken_apart(cell)
        if found and found.affix == affix:
            cell = found.number
        elif found and sign in _SHARES and cell != "0":
            cell = ""  # among per cents 12 may stand for 12 or for 0.12
        bare.append(cell)
    return bare, sign


class _Apart(NamedTuple):
    affix: tuple[str, str]
    number: str


def _taken_apart(cell: str) -> _Apart | None:
    """A number, and what stands before and behind it; None where there is no number."""
    found = _AFFIXED.fullmatch(cell)
    return found and _Apart((found["before"] or "", found["after"] or ""), found["minus"] + found["number"])


def _at_once(cells: Sequence[str]) -> np.ndarray | None:
    """The cells as numpy reads them, many times faster than cell by cell; None where it cannot."""
    if any("_" in cell for cell in cells):  # which Python allows within a number
        return None
    try:
        return np.array([cell or "nan" for cell in cells], dtype=np.float64)
    except ValueError:
        return None


def _value(cell: str, decimal: str, grouping: str) -> float:
    if not _NUMBER[decimal].fullmatch(cell):
        return _INFINITE.get(cell.lower(), np.nan)
    return float(cell.translate(str.maketrans("", "", grouping)).replace(",", "."))
