"""Reading a table as work for a worker: what it came to, or the sentence that says why it came to nothing."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from paradigms.data.bad_data import BadData
from paradigms.data.tables.points import ImportedPoints, table_to_points
from paradigms.data.tables.reading import read_table
from paradigms.data.tables.table import Table


def table(source: str | bytes) -> tuple[Table | None, str | None]:
    """What is written in a text or in a file's bytes."""
    return _or_why_not(read_table, source)


def points(of: Table, **how: Any) -> tuple[ImportedPoints | None, str | None]:
    """Its columns as points; ``how`` is that of ``table_to_points``."""
    return _or_why_not(table_to_points, of, **how)


def _or_why_not(read: Callable[..., Any], *about: Any, **how: Any) -> tuple[Any, str | None]:
    try:
        return read(*about, **how), None
    except BadData as problem:
        return None, str(problem)
