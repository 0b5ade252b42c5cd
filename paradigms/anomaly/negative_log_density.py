"""Negative log density as a score of strangeness."""

from __future__ import annotations

from typing import Self

import numpy as np
from sklearn.base import BaseEstimator, clone

from paradigms.cards import Card
from paradigms.protocols import DensityModel


class NegativeDensity(BaseEstimator):
    """−log p(x): the surprise of a point, in nats; up to a constant if the density is known only so far.

    ``density`` is a model with ``score_samples``, used as it is if it is fitted already; ``fit`` fits a
    clone of it, ``density_``, and leaves the one given alone.

    Bishop (1994), Novelty detection and neural network validation.
    """

    def __init__(self, density: DensityModel) -> None:
        self.density = density

    def fit(self, X: np.ndarray, y: np.ndarray | None = None) -> Self:
        self.density_ = clone(self.density).fit(X, y)
        return self

    def anomaly_score(self, X: np.ndarray) -> np.ndarray:
        """−log p(x) as ``(n,)``; higher is stranger."""
        return -getattr(self, "density_", self.density).score_samples(X)


CARD = Card(
    title="Negative log density",
    estimator=NegativeDensity,
    estimates=r"-\log p(x)",
    source="Bishop (1994), Novelty detection and neural network validation",
    rank=10,
)
