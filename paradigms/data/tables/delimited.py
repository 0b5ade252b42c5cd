"""Text in rows and columns, whatever separates them, as a table.

People paste what they have: commas, semicolons, tabs, bars or blanks between cells, quotes or none, titles
above, comments between, names in the last line before the data, or none.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from paradigms.data.bad_data import BadData
from paradigms.data.tables.cells import ONE_COLUMN, OpenQuote, Row, quote_of, rows_of, separator_of, width_of
from paradigms.data.tables.count_line import with_class_names
from paradigms.data.tables.decimal_commas import rejoined
from paradigms.data.tables.header import headed
from paradigms.data.tables.numerals import looks_like_number
from paradigms.data.tables.sums import n_sums
from paradigms.data.tables.table import Table

_COMMENT_SIGNS = ("#", "%", "//")
_NO_COMMENT = re.compile(r"\s*(#|%|//)\s*[,;\t|]|\s*#(N/?A|NAME\?|\w+(/0)?!)")  # a name; an error of Excel's
_TOLD_SEPARATOR = re.compile(r"\s*\"?sep=(.)\"?[\s,;]*", re.IGNORECASE)
_INLINE_COMMENT = re.compile(r"(?<=\d)\s+#\s.*$")  # behind a number: elsewhere it may be C # major
_RULE = re.compile(r"[\s|:+=-]*[-=][\s|:+=-]*")  # the line under the names of a table in Markdown


def read_delimited(text: str) -> Table:
    """A table from its text. Raises BadData with a sentence for people."""
    lines = text.split("\n")
    told = _TOLD_SEPARATOR.fullmatch(lines[0])
    if told:
        lines = lines[1:]
    lines, comments = _without_comments(lines)
    lines = [line if not _RULE.fullmatch(line) else "" for line in lines]
    if not any(map(str.strip, lines)):
        raise BadData("The table is empty: it holds nothing but comments.")
    quote, notes = quote_of(lines), []
    separator = told[1] if told else separator_of(lines, quote)
    try:
        rows = list(rows_of(lines, separator, quote))
    except OpenQuote:
        rows = list(rows_of(lines, separator, None))
        notes.append("A quotation mark is opened and never closed, so all of them were read as letters.")
    width = width_of(rows)
    if width < 2:
        raise BadData(ONE_COLUMN)
    first = next(place for place, row in enumerate(rows) if len(row.cells) == width)
    above, body = rows[:first], [row.cells for row in rows[first:]]
    whole = [row for row in body if len(row) == width]
    for row in whole[len(whole) - n_sums(whole) :]:
        notes.append(f"The last row, “{next(filter(str.strip, row)).strip()}”, is no point and was left out.")
        whole.remove(row)
        body.remove(row)
    counts, below = (above[-1].cells, whole) if above else (whole[0], whole[1:])
    if below and (counted := with_class_names(counts, below)):
        return Table.of_rows([""] * width, counted, separator, notes)
    names, n_names = headed(whole)
    if n_names == len(body) and any(map(str.isdigit, "".join(names))):
        raise BadData("This is no table: its only line has no two numbers in cells of their own.")
    if names is None and above and separator == "," and (joined := rejoined(len(above[-1].cells), whole)):
        return Table.of_rows(above[-1].cells, joined, ";", [*notes, _on_decimal_commas(joined)])
    if names is None:
        names = _names_above(above, comments, rows[first], whole, separator)
    n_rows_above = body.index(whole[n_names - 1]) + 1 if n_names else 0
    return Table.of_rows(names or [""] * width, body[n_rows_above:], separator, notes)


def _without_comments(lines: list[str]) -> tuple[list[str], dict[int, str]]:
    """The lines with the comments emptied, and the comments by line, without their sign.

    A sign that most lines begin with is no comment's.
    """
    comments: dict[int, str] = {}
    n_filled = sum(1 for line in lines if line.strip())
    for sign in _COMMENT_SIGNS:
        marked = [
            place
            for place, line in enumerate(lines)
            if line.lstrip().startswith(sign) and not _NO_COMMENT.match(line)
        ]
        if len(marked) <= n_filled / 2 or len(marked) == n_filled:
            comments |= {place: lines[place].strip().lstrip(sign).strip() for place in marked}
    kept = ["" if place in comments else line for place, line in enumerate(lines)]
    return [_INLINE_COMMENT.sub("", line) if "#" in line else line for line in kept], comments


def _on_decimal_commas(rows: Sequence[list[str]]) -> str:
    example = next(cell for cell in rows[0] if "," in cell)
    return f"Commas stand within numbers and between them: {example} is read as {example.replace(',', '.')}."


def _names_above(
    above: Sequence[Row], comments: dict[int, str], first: Row, rows: Sequence[list[str]], separator: str
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
        cells = [row.cells for line in before[-1:] for row in rows_of([line], separator, None)]
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
