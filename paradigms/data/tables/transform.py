"""From a table's numbers to plane units and back: each axis by itself, or both with one scale."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from paradigms.data.drawn_points import STEP

# Plane units: 3.5, brought onto the plane's lattice so that the outermost numbers come back as they are.
REACH = 14_335.5 * STEP
_PLANE, _OUT = 4.0, 1.0
_MIDDLE = (0.25, 0.75)
_CRUSHED, _LONG_TAILED, _CRUSHED_LOG, _MUCH_BETTER = 0.02, 0.05, 0.1, 3.0
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

    So it is with sizes of cities: half of them lie within a twentieth of their range. Where the logarithm
    helps, but few that are far out could as well be left out, they are.
    """
    share = _middle_share(values)
    if share >= _LONG_TAILED or values.min() <= 0:
        return False
    logarithmic_share = _middle_share(np.log10(values))
    return logarithmic_share >= _CRUSHED_LOG or (
        logarithmic_share >= _MUCH_BETTER * max(share, _CRUSHED / _MUCH_BETTER) and not far_out(values).any()
    )


def far_out(values: np.ndarray) -> np.ndarray:
    """Which of the ``values (n,)`` lie so far out that they would crush all others into one place.

    A few (2 %, or a single one) that lie more than 30 times as far from the median as the median one.
    """
    distance = np.abs(values - np.median(values))
    nothing = np.zeros(len(values), dtype=bool)
    if not distance.any() or not is_crushed(values):
        return nothing
    outlying = distance > _OUTLIER_RATIO * np.median(distance[distance > 0])
    return outlying if outlying.sum() <= max(1, _OUTLIER_SHARE * len(values)) else nothing


def is_crushed(values: np.ndarray) -> bool:
    """Whether half of the different values lie within a fiftieth of their range."""
    return bool(np.ptp(values / 2) > 0) and _middle_share(values) < _CRUSHED


def _middle_share(values: np.ndarray) -> float:
    """The share of the range that the middle half of the different values takes up."""
    low, high = np.quantile(np.unique(values), _MIDDLE, method="nearest")
    extent = values.max() / 2 - values.min() / 2
    return float((high / 2 - low / 2) / extent) if extent > 0 else 1.0


def _on_scale(values: np.ndarray, logarithmic: bool) -> np.ndarray:
    return np.log10(values) if logarithmic else np.asarray(values, dtype=float)


def _fits_as_it_is(X: np.ndarray) -> bool:
    """Whether all points lie on the plane, and on each axis to both sides of the origin."""
    low, high = X.min(axis=0), X.max(axis=0)
    return bool((np.abs(X) <= _PLANE).all() and (low <= -_OUT).all() and (high >= _OUT).all())
