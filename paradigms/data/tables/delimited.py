"""Text in rows and columns, whatever separates them, as a table.

People paste what they have: commas, semicolons, tabs, bars or blanks between cells, quotes or none, titles
above, comments between, names in the last line before the data, or none.
"""

from __future__ import annotations

import csv
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from paradigms.data.bad_data import BadData
from paradigms.data.tables.decimal_commas import rejoined
from paradigms.data.tables.header import headed
from paradigms.data.tables.numerals import looks_like_number
from paradigms.data.tables.table import Table

WIDE_BLANK, BLANK = "  ", " "  # two blanks or more; any white space
_SEPARATORS = ("\t", ";", "|", ",", WIDE_BLANK, BLANK)  # of equally good ones, the first
_LINES_TO_JUDGE_BY = 200
_COMMENT_SIGNS = ("#", "%", "//")
_TOLD_SEPARATOR = re.compile(r"\s*\"?sep=(.)\"?[\s,;]*", re.IGNORECASE)
_INLINE_COMMENT = re.compile(r"\s+#\s.*$")
_RULE = re.compile(r"[\s|:+=-]*-[\s|:+=-]*")  # the line under the names of a table in Markdown
_TORN = re.compile(r"[;|\t\"]|\d,|,\d|,$|^,")
_LEAST_CONSISTENT = 0.5
_MOST_LINES_IN_A_CELL = 20


class _Row(NamedTuple):
    line: int
    cells: list[str]


def read_delimited(text: str) -> Table:
    """A table from its text. Raises BadData with a sentence for people."""
    lines = text.split("\n")
    told = _TOLD_SEPARATOR.fullmatch(lines[0])
    if told:
        lines = lines[1:]
    lines, comments = _without_comments(lines)
    lines = [line if not _RULE.fullmatch(line) else "" for line in lines]
    separator = told[1] if told else _separator(lines)
    rows = list(_rows(lines, separator))
    width = _width(rows)
    if width < 2:
        raise BadData("The table has only one column, and a point needs two numbers.")
    first = next(place for place, row in enumerate(rows) if len(row.cells) == width)
    above, body = rows[:first], [row.cells for row in rows[first:]]
    whole = [row for row in body if len(row) == width]
    names, n_names = headed(whole)
    if names is None and above and separator == "," and (joined := rejoined(len(above[-1].cells), whole)):
        return Table.of_rows(above[-1].cells, joined, ";", [_note_on_decimal_commas(joined)])
    if names is None:
        names = _names_above(above, comments, rows[first], whole, separator)
    n_rows_above = body.index(whole[n_names - 1]) + 1 if n_names else 0
    return Table.of_rows(names or [""] * width, body[n_rows_above:], separator)


def _without_comments(lines: list[str]) -> tuple[list[str], dict[int, str]]:
    """The lines with the comments emptied, and the comments by line, without their sign.

    A sign that most lines begin with is no comment's, and one with a separator behind it is a name.
    """
    comments: dict[int, str] = {}
    n_filled = sum(1 for line in lines if line.strip())
    for sign in _COMMENT_SIGNS:
        marked = [
            place for place, line in enumerate(lines)
            if line.lstrip().startswith(sign) and not re.match(rf"\s*{sign}\s*[,;\t|]", line)
        ]  # fmt: skip
        if len(marked) <= n_filled / 2:
            comments |= {place: lines[place].strip().lstrip(sign).strip() for place in marked}
    kept = ["" if place in comments else line for place, line in enumerate(lines)]
    return [_INLINE_COMMENT.sub("", line) if "#" in line else line for line in kept], comments


def _separator(lines: Sequence[str]) -> str:
    """The separator that cuts the lines into rows of one width, and nothing within a cell.

    Raises BadData where none does.
    """
    head = [line for line in lines if line.strip()][:_LINES_TO_JUDGE_BY]
    scores = {separator: _score(head, separator) for separator in _SEPARATORS}
    best = max(_SEPARATORS, key=scores.__getitem__)
    if scores[best] == 0:
        raise BadData("The table has only one column, and a point needs two numbers.")
    if scores[best] < _LEAST_CONSISTENT:
        raise BadData("This is no table: its lines have no common number of cells.")
    return best


