"""Lines of text cut into cells, and the separator that cuts them best."""

from __future__ import annotations

import csv
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from paradigms.data.bad_data import BadData
from paradigms.data.tables.numerals import looks_like_number

WIDE_BLANK, BLANK = "  ", " "  # two blanks or more; any white space
_SEPARATORS = ("\t", ";", "|", ",", WIDE_BLANK, BLANK, "~", "^", ":")  # of equally good ones, the first
ONE_COLUMN = "The table has only one column, whatever separates it, and a point needs two numbers."
_LINES_TO_JUDGE_BY = 200
_TORN = re.compile(r"[;|\t\"]|\d,|,\d|,$|^,|\d +\d")
_IN_SINGLE_QUOTES = re.compile(r"(^|[,;\t| ])'[^']*'($|[,;\t| ])")
_LEAST_CONSISTENT = 0.5
_MOST_LINES_IN_A_CELL = 20
_QUOTING = {'"': {}, "'": {"quotechar": "'"}, None: {"quoting": csv.QUOTE_NONE}}


class OpenQuote(Exception):
    """A quotation mark is opened and never closed."""


class Row(NamedTuple):
    """Cells, and the number of the line that they begin in."""

    line: int
    cells: list[str]


def separator_of(lines: Sequence[str], quote: str) -> str:
    """The separator that cuts the lines into rows of one width, and nothing within a cell.

    Raises BadData where none does.
    """
    head = [line for line in lines if line.strip()][:_LINES_TO_JUDGE_BY]
    scores = {separator: _score(head, separator, quote) for separator in _SEPARATORS}
    best = max(_SEPARATORS, key=scores.__getitem__)
    if scores[best] == (0, 0):
        raise BadData(ONE_COLUMN)
    if scores[best][0] < _LEAST_CONSISTENT:
        raise BadData("This is no table: its lines have no common number of cells.")
    return best


def _score(lines: Sequence[str], separator: str, quote: str) -> tuple[float, int]:
    """The share of lines of the usual width, times that of their cells that are whole; and the numbers."""
    try:
        rows = list(rows_of(lines, separator, quote))
    except OpenQuote:
        rows = list(rows_of(lines, separator, None))
    width = width_of(rows)
    if width < 2:
        return 0, 0
    usual = [row.cells for row in rows if len(row.cells) == width]
    cells = [cell.strip() for row in usual for cell in row]
    n_numbers = sum(map(looks_like_number, cells))
    if separator in (BLANK, ":") and n_numbers < (len(cells) / 2 if len(rows) == 1 else 1):
        return 0, 0  # prose
    n_whole = sum(1 for cell in cells if looks_like_number(cell) or not _TORN.search(cell))
    return round(len(usual) / len(rows) * n_whole / len(cells), 2), n_numbers


def quote_of(lines: Sequence[str]) -> str:
    """What stands round words: the single mark where many cells stand in it, and none in the usual one."""
    head = [line for line in lines if line.strip()][:_LINES_TO_JUDGE_BY]
    single = sum(bool(_IN_SINGLE_QUOTES.search(line)) for line in head)
    return "'" if single > len(head) / 2 and not any('"' in line for line in head) else '"'


def width_of(rows: Sequence[Row]) -> int:
    """The number of cells that most rows have; of equally frequent ones the larger."""
    counts = Counter(len(row.cells) for row in rows if len(row.cells) > 1)
    return max(counts, key=lambda width: (counts[width], width)) if counts else 0


def rows_of(lines: Sequence[str], separator: str, quote: str | None) -> Iterator[Row]:
    """All rows that hold anything, with the number of the line that each begins in.

    Where ``quote`` is None its marks are cut off and mean nothing. Raises OpenQuote.
    """
    if separator == WIDE_BLANK:
        for place, line in enumerate(lines):
            if line.strip():
                yield Row(place, [cell.strip('"') for cell in re.split(r"\s{2,}|\t", line.strip())])
        return
    if separator == BLANK:
        lines = [" ".join(line.split()) for line in lines]
    ended = (f"{line}\n" for line in lines)
    reader = csv.reader(ended, delimiter=separator, skipinitialspace=True, **_QUOTING[quote])
    begins = 0
    try:
        for row in reader:
            spans = reader.line_num - begins
            unclosed = reader.line_num == len(lines) and not lines[-1].rstrip().endswith(quote or "")
            if spans > _MOST_LINES_IN_A_CELL or (spans > 1 and unclosed):
                raise OpenQuote
            if separator == "|" and len(row) > 2 and not (row[0].strip() or row[-1].strip()):
                row = row[1:-1]
            if any(cell.strip() for cell in row):
                yield Row(begins, row if quote else [cell.strip().strip('"') for cell in row])
            begins = reader.line_num
    except csv.Error:  # a cell beyond all bounds
        if quote:
            raise OpenQuote from None
        raise BadData("The table cannot be read: one of its cells is longer than a page.") from None


def cells_of(line: str, separator: str, quote: str = '"') -> list[str]:
    """The cells of one line by itself."""
    reader = csv.reader([line], delimiter=separator, quotechar=quote, skipinitialspace=True)
    return next(reader, [])
