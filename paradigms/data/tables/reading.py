"""Pasted text, or the bytes of a file, as a table: rows and columns, JSON, ARFF (Weka), rows of LIBSVM."""

from __future__ import annotations

import ast
import io
import json
import re
from typing import Any

import pandas as pd
from sklearn.datasets import load_svmlight_file

from paradigms.data.bad_data import BadData
from paradigms.data.tables.cells import cells_of
from paradigms.data.tables.decoding import decoded
from paradigms.data.tables.delimited import read_delimited
from paradigms.data.tables.header import headed
from paradigms.data.tables.table import MAX_COLUMNS, Table

_LONGEST_LITERAL = 500_000
_LIBSVM_ROW = re.compile(r"[+-]?[\d.eE+-]+(\s+\d+:[+-]?[\d.eE+-]+)+\s*(#.*)?")
_ATTRIBUTE = re.compile(r"\s*@attribute\s+('(?:[^'\\]|\\.)*'|\"(?:[^\"\\]|\\.)*\"|\S+)\s+\S", re.IGNORECASE)
_DATA = re.compile(r"^\s*@data\s*$", re.IGNORECASE | re.MULTILINE)


def read_table(source: str | bytes) -> Table:
    """The table, in whichever of these formats it is. Raises BadData with a sentence for people."""
    text = decoded(source)
    beginning = text.lstrip()[:200].lower()
    if beginning.startswith(("{", "[")):
        return _json(text)
    if beginning.startswith("<"):
        raise BadData("This is HTML or XML. Copy the cells of the table, or save it as CSV, and try again.")
    if _DATA.search(text) and re.search(r"^\s*@attribute\s", text, re.IGNORECASE | re.MULTILINE):
        return _arff(text)
    filled = [line for line in text.split("\n") if line.strip() and not line.lstrip().startswith("#")]
    if filled and all(_LIBSVM_ROW.fullmatch(line.strip()) for line in filled):
        return _libsvm("\n".join(filled))
    return read_delimited(text)


def _json(text: str) -> Table:
    """Records, columns, or rows, in one array or object, or an object a line; nested ones are flattened."""
    try:
        told = json.loads(text)
    except (ValueError, RecursionError):
        try:
            told = [json.loads(line) for line in text.split("\n") if line.strip()]
        except (ValueError, RecursionError):
            told = _literal(text)
            # As numpy prints an array.
            if told is None and text.lstrip().startswith("[") and "\n" in text.strip():
                return read_delimited(text.translate(str.maketrans("[](){}", " " * 6)))
            if told is None:
                raise BadData("This looks like JSON, and is not whole: it cannot be read.") from None
    try:
        frame = _frame(told)
    except (ValueError, TypeError, AttributeError, KeyError, RecursionError):
        raise BadData(
            "This is JSON, but no table: it needs one record a row, or one list a column."
        ) from None
    if frame.empty:
        raise BadData("The table is empty.")
    rows = [[_cell(value) for value in row] for row in frame.itertuples(index=False, name=None)]
    if isinstance(frame.columns, pd.RangeIndex):
        names, n_names = headed(rows)
        return Table.of_rows(names or [""] * len(rows[0]), rows[n_names:])
    return Table.of_rows([str(name) for name in frame.columns], rows)


def _literal(text: str) -> Any:
    """Lists, tuples and dicts as Python prints them; None where it is something else."""
    try:
        return ast.literal_eval(text.strip()) if len(text) <= _LONGEST_LITERAL else None
    except (ValueError, SyntaxError, TypeError, MemoryError, RecursionError):
        return None


def _frame(told: Any) -> pd.DataFrame:
    """Raises ValueError, TypeError, … where it is no table."""
    if not isinstance(told, dict):
        if told and all(isinstance(each, dict) for each in told):
            return pd.json_normalize(told)
        return pd.DataFrame(told)
    if isinstance(told.get("data"), list) and isinstance(told.get("columns"), list):
        return pd.DataFrame(told["data"], columns=told["columns"])
    lists = {name: each for name, each in told.items() if isinstance(each, list)}
    if len(lists) > 1 and len({len(each) for each in lists.values()}) == 1:
        return pd.DataFrame(lists)
    parts = {name: each for name, each in told.items() if isinstance(each, list | dict)}
    wrapped = [
        each
        for each in parts.values()
        if isinstance(each, list) and each and isinstance(each[0], list | dict)
    ]
    if len(wrapped) == 1:
        return _frame(wrapped[0])
    if len(parts) < len(told):
        raise ValueError("what stands beside the columns is none")
    frame = pd.DataFrame(told)
    return frame.T.infer_objects() if _by_rows(frame) else frame


def _by_rows(frame: pd.DataFrame) -> bool:
    """Whether the outer names are those of rows: they are numbers, or more than the inner ones."""
    numbered, others = (all(str(name).isdigit() for name in names) for names in (frame.columns, frame.index))
    return not others and (numbered or frame.shape[1] > frame.shape[0])


def _cell(value: Any) -> str:
    if value is None or value is pd.NaT or (isinstance(value, float) and value != value):
        return ""
    return json.dumps(value) if isinstance(value, bool | dict | list) else str(value)


def _arff(text: str) -> Table:
    """Names from @attribute, rows after @data; a sparse row is {place value, …}, and the rest of it 0."""
    match = _DATA.search(text)
    names = [
        found[1].strip("'\"")
        for line in text[: match.start()].split("\n")
        if (found := _ATTRIBUTE.match(line))
    ]
    rows = []
    for line in text[match.end() :].split("\n"):
        line = line.strip()
        if not line or line.startswith("%"):
            continue
        if line.startswith("{"):
            pairs = [cell.split(None, 1) for cell in cells_of(line.strip("{}"), ",") if cell.strip()]
            known = {place: value.strip("'\"") for place, value in (pair for pair in pairs if len(pair) == 2)}
            rows.append([known.get(str(place), "0") for place in range(len(names))])
        else:
            rows.append(
                [cell.strip().strip("'\"") for cell in cells_of(line, ",", "'" if "'" in line else '"')]
            )
    return Table.of_rows(names, rows, ",")


def _libsvm(text: str) -> Table:
    """A label and place:value pairs; what is not named is 0 (Chang and Lin 2011)."""
    try:
        sparse, labels = load_svmlight_file(io.BytesIO(text.encode()))
    except ValueError:
        raise BadData("This looks like LIBSVM's sparse rows, and cannot be read as such.") from None
    if sparse.shape[1] >= MAX_COLUMNS:
        raise BadData(f"The table has {sparse.shape[1]:,} columns, and the limit is {MAX_COLUMNS}.")
    values = [
        [f"{label:g}", *map(repr, row)] for label, row in zip(labels, sparse.toarray().tolist(), strict=True)
    ]
    return Table.of_rows(["label", *(f"feature {place + 1}" for place in range(sparse.shape[1]))], values)
