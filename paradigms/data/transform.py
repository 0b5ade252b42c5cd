"""From a table's units to plane units and back: one shift, and one scale for both axes."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

REACH = 3.5  # plane units within which nearly all points are brought
_INLIERS = 0.99
_OUTLIER_RATIO, _OUTLIER_SHARE = 30.0, 0.02


@dataclass(frozen=True)
class Transform:
    """forward(X) = (X − shift) / scale; ``scale`` is what one plane unit measures in the table's units."""

    shift: tuple[float, float] = (0.0, 0.0)
    scale: float = 1.0

    @classmethod
    def fitted(cls, X: np.ndarray) -> Transform:
        """The transform that brings at least 99 % of ``X (n, 2)``, outliers apart, into [-3.5, 3.5]².

        It is the identity where the points fit the plane as they are. A few points (2 %, or a single one)
        that lie more than 30 times as far out as the median point are outliers and do not count, and points
        all on one spot are only shifted.
        """
        if _fits_as_it_is(X):
            return cls()
        core = _without_outliers(X)
        low, high = np.quantile(core, [1 - _INLIERS, _INLIERS], axis=0)
        shift = low / 2 + high / 2
        half_width = np.quantile(_distance(core, shift), _INLIERS, method="higher")
        scale = float(half_width / REACH)
        return cls((float(shift[0]), float(shift[1])), scale if scale > 1e-300 else 1.0)

    def forward(self, X: np.ndarray) -> np.ndarray:
        """Table units to plane units."""
        return (X - np.array(self.shift)) / self.scale

    def back(self, X: np.ndarray) -> np.ndarray:
        """Plane units to table units."""
        return X * self.scale + np.array(self.shift)


def _distance(X: np.ndarray, centre: np.ndarray) -> np.ndarray:
    """How far each point lies from the centre on the axis where it is further."""
    return np.abs(X - centre).max(axis=1)


def _fits_as_it_is(X: np.ndarray) -> bool:
    reach = _distance(X, np.zeros(2))
    spread = np.quantile(_distance(X, np.median(X, axis=0)), _INLIERS)
    return bool(np.quantile(reach, _INLIERS) <= 4 and reach.max() <= 7.9 and spread >= 1)


def _without_outliers(X: np.ndarray) -> np.ndarray:
    distance = _distance(X, np.median(X, axis=0))
    if not distance.any():
        return X
    outlying = distance > _OUTLIER_RATIO * np.median(distance[distance > 0])
    return X[~outlying] if outlying.sum() <= max(1, _OUTLIER_SHARE * len(X)) else X
