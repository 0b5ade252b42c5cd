"""Nearest neighbours: the points around x vote on its label."""

from __future__ import annotations

import numpy as np
from scipy.spatial import cKDTree
from sklearn.base import BaseEstimator, ClassifierMixin

from paradigms.card import Card, Control
from paradigms.fitted_arrays import FittedArrays
from paradigms.joint_identities import query_points
from paradigms.protocols import CannotFit
from paradigms.several_classes import several_classes


class NearestNeighbours(ClassifierMixin, FittedArrays, BaseEstimator):
    """p(y = k | x) = (votes for k + πₖ) / (m + 1), votes of the m nearest points (Cover & Hart 1967).

    π are the classes' shares of the training points: one more vote, split by what is known without
    looking at x. It keeps every probability above 0, so that no log loss is infinite, and favours no class
    over its share. m is ``n_neighbours``, or the number of points where there are fewer.
    """

    _learned = ("classes_", "points_", "slots_", "class_share_")

    def __init__(self, n_neighbours: int = 15):
        self.n_neighbours = n_neighbours

    def fit(self, X: np.ndarray, y: np.ndarray) -> NearestNeighbours:
        X, classes, slots = several_classes(self, X, y)
        if self.n_neighbours < 1:
            raise CannotFit("At least one neighbour has to vote.")
        share = np.bincount(slots) / len(X)
        return self._learn(classes_=classes, points_=X, slots_=slots, class_share_=share)

    def _prepare(self) -> None:
        self._tree = cKDTree(self.points_)

    def predict_proba(self, X: np.ndarray) -> np.ndarray:
        """p(y|x) as ``(n, K)``."""
        X = query_points(self, X)
        n_voters = min(self.n_neighbours, len(self.points_))
        _, nearest = self._tree.query(X, k=np.arange(1, n_voters + 1))
        ballots = self.slots_[nearest]
        votes = np.stack([(ballots == k).sum(axis=1) for k in range(len(self.classes_))], axis=1)
        return (votes + self.class_share_) / (n_voters + 1)

    def predict(self, X: np.ndarray) -> np.ndarray:
        """The most probable label of each point."""
        most_probable = self.predict_proba(X).argmax(axis=1)
        return self.classes_[most_probable]


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
