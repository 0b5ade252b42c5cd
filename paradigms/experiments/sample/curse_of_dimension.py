"""What many dimensions do to darts and to weights, measured and by formula."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from paradigms.grid import HALF_WIDTH
from paradigms.progress import Report, reported, unreported
from paradigms.samplers.importance import effective_number, importance_weights


class Ball:
    """N(0, I) in any number of dimensions, up to a constant."""

    def score_samples(self, X: np.ndarray) -> np.ndarray:
        return -0.5 * (X**2).sum(axis=1)


@dataclass(frozen=True, eq=False)
class Curse:
    """For N(0, I) in d dimensions ``(k,)``: shares that were measured, and by formula.

    ``accepted`` of darts in the cube [−4, 4]^d under the lowest flat envelope, by formula (√(2π)/8)^d;
    ``worth``, the effective share of draws from N(0, 1.5² I) with weights, by formula [√(v(2s² − v))/s²]^d
    with v = 1, s = 1.5. Where no dart of ``n`` stayed the measured share is 0.
    """

    dimensions: np.ndarray
    accepted: np.ndarray
    accepted_formula: np.ndarray
    worth: np.ndarray
    worth_formula: np.ndarray
    n: int

    @property
    def first_without(self) -> int:
        """The first number of dimensions from which on no dart was measured to stay."""
        return int(self.dimensions[self.accepted > 0].max()) + 1


def curse_of_dimension(*, n: int = 100_000, seed: int = 0, report: Report = unreported) -> Curse:
    """Computed anew, for 1 to 20 dimensions."""
    rng, dimensions = np.random.default_rng(seed), np.arange(1, 21)
    accepted, worth, s = [], [], 1.5
    for d in reported(dimensions, len(dimensions), report):
        X = rng.uniform(-HALF_WIDTH, HALF_WIDTH, (n, d))
        accepted.append(np.mean(np.log1p(-rng.random(n)) < Ball().score_samples(X)))
        weights = importance_weights(Ball(), s * rng.standard_normal((n, d)), s)
        worth.append(effective_number(weights) / n)
    return Curse(
        dimensions=dimensions,
        accepted=np.array(accepted),
        accepted_formula=(np.sqrt(2 * np.pi) / (2 * HALF_WIDTH)) ** dimensions,
        worth=np.array(worth),
        worth_formula=(np.sqrt(2 * s**2 - 1) / s**2) ** dimensions,
        n=n,
    )
