"""The mean and the scale that make a table standard before it is learned: z = (x − mean)/scale."""

from __future__ import annotations

from typing import Any

import numpy as np

from paradigms.densities.gaussians import ABSOLUTE_VARIANCE_FLOOR


def mean_and_scale(X: np.ndarray) -> dict[str, Any]:
    """``mean_ (d,)`` and the one ``scale_`` for all columns, never zero, that make X standard."""
    return {"mean_": X.mean(axis=0), "scale_": np.sqrt(max(X.var(axis=0).mean(), ABSOLUTE_VARIANCE_FLOOR))}


def mean_and_spread(X: np.ndarray) -> dict[str, Any]:
    """``mean_ (d,)`` and a ``scale_ (d,)`` for each column by itself, never zero, that make X standard."""
    return {"mean_": X.mean(axis=0), "scale_": spread(X)}


def spread(values: np.ndarray) -> np.ndarray:
    """The standard deviation of each column, 1 for a column that has none."""
    deviation = values.std(axis=0)
    return np.where(deviation > 0, deviation, 1.0)


def centre_and_scale(X: np.ndarray) -> tuple[np.ndarray, float]:
    """The mean ``(d,)`` and one scale for all columns: (X − mean)/scale has mean variance 1.

    The scale is 1 where all points lie in one spot: a diffusion's noise is then of the plane's own size.
    """
    scale = float(np.sqrt(X.var(axis=0).mean()))
    return X.mean(axis=0), scale if scale > 1e-9 * max(1.0, float(np.abs(X).max())) else 1.0