def _score(lines: Sequence[str], separator: str) -> float:
    """The share of lines that are of the usual width, times the share of their cells that are whole."""
    try:
        rows = list(_rows(lines, separator))
    except BadData:
        return 0.0
    width = _width(rows)
    if width < 2:
        return 0.0
    usual = [row.cells for row in rows if len(row.cells) == width]
    cells = [cell for row in usual for cell in row]
    n_whole = sum(1 for cell in cells if looks_like_number(cell) or not _TORN.search(cell.strip()))
    in_lines = len(usual) / len(rows)
    if separator == BLANK and not any(map(looks_like_number, cells)):
        return 0.0  # prose
    return in_lines * n_whole / len(cells)


def _width(rows: Sequence[_Row]) -> int:
    """The number of cells that most rows have; of equally frequent ones the larger."""
    counts = Counter(len(row.cells) for row in rows if len(row.cells) > 1)
    return max(counts, key=lambda width: (counts[width], width)) if counts else 0


def _rows(lines: Sequence[str], separator: str) -> Iterator[_Row]:
    """All rows that hold anything, with the number of the line that each begins in."""
    if separator == WIDE_BLANK:
        for place, line in enumerate(lines):
            if line.strip():
                yield _Row(place, [cell.strip('"') for cell in re.split(r"\s{2,}|\t", line.strip())])
        return
    if separator == BLANK:
        lines = [" ".join(line.split()) for line in lines]
    reader = csv.reader(
        (f"{line}\n" for line in lines), delimiter=separator, skipinitialspace=True, strict=False
    )
    begins = 0
    try:
        for row in reader:
            if separator == "|" and len(row) > 2 and not (row[0].strip() or row[-1].strip()):
                row = row[1:-1]
            if any(cell.strip() for cell in row):
                yield _Row(begins, row)
            if reader.line_num - begins > _MOST_LINES_IN_A_CELL:
                raise csv.Error
            begins = reader.line_num
    except csv.Error:
        raise BadData("The table cannot be read: a quotation mark is opened and never closed.") from None


def cells_of(line: str, separator: str, quote: str = '"') -> list[str]:
    """The cells of one line by itself."""
    reader = csv.reader([line], delimiter=separator, quotechar=quote, skipinitialspace=True)
    return next(reader, [])


def _note_on_decimal_commas(rows: Sequence[list[str]]) -> str:
    example = next(cell for cell in rows[0] if "," in cell)
    return f"Commas stand within numbers and between them: {example} is read as {example.replace(',', '.')}."


def _names_above(
    above: Sequence[_Row], comments: dict[int, str], first: _Row, rows: Sequence[list[str]], separator: str
) -> list[str] | None:
    """The names from a line above that is no row: a comment, or one name short as R writes it."""
    width = len(first.cells)
    if above and len(above[-1].cells) == width - 1 and width > 2:
        short = above[-1].cells
        candidates = (
            [["", *short]] if _counts_rows([row[0] for row in rows]) else [[*short, ""], ["", *short]]
        )
    else:
        before = [comments[place] for place in sorted(comments) if place < first.line]
        cells = [row.cells for line in before[-1:] for row in _rows([line], separator)]
        candidates = [row + [""] * (width - len(row)) for row in cells if width - 1 <= len(row) <= width]
    for names in candidates:
        if headed([names, *rows]).n_rows == 1:
            return names
    return None


def _counts_rows(cells: Sequence[str]) -> bool:
    """Whether these name the rows: all different, and words or whole numbers."""
    return len(set(cells)) == len(cells) and all(
        not looks_like_number(cell) or cell.strip().isdigit() for cell in cells
    )
