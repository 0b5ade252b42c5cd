"""What a function and a distribution make of one place."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from paradigms.evaluation import measures
from paradigms.evaluation.assessment import DistributionAssessment, FunctionAssessment

SURE = 0.9
FAMILIAR = 0.05


@dataclass(frozen=True)
class PointReading:
    """Probabilities are in the order of ``slots``; ``familiarity`` is among held-out points."""

    slots: tuple[int, ...]
    function_probabilities: tuple[float, ...]
    bayes_probabilities: tuple[float, ...]
    log_density: float
    familiarity: float

    @property
    def function_class(self) -> int:
        return self.slots[int(np.argmax(self.function_probabilities))]

    @property
    def bayes_class(self) -> int:
        return self.slots[int(np.argmax(self.bayes_probabilities))]

    @property
    def sureness(self) -> float:
        return max(self.function_probabilities)

    @property
    def bayes_sureness(self) -> float:
        return max(self.bayes_probabilities)

    @property
    def verdict(self) -> str:
        """One of four: from the function's sureness and the distribution's familiarity."""
        if self.sureness >= SURE:
            return "sure and familiar" if self.familiarity >= FAMILIAR else "sure and never seen"
        return "unsure and familiar" if self.familiarity >= FAMILIAR else "unsure and strange"

    @property
    def posterior_also_sure(self) -> bool:
        """Whether Bayes' posterior is sure of a place that the density calls strange."""
        return self.familiarity < FAMILIAR and self.bayes_sureness >= SURE


def read_point(
    function: FunctionAssessment, distribution: DistributionAssessment, at: tuple[float, float]
) -> PointReading:
    """Ask both models about the point ``at``; they must have been fitted to the same labels."""
    X = np.array([at])
    log_density = distribution.model.score_samples(X)
    return PointReading(
        slots=function.slots,
        function_probabilities=tuple(function.model.predict_proba(X)[0].tolist()),
        bayes_probabilities=tuple(distribution.model.predict_proba(X)[0].tolist()),
        log_density=float(log_density[0]),
        familiarity=float(measures.familiarity(log_density, distribution.reference_log_density)[0]),
    )
