"""The curse of dimension in rejection and importance sampling, measured and by formula."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from paradigms.densities.standard_normal import StandardNormal
from paradigms.grid import HALF_WIDTH
from paradigms.progress import Report, reported, unreported
from paradigms.samplers.importance import effective_sample_size, importance_weights


@dataclass(frozen=True, eq=False)
class Curse:
    """For N(0, I) in d dimensions ``(k,)``: shares that were measured, and by formula.

    ``accepted`` of proposals uniform in the cube [−4, 4]^d below the lowest flat envelope, by formula
    (√(2π)/8)^d; ``effective``, the effective sample size of weighted draws from N(0, 1.5² I) as a share of
    them, by formula [√(v(2s² − v))/s²]^d with v = 1, s = 1.5. Where none of ``n`` was accepted the measured
    share is 0.
    """

    dimensions: np.ndarray
    accepted: np.ndarray
    accepted_formula: np.ndarray
    effective: np.ndarray
    effective_formula: np.ndarray
    n: int

    @property
    def first_without(self) -> int:
        """The first number of dimensions from which on no proposal was accepted."""
        return int(self.dimensions[self.accepted > 0].max()) + 1


def curse_of_dimension(*, n: int = 100_000, seed: int = 0, report: Report = unreported) -> Curse:
    """Computed anew, for 1 to 20 dimensions."""
    rng, dimensions = np.random.default_rng(seed), np.arange(1, 21)
    accepted, effective, s = [], [], 1.5
    for d in reported(dimensions, len(dimensions), report):
        X = rng.uniform(-HALF_WIDTH, HALF_WIDTH, (n, d))
        accepted.append(np.mean(np.log1p(-rng.random(n)) < StandardNormal().score_samples(X)))
        weights = importance_weights(StandardNormal(), s * rng.standard_normal((n, d)), s)
        effective.append(effective_sample_size(weights) / n)
    return Curse(
        dimensions=dimensions,
        accepted=np.array(accepted),
        accepted_formula=(np.sqrt(2 * np.pi) / (2 * HALF_WIDTH)) ** dimensions,
        effective=np.array(effective),
        effective_formula=(np.sqrt(2 * s**2 - 1) / s**2) ** dimensions,
        n=n,
    )
