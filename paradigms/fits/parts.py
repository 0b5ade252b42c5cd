"""The parts of an assessment: what a model can be shown as, and its numbers, each in arrays that stay."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from functools import cached_property
from typing import Self

import numpy as np
from scipy.special import logsumexp

from paradigms import grid
from paradigms.densities.tabulated_density import TabulatedDensity
from paradigms.evaluation.mass_levels import Contours
from paradigms.evaluation.measures import tie_width


def frozen(array: np.ndarray) -> np.ndarray:
    """The same array, which nobody can write into any more."""
    array.setflags(write=False)
    return array


class Part:
    """A dataclass of arrays, numbers and words that can be written as arrays."""

    def to_arrays(self) -> dict[str, np.ndarray]:
        """All fields that are not None, by name."""
        values = {field.name: getattr(self, field.name) for field in fields(self)}
        return {name: np.asarray(value) for name, value in values.items() if value is not None}

    @classmethod
    def from_arrays(cls, arrays: Mapping[str, np.ndarray]) -> Self:
        """The part that ``to_arrays`` wrote."""
        return cls(**{name: frozen(value) if value.ndim else value.item() for name, value in arrays.items()})


@dataclass(frozen=True, eq=False)
class Boundary(Part):
    """p(y|x) on the plane, ``probabilities (H, W, K)``.

    A machine with a margin has its value f(x) there, ``margin (H, W)``, where there are two classes, and
    knows which points of the data set are its ``support_vectors (n,)``, a mask.
    """

    probabilities: np.ndarray
    margin: np.ndarray | None = None
    support_vectors: np.ndarray | None = None


@dataclass(frozen=True, eq=False)
class Density(Part):
    """log p(x, y) on the plane, ``log_joint (H, W, K)``; its ``kind`` is the model's ``density_kind``.

    A cell that the density is narrower than shows the mean over it; ``narrow`` is the mass in such cells.
    ``integral`` is that of p over the plane: of an exact density what is missing to 1 lies outside it, of a
    bound what it is loose by is missing too. ``held_out_log_density (m,)`` is log p of the held-out points,
    which familiarity is measured against. ``levels`` are those of the lines that hold the usual shares of
    the mass; of the shares ``left_out`` the picture cannot show the line.
    """

    log_joint: np.ndarray
    kind: str
    held_out_log_density: np.ndarray
    integral: float
    narrow: float
    levels: np.ndarray = field(default_factory=lambda: np.empty(0))
    left_out: np.ndarray = field(default_factory=lambda: np.empty(0))

    @cached_property
    def contours(self) -> Contours:
        return Contours(tuple(self.levels.tolist()), tuple(self.left_out.tolist()))

    @property
    def log_density(self) -> np.ndarray:
        """log p(x) on the plane, ``(H, W)``."""
        return logsumexp(self.log_joint, axis=-1)

    @property
    def cell_width(self) -> float:
        """How wide a cell of the picture is, in plane units."""
        return 2 * grid.HALF_WIDTH / len(self.log_joint)

    @cached_property
    def table(self) -> TabulatedDensity:
        """log p(x) and its score as quick as a look: for models that are slow to ask."""
        return TabulatedDensity(self.log_density, grid.HALF_WIDTH)

    def frontier_level(self, quantile: float) -> float:
        """The level of log p(x) below which at most that share of the held-out points lies.

        That is just under one of theirs, so that what is tied with it counts as on the frontier.
        """
        n_below = min(int(quantile * len(self.held_out_log_density)), len(self.held_out_log_density) - 1)
        level = np.sort(self.held_out_log_density)[n_below]
        return float(level - tie_width(level))


@dataclass(frozen=True, eq=False)
class Samples(Part):
    """``points (m, 2)`` that a model without a density made, and the ``labels (m,)`` they were made for.

    Where the model knows the score, ∇ log p, it stands at some ``places (a, 2)`` as ``scores (a, 2)``.
    """

    points: np.ndarray
    labels: np.ndarray
    places: np.ndarray | None = None
    scores: np.ndarray | None = None


@dataclass(frozen=True, eq=False)
class HeldOut(Part):
    """How a model does on ``n`` held-out points; None stands for a number that there is none of.

    ``distance`` is the energy distance of ``n_compared`` of its samples to them, and ``floor`` that of as
    many training points, drawn with replacement: the distance depends on how many there are.
    """

    n: int
    accuracy: float | None = None
    log_loss: float | None = None
    mean_log_density: float | None = None
    distance: float | None = None
    floor: float | None = None
    n_compared: int = 0
