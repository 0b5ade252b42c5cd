"""What a careful person would say is right of the tables in ``tests/data/tables``, and whether it was said.

``expected.json`` holds one or several outcomes a file, as good as each other. An outcome is a *reading*:
names of three columns (``*`` at the end stands for anything, null for no label) and their places, the numbers
of each point in the table's own units and in the order of the rows, its class, what the notes must mention (a
regular expression), and how many points far out may be missing if a note says so; or it is a *refusal*: what
its sentence must mention. Expectations are strict about data and loose about words.
"""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import numpy as np

FOLDER = Path(__file__).parents[1] / "tests/data/tables"
RIGHT, SAID, WRONG = "right", "right with a true sentence", "wrong"
LATTICE = 16_000  # to 1 / this of its axis every number comes back
_LEFT_OUT = re.compile(r"far|outside|outlier|beyond|left out|not shown", re.IGNORECASE)

Outcome = dict[str, Any]


def expectations() -> dict[str, list[Outcome]]:
    """File name → its outcomes."""
    known = json.loads((FOLDER / "expected.json").read_text(encoding="utf-8"))
    return {name: entry["outcomes"] for name, entry in known.items()}


def verdict_on_points(points: Any, outcomes: list[Outcome]) -> tuple[str, str]:
    """A verdict on what ``read_points`` has returned, and what is wrong beside each reading."""
    unsound = unsound_points(points)
    if unsound:
        return WRONG, unsound
    readings = [outcome for outcome in outcomes if "refused" not in outcome]
    faults = [_fault(points, reading) for reading in readings]
    if "" in faults:
        reading = readings[faults.index("")]
        complete = "x" not in reading or len(points.X) == len(reading["x"])
        return (RIGHT if complete and "notes" not in reading else SAID), ""
    return WRONG, "; or ".join(faults) or f"read {len(points.X)} points where nothing can be read"


def verdict_on_refusal(sentence: str, outcomes: list[Outcome]) -> tuple[str, str]:
    """A verdict on the sentence of a refusal, and what is wrong."""
    facts = [outcome["refused"] for outcome in outcomes if "refused" in outcome]
    if any(re.search(fact, sentence) for fact in facts):
        return SAID, ""
    return WRONG, f"refused: {sentence}" + f" (says nothing of {' or '.join(facts)})" * bool(facts)


def unsound_points(points: Any) -> str:
    """What is wrong with points whatever table they are from, or nothing."""
    X, class_indices = np.asarray(points.X), np.asarray(points.class_indices)
    n_classes = len(points.class_names)
    if X.shape != (len(class_indices), 2) or not len(X):
        return f"X is {X.shape}, class indices {class_indices.shape}"
    if not np.isfinite(X).all() or np.abs(X).max() > 4:
        return "a point lies outside [-4, 4]²"
    if sorted(set(class_indices.tolist())) != list(range(n_classes)):
        return f"class indices {sorted(set(class_indices.tolist()))} for {n_classes} classes"
    if len(set(points.class_names)) < n_classes:
        return f"two classes of one name: {points.class_names}"
    if not np.allclose(points.transform.forward(points.transform.back(X)), X, atol=1e-6):
        return "forward(back(X)) is not X"
    if not all(isinstance(note, str) and note.strip().endswith((".", "!", "?")) for note in points.notes):
        return f"a note is no sentence: {points.notes}"
    return ""


def _fault(points: Any, reading: Outcome) -> str:
    for got, wanted in zip(points.column_names, reading["columns"], strict=True):
        if not same_name(got, wanted):
            return f"columns {tuple(points.column_names)} instead of {tuple(reading['columns'])}"
    notes = " ".join(points.notes)
    if not re.search(reading.get("notes", ""), notes, re.IGNORECASE):
        return f"no note says {reading['notes']}: {points.notes}"
    classes = [label_form(points.class_names[class_index]) for class_index in points.class_indices]
    if "points" in reading:  # a sample
        wanted = (reading["points"], {*reading["labels"]})
        return "" if wanted == (len(classes), {*classes}) else f"{len(classes)} points of {set(classes)}"
    wanted = np.column_stack([reading["x"], reading["y"]])
    labels = [label_form(label) for label in reading.get("labels", classes[:1] * len(wanted))]
    fewest = len(wanted) - reading.get("may_leave_out", 0)
    if not fewest <= len(classes) <= len(wanted):
        return f"{len(classes)} points instead of {len(wanted)}"
    if len(classes) < len(wanted) and not _LEFT_OUT.search(notes):
        return f"{len(wanted) - len(classes)} points are left out without a word"
    low, high = _as_they_come_back(points)
    found = 0
    for row, label in zip(wanted, labels, strict=True):
        if found < len(classes) and classes[found] == label:
            found += bool(((low[found] <= row) & (row <= high[found])).all())
    if found == len(classes):
        return ""
    return f"point {found + 1} is {points.transform.back(points.X)[found].tolist()} of {classes[found]}"


def _as_they_come_back(points: Any) -> tuple[np.ndarray, np.ndarray]:
    """Between what and what each number of the table must lie, ``(n, 2)`` each, on an axis of any kind."""
    spans = np.ptp(points.X, axis=0)
    reach = np.where(spans > 1e-6, spans, 8.0) / LATTICE  # a constant has the whole axis
    ends = np.stack([points.transform.back(points.X - reach), points.transform.back(points.X + reach)])
    return ends.min(axis=0), ends.max(axis=0)


def same_name(got: str | None, wanted: str | None) -> bool:
    """Whether a column is called as expected."""
    if got is None or wanted is None:
        return got is wanted
    return got.startswith(wanted[:-1]) if wanted.endswith("*") else got == wanted


def label_form(label: object) -> str:
    """1, 1.0 and +1 are one class, and so are names that differ in white space."""
    try:
        return f"{float(str(label)):.12g}"
    except ValueError:
        return " ".join(str(label).split())
