"""Labelled points in the plane, frozen, with the part that is held out."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from paradigms.contract import CONTRACT
from paradigms.data.bad_data import BadData

if TYPE_CHECKING:
    from paradigms.data.truth import Truth

MAX_POINTS: int = CONTRACT["limits"]["points"]
CLASS_LETTERS: tuple[str, ...] = tuple(CONTRACT["class_letters"])
MAX_CLASSES = len(CLASS_LETTERS)
SMALLEST_SPLIT_CLASS = 5  # a class with fewer points goes into training whole


@dataclass(frozen=True, eq=False)
class Dataset:
    """``X (n, 2)`` float64 in plane units and ``y (n,)`` class indices 0..K-1, both made read-only.

    K is the number of ``class_names``, at most four; a class may be without points, and so may the whole
    set (an empty canvas). ``truth``, where it is known, is the p(x, y) that the points were drawn from.
    Points are held out by class: see :attr:`held_out_mask`. Raises BadData.
    """

    X: np.ndarray
    y: np.ndarray
    class_names: tuple[str, ...]
    truth: Truth | None = None
    seed: int = 0

    def __post_init__(self) -> None:
        X, y, names = _checked(self.X, self.y, self.class_names)
        for name, value in (("X", X), ("y", y), ("class_names", names)):
            object.__setattr__(self, name, value)

    def __len__(self) -> int:
        return len(self.y)

    @property
    def class_counts(self) -> np.ndarray:
        """The number of points of each class, ``(K,)``."""
        return np.bincount(self.y, minlength=len(self.class_names))

    @property
    def whole_classes(self) -> tuple[int, ...]:
        """The class indices with one to four points: all of them are in training, none is held out."""
        small = (self.class_counts > 0) & (self.class_counts < SMALLEST_SPLIT_CLASS)
        return tuple(np.flatnonzero(small).tolist())

    @cached_property
    def held_out_mask(self) -> np.ndarray:
        """Which points are held out, ``(n,)`` bool: two in every five of each class.

        The points of a class are taken five at a time in their order of appearance; one of the first two
        and one of the last three are held out, chosen by a generator seeded with (seed, class index). So one
        more point moves no other point across, and the share of a class is never a whole point away from
        40 %.
        """
        mask = np.zeros(len(self), dtype=bool)
        for class_index, count in enumerate(self.class_counts):
            if count >= SMALLEST_SPLIT_CLASS:
                mask[np.flatnonzero(self.y == class_index)] = _two_in_five(int(count), self.seed, class_index)
        mask.setflags(write=False)
        return mask

    @cached_property
    def train(self) -> tuple[np.ndarray, np.ndarray]:
        """The points to learn from, as (X, y)."""
        return self._part(~self.held_out_mask)

    @cached_property
    def held_out(self) -> tuple[np.ndarray, np.ndarray]:
        """The points to judge by, as (X, y)."""
        return self._part(self.held_out_mask)

    def _part(self, mask: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        X, y = self.X[mask], self.y[mask]
        X.setflags(write=False)
        y.setflags(write=False)
        return X, y


def _two_in_five(count: int, seed: int, class_index: int) -> np.ndarray:
    n_blocks = -(-count // SMALLEST_SPLIT_CLASS)
    # Drawn block by block, so that a further block leaves the earlier ones as they are.
    choice = np.random.default_rng([seed, class_index]).random((n_blocks, 2))
    first, second = (2 * choice[:, 0]).astype(int), 2 + (3 * choice[:, 1]).astype(int)
    mask = np.zeros((n_blocks, 5), dtype=bool)
    mask[np.arange(n_blocks), first] = mask[np.arange(n_blocks), second] = True
    return mask.ravel()[:count]


def _checked(X: np.ndarray, y: np.ndarray, names: tuple[str, ...]) -> tuple[np.ndarray, np.ndarray, tuple]:
    X, y, names = np.array(X, dtype=np.float64), np.array(y), tuple(str(name) for name in names)
    if X.size == 0 and y.size == 0:
        X, y = X.reshape(0, 2), y.astype(np.int64)
    if X.ndim != 2 or X.shape[1] != 2:
        raise BadData("Points need exactly two coordinates each.")
    if y.shape != (len(X),):
        raise BadData(f"Each point needs one label, but there are {len(X)} points and {y.size} labels.")
    if len(X) > MAX_POINTS:
        raise BadData(f"There are {len(X):,} points, and the limit is {MAX_POINTS:,}.")
    if not 1 <= len(names) <= MAX_CLASSES:
        raise BadData(f"There are {len(names)} classes, and the plane has room for one to {MAX_CLASSES}.")
    if not np.isfinite(X).all():
        raise BadData("Some coordinates are missing or infinite.")
    if not np.issubdtype(y.dtype, np.integer) or (y.size and not 0 <= y.min() <= y.max() < len(names)):
        raise BadData("Labels must be whole numbers that each name one of the classes.")
    y = y.astype(np.int64)
    X.setflags(write=False)
    y.setflags(write=False)
    return X, y, names
