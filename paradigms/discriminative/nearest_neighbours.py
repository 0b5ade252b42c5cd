"""Nearest neighbours: the class shares among the training points nearest to x."""

from __future__ import annotations

from typing import Self

import numpy as np
from scipy.spatial import cKDTree
from scipy.spatial.distance import cdist
from sklearn.base import BaseEstimator

from paradigms.cards import Card, Control
from paradigms.estimators.class_inputs import classification_inputs
from paradigms.estimators.fitted_arrays import FittedArrays
from paradigms.estimators.input_checks import query_points
from paradigms.estimators.parameters import parameters
from paradigms.estimators.probabilistic_classifier import ProbabilisticClassifier
from paradigms.protocols import CannotFit

_BLOCK = 2**13  # points answered at a time
_TIED = 1e-9  # of the distance: two that differ by no more are the same but for rounding


@parameters
class NearestNeighbours(ProbabilisticClassifier, FittedArrays, BaseEstimator):
    """p(y = k | x) = (votes for k + πₖ) / (m + 1), votes of the m nearest points (Cover & Hart 1967).

    π are the classes' shares of the training points: one more vote, split by what is known without
    looking at x. It keeps every probability above 0, so that no log loss is infinite, and favours no class
    over its share. m is ``n_neighbours``, or the number of points where there are fewer. Points that are tied
    at the m-th distance share the votes that are left, so that no answer depends on the order of the points.
    """

    _learned = ("classes_", "points_", "class_index_", "class_share_")

    n_neighbours: int = 15

    def fit(self, X: np.ndarray, y: np.ndarray) -> Self:
        """``X (n, d)``, ``y (n,)`` of K ≥ 2 labels of any kind.

        Raises CannotFit for a single class, and where no neighbour votes.
        """
        X, classes, class_index = classification_inputs(self, X, y)
        if self.n_neighbours < 1:
            raise CannotFit("At least one neighbour has to vote.")
        share = np.bincount(class_index) / len(X)
        return self._learn(classes_=classes, points_=X, class_index_=class_index, class_share_=share)

    def _prepare(self) -> None:
        places, at = np.unique(self.points_, axis=0, return_inverse=True)
        self._counts = np.zeros((len(places), len(self.classes_)))
        np.add.at(self._counts, (at.ravel(), self.class_index_), 1)
        self._tree = cKDTree(places)

    def predict_proba(self, X: np.ndarray) -> np.ndarray:
        """p(y|x) as ``(n, K)``."""
        X = query_points(self, X)
        n_voters = min(self.n_neighbours, len(self.points_))
        blocks = np.split(X, range(_BLOCK, len(X), _BLOCK))
        votes = np.concatenate([self._votes(block, n_voters) for block in blocks])
        return (votes + self.class_share_) / (n_voters + 1)

    def _votes(self, X: np.ndarray, n_voters: int) -> np.ndarray:
        """Of the n nearest points, by class, ``(len(X), K)``."""
        n_places = len(self._counts)
        distance, nearest = self._tree.query(X, k=np.arange(1, min(n_voters + 1, n_places) + 1))
        so_far = self._counts.sum(axis=1)[nearest].cumsum(axis=1)
        reach = distance[np.arange(len(X)), (so_far < n_voters).sum(axis=1)]
        votes = self._shared_out(distance, nearest, reach, n_voters)
        # Where even the last place that was looked up is tied there may be more of them.
        more = (distance[:, -1] <= reach * (1 + _TIED)) & (distance.shape[1] < n_places)
        if more.any():
            everywhere = cdist(X[more], self._tree.data)
            places = np.broadcast_to(np.arange(n_places), everywhere.shape)
            votes[more] = self._shared_out(everywhere, places, reach[more], n_voters)
        return votes

    def _shared_out(
        self, distance: np.ndarray, places: np.ndarray, reach: np.ndarray, n_voters: int
    ) -> np.ndarray:
        """Whole votes for points at ``places (n, m)`` nearer than ``reach (n,)``, the rest for the tied."""
        inside = distance < reach[:, None] * (1 - _TIED)
        tied = ~inside & (distance <= reach[:, None] * (1 + _TIED))
        n_there = self._counts.sum(axis=1)[places]
        n_inside, n_tied = (np.einsum("nm,nm->n", n_there, mask) for mask in (inside, tied))
        weights = inside + tied * ((n_voters - n_inside) / n_tied)[:, None]
        return np.stack([np.einsum("nm,nm->n", own[places], weights) for own in self._counts.T], axis=1)


CARD = Card(
    title="Nearest neighbours",
    estimator=NearestNeighbours,
    estimates=r"p(y \mid x)",
    source="T. M. Cover & P. E. Hart (1967), Nearest neighbor pattern classification, IEEE TIT 13(1)",
    controls=(
        Control(
            "n_neighbours",
            "Neighbours that vote",
            low=1,
            high=100,
            step=1,
            help="Few follow every point; many smooth the boundary.",
        ),
    ),
    rank=30,
)
