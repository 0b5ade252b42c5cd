"""The points that a distribution finds strange, and what a function makes of them."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from pages.parts.computing.results import recorded
from pages.parts.text.numbers import log_density
from pages.parts.text.story import heading, tell, words
from pages.parts.workspace.setting import Setting
from paradigms.anomaly.max_softmax import MaxSoftmax
from paradigms.anomaly.negative_log_density import NegativeDensity
from paradigms.data.dataset import Dataset
from paradigms.fits.assessment import Assessment
from paradigms.fits.point_reading import SURE

QUANTILE = Setting(
    "anomaly_quantile", 0, words("playground", "anomaly quantile"), low=0, high=25, format="%d %%"
)

Search = Callable[[Assessment | None], tuple[np.ndarray, float] | tuple[None, None]]


def ask_for_anomalies(
    data: Dataset, function: Assessment | None, distribution: Assessment | None, learning: bool
) -> Search:
    """The quantile slider; answers how to find the points ``(n,)`` below the frontier, and its level."""
    heading("playground", "anomalies")
    percent = QUANTILE.widget()

    def search(assessment: Assessment | None) -> tuple[np.ndarray, float] | tuple[None, None]:
        if not percent or not assessment or not assessment.density or not assessment.held_out.n:
            return None, None
        level = assessment.density.frontier_level(percent / 100)
        score = NegativeDensity(assessment.model).anomaly_score
        return recorded(assessment.digest, score, data.X) > -level, level

    if distribution and not distribution.density:
        tell("playground", "no density to rank by")
    elif percent and distribution is not None and not distribution.held_out.n:
        tell("playground", "no held-out points to rank by")
    elif percent and learning:
        tell("playground", "anomalies move")
    else:
        _tell_of_the_strange(*search(distribution), data, function, distribution)
    return search


def _tell_of_the_strange(
    strange: np.ndarray | None,
    level: float | None,
    data: Dataset,
    function: Assessment | None,
    distribution: Assessment | None,
) -> None:
    if strange is None:
        tell("playground", "anomalies off")
        return
    shown = {"level": log_density(level, distribution.density.kind)}
    counts = {"n": str(strange.sum()), "total": str(len(data))}
    if not strange.any():
        tell("playground", "anomalies none", **shown)
    elif function is None:
        tell("playground", "anomalies found by density alone", **shown, **counts)
    else:
        of, doubt = (function.digest, distribution.digest, level), MaxSoftmax(function.model).anomaly_score
        sure = (1 - recorded(of, doubt, data.X[strange]) >= SURE).sum()
        sureness = {"sure": str(sure), "threshold": str(SURE)}
        tell("playground", "anomalies found", **shown, **counts, **sureness)
