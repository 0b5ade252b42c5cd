"""How two libraries read a table when they are asked for no more than that, and whether it is right."""

from __future__ import annotations

import warnings
from collections.abc import Callable
from functools import partial
from math import isclose, isfinite, nan
from pathlib import Path
from typing import Any

import clevercsv
import pandas as pd

from benchmarks.table_judge import Outcome, label_form, same_name

Rows = list[list[Any]]
Point = tuple[float, float, str]
Peer = Callable[[Path, bool], Rows]


def _pandas_rows(path: Path, has_names: bool) -> Rows:
    """``pandas.read_csv`` that finds the separator itself; the names of its columns are the first row."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        frame = pd.read_csv(path, sep=None, engine="python", header=0 if has_names else None)
    body = frame.astype(object).to_numpy().tolist()
    return [list(frame.columns), *body] if has_names else body


def _clevercsv_rows(path: Path, has_names: bool) -> Rows:
    """The rows that CleverCSV's reader gives with the encoding and the dialect that it finds."""
    return clevercsv.read_table(str(path))


PEERS: dict[str, Peer] = {"pandas": _pandas_rows, "CleverCSV": _clevercsv_rows}


def is_read_right(peer: Peer, path: Path, outcomes: list[Outcome]) -> bool:
    """Whether the cells are as expected, for somebody who then takes the right columns and rows.

    Neither library chooses columns, so this is about reading alone, and in doubt it is for them. They are
    told which columns are meant, by name, or by place where there are no names, and whether there are names.
    A cell is a number if ``float()`` takes it; rows with other cells there, blank rows, and those of classes
    that are not expected, are left out for them; nothing need be said. What then remains must be all the
    names, numbers and labels that are expected, and no others. A table that cannot be read may raise anything
    or yield less than two columns of numbers.
    """
    readings = [outcome for outcome in outcomes if "refused" not in outcome]
    has_names = not readings or readings[0]["columns"][0] != "*"
    try:
        rows = [row for row in peer(path, has_names) if any(str(cell).strip() for cell in row)]
    except Exception:  # whatever it is, it is a refusal
        return len(readings) < len(outcomes)
    if not readings:
        return _columns_of_numbers(rows[1:]) < 2
    return any(rows and _holds(rows, reading) for reading in readings)


def _holds(rows: Rows, reading: Outcome) -> bool:
    places = reading["places"]
    if reading["columns"][0] != "*":
        places = _places(rows[0], reading["columns"])
        rows = rows[1:]
    if places is None:
        return False
    labels = [_class(label) for label in reading.get("labels", [""] * len(reading.get("x", ())))]
    found = [_point(row, *places) for row in rows]
    found = [point for point in found if isfinite(point[0] + point[1]) and point[2] in labels]
    if "points" in reading:
        return len(found) >= reading["points"]
    wanted = list(zip(reading["x"], reading["y"], labels, strict=True))
    return len(found) == len(wanted) and all(map(_is_same, found, wanted))


def _point(row: list[Any], x: int, y: int, label: int | None) -> Point:
    return _number(row, x), _number(row, y), "" if label is None else _class(_cell(row, label))


def _is_same(found: Point, wanted: Point) -> bool:
    return all(map(partial(isclose, rel_tol=1e-9), found[:2], wanted[:2])) and found[2] == wanted[2]


def _places(header: list[Any], columns: list[str | None]) -> list[int | None] | None:
    """Where the columns of these names stand, each another one, or None if one of them is missing."""
    places: list[int | None] = []
    for wanted in columns:
        fitting = [place for place, name in enumerate(header) if same_name(str(name).strip(), wanted)]
        free = [place for place in fitting if place not in places]
        if wanted is not None and not free:
            return None
        places.append(free[0] if wanted is not None else None)
    return places


def _columns_of_numbers(rows: Rows) -> int:
    width = max(map(len, rows), default=0)
    return sum(all(isfinite(_number(row, place)) for row in rows) for place in range(width))


def _number(row: list[Any], place: int) -> float:
    try:
        return float(_cell(row, place))
    except ValueError:
        return nan


def _cell(row: list[Any], place: int) -> Any:
    return row[place] if place < len(row) else ""


def _class(label: object) -> str:
    return label_form(label).casefold()
