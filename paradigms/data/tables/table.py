"""A table as it was written: columns of cells, each still text, under their names."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property

from paradigms.data.bad_data import BadData
from paradigms.data.class_names import cleaned
from paradigms.data.tables.numerals import Numbers, decimal_of, leaves_open, looks_like_number, numbers

MAX_COLUMNS = 200
_ROWS_TO_JUDGE_BY = 1_000
_SIGNS = {",": "comma", ".": "point"}


@dataclass(frozen=True, eq=False)
class Table:
    """One unique name a column; ``columns`` are equally long, their cells without blanks at the ends.

    ``separator`` is what stood between the cells, or nothing. ``notes`` are sentences on how it was read.
    """

    names: tuple[str, ...]
    columns: tuple[tuple[str, ...], ...]
    separator: str = ""
    notes: tuple[str, ...] = ()
    _read: dict[tuple[int, int | None], Numbers] = field(default_factory=dict, repr=False)

    @classmethod
    def of_rows(
        cls,
        header: Sequence[str],
        rows: Sequence[Sequence[str]],
        separator: str = "",
        notes: Sequence[str] = (),
    ) -> Table:
        """From rows, filled up to the width of the header; columns that are empty throughout are left out.

        Raises BadData where there is no row, or more columns than are looked at.
        """
        width = len(header)
        if not rows:
            raise BadData("The table has a line of names, but no rows.")
        if width > MAX_COLUMNS:
            raise BadData(f"The table has {width:,} columns, and the limit is {MAX_COLUMNS}.")
        cells = ([cell.strip() for cell in row[:width]] + [""] * (width - len(row)) for row in rows)
        columns = tuple(zip(*cells, strict=True))
        kept = [place for place in range(width) if header[place].strip() or any(columns[place])]
        names = _unique([header[place] for place in kept], kept)
        return cls(names, tuple(columns[place] for place in kept), separator, tuple(notes))

    @property
    def n_rows(self) -> int:
        return len(self.columns[0])

    @cached_property
    def decimal(self) -> str | None:
        """The decimal sign that the columns agree on, "." or ","; None where no column tells."""
        told = [decimal_of(column[:_ROWS_TO_JUDGE_BY]) for column in self.columns]
        if told.count(",") != told.count("."):
            return "," if told.count(",") > told.count(".") else "."
        return None

    @cached_property
    def writes_na(self) -> bool:
        """Whether NA stands for a missing number somewhere: then it stands for a missing label too."""
        heads = [column[:_ROWS_TO_JUDGE_BY] for column in self.columns]
        return any("NA" in head and sum(map(looks_like_number, head)) > len(head) / 2 for head in heads)

    def numbers(self, place: int, n_rows: int | None = None) -> Numbers:
        """The column as numbers, or the first ``n_rows`` of it; NaN where a cell is none."""
        if (place, n_rows) not in self._read:
            self._read[place, n_rows] = numbers(self.columns[place][:n_rows], self._decimal_of(place))
        return self._read[place, n_rows]

    def doubt(self, place: int) -> str:
        """A sentence on what a comma or a point was taken for, where neither column nor table tells."""
        cells = self.columns[place][:_ROWS_TO_JUDGE_BY]
        for sign in ",.":
            usual = self.separator in (",", "") or _some_without(cells, sign)
            if self.decimal is None and leaves_open(cells, sign) and not usual:
                example = next(cell for cell in cells if sign in cell)
                meant = "a decimal sign" if self._decimal_of(place) == sign else "one between thousands"
                open_ = f"“{self.names[place]}” leaves open what its {_SIGNS[sign]} means"
                return f"{open_}: in {example} it was read as {meant}."
        return ""

    def _decimal_of(self, place: int) -> str | None:
        """The decimal sign for a column that leaves it open: as others say, or as such tables are written."""
        cells = self.columns[place][:_ROWS_TO_JUDGE_BY]
        if self.decimal:
            return self.decimal
        if leaves_open(cells, ","):
            # Three decimals throughout are written by a program; thousands stand beside smaller numbers.
            return "," if self.separator == ";" and not _some_without(cells, ",") else "."
        if leaves_open(cells, "."):
            return "," if self.separator in ";\t" and _some_without(cells, ".") else "."
        return None


def _some_without(cells: Sequence[str], sign: str) -> bool:
    return any(sign not in cell and looks_like_number(cell) for cell in cells)


def _unique(header: Sequence[str], places: Sequence[int]) -> tuple[str, ...]:
    """A name for each column: the header's where it has one, and the column's place where it has none."""
    names: list[str] = []
    for place, told in zip(places, header, strict=True):
        name = cleaned(told)
        if not name or name in names:
            name = f"{name[:12]} column {place + 1}".strip()
        names.append(name)
    return tuple(names)
