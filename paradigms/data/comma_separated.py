"""Tables as text: comma-separated and its relatives in, comma-separated out (RFC 4180).

Reading is forgiving, since people paste what they have: a byte-order mark, UTF-8 or Latin-1, commas,
semicolons, tabs or spaces between cells, decimal commas, quotes, with a header or without.
"""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from dataclasses import dataclass

import numpy as np

from paradigms.data.bad_data import BadData
from paradigms.data.class_names import cleaned
from paradigms.data.dataset import Dataset
from paradigms.data.transform import Transform

MAX_BYTES = 5_000_000
MAX_COLUMNS = 200
_SEPARATORS = ("\t", ";", ",", " ")  # a space stands for any run of white space
_LINES_TO_JUDGE_BY = 100
_DECIMAL_COMMA = re.compile(r"[+-]?[\d.]*,\d+([eE][+-]?\d+)?")


@dataclass(frozen=True, eq=False)
class Table:
    """Cells as text: one unique name a column, and every row as long as ``names``."""

    names: tuple[str, ...]
    rows: list[list[str]]

    def texts(self, column: int) -> list[str]:
        return [row[column] for row in self.rows]

    def numbers(self, column: int) -> np.ndarray:
        """The column as float64 ``(n,)``; NaN where a cell is not a number."""
        return np.array([number(row[column]) for row in self.rows], dtype=np.float64)


def read_table(source: str | bytes) -> Table:
    """A table from pasted text or the bytes of a file. Raises BadData with a sentence for people."""
    if len(source) > MAX_BYTES:
        raise BadData(f"The table is larger than {MAX_BYTES // 1_000_000} MB, which is the limit.")
    text = source if isinstance(source, str) else _decoded(source)
    text = text.lstrip("\ufeff").replace("\0", "").replace("\r\n", "\n").replace("\r", "\n").lstrip("# \n")
    lines = [line for line in text.split("\n", _LINES_TO_JUDGE_BY)[:_LINES_TO_JUDGE_BY] if line.strip()]
    if not lines:
        raise BadData("The table is empty.")
    separator = max(_SEPARATORS, key=lambda separator: _rows_with_two_numbers(lines, separator))
    rows = _cells(text, separator)
    if not rows:
        raise BadData("The table is empty.")
    has_header = not any(is_number(cell) for cell in rows[0])
    header = rows.pop(0) if has_header else []
    if not rows:
        raise BadData("The table has a line of names, but no rows.")
    width = Counter(map(len, rows)).most_common(1)[0][0]
    if width < 2:
        raise BadData("The table has only one column, and a point needs two numbers.")
    if width > MAX_COLUMNS:
        raise BadData(f"The table has {width:,} columns, and the limit is {MAX_COLUMNS}.")
    return Table(_unique(header, width), [(row + [""] * width)[:width] for row in rows])


def write_csv(dataset: Dataset, transform: Transform | None = None) -> str:
    """Columns x1, x2 and label; with the ``transform`` of the way in, in the units that the data came in."""
    X = dataset.X if transform is None else transform.back(dataset.X)
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(["x1", "x2", "label"])
    writer.writerows(
        [*map(repr, point), dataset.class_names[slot]]
        for point, slot in zip(X.tolist(), dataset.y, strict=True)
    )
    return out.getvalue()


def number(cell: str) -> float:
    """A cell as a number, with a decimal point or a decimal comma; NaN where it is none."""
    cell = cell.strip()
    if _DECIMAL_COMMA.fullmatch(cell):
        cell = cell.replace(".", "").replace(",", ".")
    try:
        return float(cell) if "_" not in cell else np.nan
    except ValueError:
        return np.nan


def is_number(cell: str) -> bool:
    """Whether a cell stands for a number, a written NaN or infinity included."""
    return not np.isnan(number(cell)) or cell.strip().lower() in ("nan", "+nan", "-nan")


def _decoded(source: bytes) -> str:
    if source.startswith((b"\xff\xfe", b"\xfe\xff")):
        return source.decode("utf-16", errors="replace")
    try:
        return source.decode("utf-8-sig")
    except UnicodeDecodeError:
        return source.decode("latin-1")


def _cells(text: str, separator: str) -> list[list[str]]:
    """All rows that hold anything."""
    if separator == " ":
        return [line.split() for line in text.split("\n") if line.strip()]
    try:
        reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, skipinitialspace=True)
        return [row for row in reader if any(cell.strip() for cell in row)]
    except csv.Error:
        raise BadData("The table cannot be read: a quotation mark is opened and never closed.") from None


def _rows_with_two_numbers(lines: list[str], separator: str) -> int:
    return sum(sum(map(is_number, row)) >= 2 for row in _cells("\n".join(lines), separator))


def _unique(header: list[str], width: int) -> tuple[str, ...]:
    """A name for each column: the header's where it has one, and the column's place where it has none."""
    names: list[str] = []
    for place in range(width):
        name = cleaned(header[place]) if place < len(header) else ""
        if not name or name in names:
            name = f"{name} column {place + 1}".strip()
        names.append(name)
    return tuple(names)
