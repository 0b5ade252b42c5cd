"""What a function and a distribution make of one place."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from paradigms.evaluation.measures import conformal_p_value, n_at_most_as_likely
from paradigms.fits.assessment import Assessment

SURE = 0.9
FAMILIAR = 0.05


@dataclass(frozen=True)
class PointReading:
    """``bayes_probabilities`` and, where there is a function, its ``function_probabilities``, by class index.

    ``n_at_most_as_likely`` of ``n_held_out`` held-out points lie where the density is no higher than here.
    """

    function_probabilities: dict[int, float] | None
    bayes_probabilities: dict[int, float]
    log_density: float
    n_at_most_as_likely: int
    n_held_out: int

    @property
    def familiarity(self) -> float:
        """That of :func:`paradigms.evaluation.measures.familiarity`."""
        return conformal_p_value(self.n_at_most_as_likely, self.n_held_out)

    @property
    def verdict(self) -> str:
        """One of four, from the function's sureness and the distribution's familiarity.

        Or another one: there is no function (and perhaps nothing held out either), or there are too few
        held-out points for the smallest familiarity, 1/(n + 1), to fall below 5 %.
        """
        if self.function_probabilities is None:
            return "no function" if self.n_held_out else "no function, none held out"
        if 1 / (self.n_held_out + 1) >= FAMILIAR:
            return "too few held out"
        if max(self.function_probabilities.values()) >= SURE:
            return "sure and familiar" if self.familiarity >= FAMILIAR else "sure and never seen"
        return "unsure and familiar" if self.familiarity >= FAMILIAR else "unsure and strange"

    @property
    def posterior_also_sure(self) -> bool:
        """Whether Bayes' posterior is sure of a place where the function is, and that is never seen."""
        return self.verdict == "sure and never seen" and max(self.bayes_probabilities.values()) >= SURE


def read_point(
    function: Assessment | None, distribution: Assessment, at: tuple[float, float]
) -> PointReading:
    """Ask both models about the point ``at``; the distribution is one with a density."""
    X = np.array([at])
    log_density, held_out = distribution.model.score_samples(X), distribution.density.held_out_log_density
    return PointReading(
        function_probabilities=None if function is None else _by_class_index(function.model, X),
        bayes_probabilities=_by_class_index(distribution.model, X),
        log_density=float(log_density[0]),
        n_at_most_as_likely=int(n_at_most_as_likely(log_density, held_out)[0]),
        n_held_out=len(held_out),
    )


def _by_class_index(model: Any, X: np.ndarray) -> dict[int, float]:
    return dict(zip(model.classes_.tolist(), model.predict_proba(X)[0].tolist(), strict=True))
