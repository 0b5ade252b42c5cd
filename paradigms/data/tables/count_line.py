"""The first line of scikit-learn's data files: the number of rows, that of features, the names of classes."""

from __future__ import annotations

from collections.abc import Sequence


def with_class_names(first: Sequence[str], rows: Sequence[list[str]]) -> list[list[str]] | None:
    """The rows with names of classes in the place of 0, 1, …; None where ``first`` is no such line."""
    cells, width = [cell.strip() for cell in first], len(rows[0])
    if cells[:2] != [str(len(rows)), str(width - 1)]:
        return None
    names = dict(zip(map(str, range(width)), filter(None, cells[2:]), strict=False))
    if not all(row[-1].strip() in names for row in rows):
        return [list(row) for row in rows]
    return [[*row[:-1], names[row[-1].strip()]] for row in rows]
