"""From a table's numbers to plane units and back: each axis by itself, or both with one scale."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from paradigms.data.drawn_points import STEP

# Plane units: 3.5, brought onto the plane's lattice so that the outermost numbers come back as they are.
REACH = 14_335.5 * STEP
_PLANE, _OUT = 4.0, 1.0
_MIDDLE = (0.25, 0.75)
_CRUSHED, _CRUSHED_LOG = 0.02, 0.1
_OUTLIER_RATIO, _OUTLIER_SHARE = 30.0, 0.02


@dataclass(frozen=True)
class Axis:
    """forward(u) = (u − shift)/scale; where it is ``logarithmic``, log₁₀ u stands in the place of u."""

    shift: float = 0.0
    scale: float = 1.0
    logarithmic: bool = False

    def forward(self, values: np.ndarray) -> np.ndarray:
        """The table's numbers in plane units."""
        return (_on_scale(values, self.logarithmic) - self.shift) / self.scale

    def back(self, values: np.ndarray) -> np.ndarray:
        """Plane units in the table's numbers."""
        values = np.asarray(values, dtype=float) * self.scale + self.shift
        return 10.0**values if self.logarithmic else values

    @classmethod
    def spanning(cls, values: np.ndarray, logarithmic: bool = False) -> Axis:
        """The axis on which the outermost ``values (n,)`` lie at ±3.5; one value alone is only shifted."""
        scaled = _on_scale(values, logarithmic)
        low, high = float(scaled.min()), float(scaled.max())
        scale = (high / 2 - low / 2) / REACH
        return cls(low / 2 + high / 2, scale if scale > 1e-300 else 1.0, logarithmic)


@dataclass(frozen=True)
class Transform:
    """An axis for each of the two columns."""

    x: Axis = Axis()
    y: Axis = Axis()

    @classmethod
    def fitted(
        cls, X: np.ndarray, *, equal_scales: bool = False, logarithmic: tuple[bool, bool] = (False, False)
    ) -> Transform:
        """The transform that brings all of ``X (n, 2)`` into [−3.5, 3.5]².

        It is the identity where the points fit the plane as they are. With ``equal_scales`` one plane unit
        measures the same on both axes.
        """
        if _fits_as_it_is(X) and not any(logarithmic):
            return cls()
        x, y = (Axis.spanning(column, log) for column, log in zip(X.T, logarithmic, strict=True))
        if equal_scales:
            spreads = [axis.scale for axis, column in ((x, X[:, 0]), (y, X[:, 1])) if np.ptp(column) > 0]
            scale = max(spreads, default=1.0)
            x, y = Axis(x.shift, scale), Axis(y.shift, scale)
        return cls(x, y)

    def forward(self, X: np.ndarray) -> np.ndarray:
        """The table's numbers ``(n, 2)`` in plane units."""
        return np.column_stack([self.x.forward(X[:, 0]), self.y.forward(X[:, 1])])

    def back(self, X: np.ndarray) -> np.ndarray:
        """Plane units ``(n, 2)`` in the table's numbers."""
        return np.column_stack([self.x.back(X[:, 0]), self.y.back(X[:, 1])])


def needs_logarithm(values: np.ndarray) -> bool:
    """Whether a linear axis would crush most ``values (n,)`` into one place, and a logarithm would not.

    So it is with sizes of cities: half of them lie within a fiftieth of their range.
    """
    return _is_crushed(values) and values.min() > 0 and not _is_crushed(np.log10(values), _CRUSHED_LOG)


def far_out(values: np.ndarray) -> np.ndarray:
    """Which of the ``values (n,)`` lie so far out that they would crush all others into one place.

    A few (2 %, or a single one) that lie more than 30 times as far from the median as the median one.
    """
    distance = np.abs(values - np.median(values))
    nothing = np.zeros(len(values), dtype=bool)
    if not distance.any() or not _is_crushed(values):
        return nothing
    outlying = distance > _OUTLIER_RATIO * np.median(distance[distance > 0])
    return outlying if outlying.sum() <= max(1, _OUTLIER_SHARE * len(values)) else nothing


def _on_scale(values: np.ndarray, logarithmic: bool) -> np.ndarray:
    return np.log10(values) if logarithmic else np.asarray(values, dtype=float)


def _is_crushed(values: np.ndarray, share: float = _CRUSHED) -> bool:
    """Whether the middle half takes up less than that ``share`` of the range."""
    low, high = np.quantile(values, _MIDDLE, method="nearest")
    return bool(high / 2 - low / 2 < share * (values.max() / 2 - values.min() / 2))


def _fits_as_it_is(X: np.ndarray) -> bool:
    """Whether all points lie on the plane, and on each axis to both sides of the origin."""
    low, high = X.min(axis=0), X.max(axis=0)
    return bool((np.abs(X) <= _PLANE).all() and (low <= -_OUT).all() and (high >= _OUT).all())
