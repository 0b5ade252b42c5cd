"""Which rows of a table become points, and a sentence on each kind of row that does not."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field

import numpy as np

from paradigms.data.dataset import MAX_CLASSES, MAX_POINTS
from paradigms.data.tables.numerals import numbers
from paradigms.data.tables.transform import far_out, is_crushed, needs_logarithm

LARGEST_NUMBER = 1e150


@dataclass
class Rows:
    """The rows that are left: numbers ``X (n, 2)``, the name of each one's class ``(n,)``, and the notes."""

    X: np.ndarray
    classes: np.ndarray
    notes: list[str] = field(default_factory=list)

    def leave_out(self, which: np.ndarray, why: str) -> None:
        """Go on without the rows in the mask ``(n,)``; ``why`` is said of them."""
        if which.any():
            self.notes.append(f"{n_rows(which)} {why} {'was' if which.sum() == 1 else 'were'} left out.")
            self._keep(~which)

    def keep_usable(self) -> None:
        self.leave_out(~(np.abs(self.X) <= LARGEST_NUMBER).all(axis=1), "without two usable numbers")

    def keep_labelled(self) -> None:
        self.leave_out(self.classes == "", "without a label")

    def keep_largest_classes(self) -> None:
        counts = Counter(self.classes.tolist())
        if len(counts) > MAX_CLASSES:
            others = ~np.isin(self.classes, [name for name, _ in counts.most_common(MAX_CLASSES)])
            self.notes.append(
                f"There are {len(counts)} classes: the {MAX_CLASSES} largest are kept, and {n_rows(others)} "
                "of the others left out."
            )
            self._keep(~others)

    def keep_within_reach(
        self, wanted: tuple[bool | None, bool | None], names: tuple[str, str]
    ) -> tuple[bool, bool]:
        """Leave out what would crush the rest; answers which axes are logarithmic.

        ``wanted`` says whether an axis shall be; None: where a linear one would crush most of the points.
        """
        chosen = [
            needs_logarithm(self.X[:, axis]) if wish is None else wish for axis, wish in enumerate(wanted)
        ]
        for axis in np.flatnonzero(chosen):
            not_positive = self.X[:, axis] <= 0
            if not_positive.all():
                chosen[axis] = False
                self.notes.append(f"“{names[axis]}” has no number above 0, so its axis is not logarithmic.")
            else:
                self.leave_out(not_positive, f"whose “{names[axis]}” is not above 0, and has no logarithm,")
        scaled = [np.log10(column) if log else column for column, log in zip(self.X.T, chosen, strict=True)]
        self.leave_out(far_out(scaled[0]) | far_out(scaled[1]), "too far from the rest to be shown")
        for axis, name in enumerate(names):
            if not chosen[axis] and is_crushed(self.X[:, axis]):
                self.notes.append(
                    f"Most rows lie in one place on the axis of “{name}”, for a few lie far from them."
                )
            if chosen[axis] and wanted[axis] is None:
                self.notes.append(
                    f"The axis of “{name}” is logarithmic: otherwise most rows would lie in one place."
                )
        return chosen[0], chosen[1]

    def keep_some(self, seed: int) -> None:
        if len(self.X) > MAX_POINTS:
            self.notes.append(f"A random sample of {MAX_POINTS:,} of the {len(self.X):,} points is shown.")
            kept = np.random.default_rng(seed).choice(len(self.X), MAX_POINTS, replace=False)
            self._keep(np.sort(kept))

    def class_names(self) -> tuple[str, ...]:
        """The classes that have points, in order: as numbers where they are, else by their letters."""
        names = sorted(set(self.classes.tolist()))
        values = numbers(names).values
        order: Callable = dict(zip(names, values, strict=True)).get if np.isfinite(values).all() else str
        return tuple(sorted(names, key=order))

    def _keep(self, which: np.ndarray) -> None:
        self.X, self.classes = self.X[which], self.classes[which]


def n_rows(which: np.ndarray) -> str:
    """How many rows the mask ``which (n,)`` has, in words: "1 row", "2,000 rows"."""
    count = int(which.sum())
    return "1 row" if count == 1 else f"{count:,} rows"
