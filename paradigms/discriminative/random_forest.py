"""Random forest: the mean class share in the leaves of randomised decision trees."""

from __future__ import annotations

from typing import Any, Self

import numpy as np
from sklearn.base import BaseEstimator
from sklearn.ensemble import RandomForestClassifier
from sklearn.utils.validation import check_is_fitted

from paradigms.cards import Card, Control
from paradigms.estimators.class_inputs import classification_inputs
from paradigms.estimators.fitted_arrays import FittedArrays
from paradigms.estimators.input_checks import query_points
from paradigms.estimators.parameters import parameters
from paradigms.estimators.probabilistic_classifier import ProbabilisticClassifier
from paradigms.randomness import generator

_BLOCK = 2**18  # pairs of a point and a tree that walk down at a time


@parameters
class RandomForest(ProbabilisticClassifier, FittedArrays, BaseEstimator):
    """p(y = k | x) = the mean over the trees of (nₖ + πₖ) / (n + 1) in the leaf that x falls into.

    nₖ of the leaf's n training points have label k, and π are the classes' shares: one more vote, split
    by what is known without looking at x. It keeps every probability above 0, so that no log loss is
    infinite. Each of the ``n_trees`` is grown on a bootstrap of the points, at most ``max_depth`` questions
    deep, no leaf with less than ``min_leaf`` points, and chooses each question among a random √d of the
    columns (Breiman 2001). Growing is scikit-learn's.

    After ``fit`` all trees lie in one list of nodes: ``children_ (m, 2)`` (a leaf is its own), ``feature_``
    and ``threshold_ (m,)`` (up to it: left), ``value_ (m, K)``; ``roots_`` says where each tree begins.
    """

    _learned = ("classes_", "children_", "feature_", "threshold_", "value_", "roots_")

    n_trees: int = 50
    max_depth: int = 10
    min_leaf: int = 2
    random_state: Any = 0

    def fit(self, X: np.ndarray, y: np.ndarray) -> Self:
        """``X (n, d)``, ``y (n,)`` of K ≥ 2 labels of any kind. Raises CannotFit for a single class."""
        X, classes, class_index = classification_inputs(self, X, y)
        forest = RandomForestClassifier(
            self.n_trees,
            max_depth=self.max_depth,
            min_samples_leaf=self.min_leaf,
            random_state=np.random.RandomState(generator(self.random_state).integers(2**31)),
        ).fit(X, class_index)
        trees = [grown.tree_ for grown in forest.estimators_]
        roots = np.cumsum([0, *(tree.node_count for tree in trees)])[:-1]
        children = np.concatenate(
            [
                root + np.stack([t.children_left, t.children_right], 1)
                for root, t in zip(roots, trees, strict=True)
            ]
        )
        feature = np.concatenate([tree.feature for tree in trees])
        leaf = feature < 0
        children[leaf] = np.flatnonzero(leaf)[:, None]
        n_points = np.concatenate([tree.weighted_n_node_samples for tree in trees])[:, None]
        shares = np.concatenate([tree.value[:, 0] for tree in trees])
        return self._learn(
            classes_=classes,
            children_=children,
            feature_=np.where(leaf, 0, feature),
            threshold_=np.concatenate([tree.threshold for tree in trees]),
            value_=(shares * n_points + np.bincount(class_index) / len(X)) / (n_points + 1),
            roots_=roots,
        )

    def predict_proba(self, X: np.ndarray) -> np.ndarray:
        """p(y|x) as ``(n, K)``."""
        X = query_points(self, X).astype(np.float32)  # the trees were grown in single precision
        step = max(1, _BLOCK // len(self.roots_))
        blocks = [X[start : start + step] for start in range(0, len(X), step)]
        return np.concatenate([self.value_[self._leaves(block)].mean(axis=1) for block in blocks])

    def on_grid(self, x_axis: np.ndarray, y_axis: np.ndarray) -> np.ndarray:
        """p(y|x) on a tensor grid, ``(H, W, K)``, for data of two columns.

        A leaf is a rectangle of grid points. Its value is written to the rectangle's four corners with the
        signs + − − +, and running sums along both axes fill in all rectangles of all trees at once.
        """
        check_is_fitted(self)
        first, last = self._rectangles(x_axis, y_axis)
        leaf = self.children_[:, 0] == np.arange(len(self.children_))
        (left, bottom), (right, top) = first[leaf].T, last[leaf].T
        shape = (len(y_axis) + 1, len(x_axis) + 1)
        corners = [
            np.ravel_multi_index(c, shape)
            for c in ((bottom, left), (bottom, right), (top, left), (top, right))
        ]
        sums = np.empty((len(y_axis), len(x_axis), len(self.classes_)))
        for k, value in enumerate(self.value_[leaf].T):
            signed = np.concatenate([value, -value, -value, value])
            marks = np.bincount(np.concatenate(corners), signed, minlength=shape[0] * shape[1])
            sums[:, :, k] = marks.reshape(shape).cumsum(axis=0).cumsum(axis=1)[:-1, :-1]
        return sums / len(self.roots_)

    def _leaves(self, X: np.ndarray) -> np.ndarray:
        """The leaf of each point in each tree, ``(n, n_trees)``: all of them walk down side by side."""
        node, rows = np.broadcast_to(self.roots_, (len(X), len(self.roots_))), np.arange(len(X))[:, None]
        while True:
            right = X[rows, self.feature_[node]] > self.threshold_[node]
            below = self.children_[node, right.astype(int)]
            if np.array_equal(below, node):
                return node
            node = below

    def _rectangles(self, x_axis: np.ndarray, y_axis: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """Each node's grid points: from the first (column, row) up to before the last, twice ``(m, 2)``."""
        axes = [axis.astype(np.float32).astype(float) for axis in (x_axis, y_axis)]
        cuts = np.where(
            self.feature_ == 0, *(np.searchsorted(a, self.threshold_, side="right") for a in axes)
        )
        first, last = np.zeros_like(self.children_), np.empty_like(self.children_)
        last[self.roots_] = [len(x_axis), len(y_axis)]
        parents = self.roots_
        while len(parents := parents[self.children_[parents, 0] != parents]):
            left, right = self.children_[parents].T
            for child in (left, right):
                first[child], last[child] = first[parents], last[parents]
            feature, cut = self.feature_[parents], cuts[parents]
            last[left, feature] = np.clip(cut, first[left, feature], last[left, feature])
            first[right, feature] = np.clip(cut, first[right, feature], last[right, feature])
            parents = np.concatenate([left, right])
        return first, last


CARD = Card(
    title="Random forest",
    estimator=RandomForest,
    estimates=r"p(y \mid x)",
    source="L. Breiman (2001), Random forests, Machine Learning 45(1)",
    controls=(
        Control(
            "n_trees", "Trees", low=1, high=200, step=1, help="One is jagged; many agree on a softer edge."
        ),
        Control(
            "max_depth", "Depth", low=1, high=20, step=1, help="How many questions a tree may ask in a row."
        ),
        Control("min_leaf", "Points in a leaf", low=1, high=50, step=1, help="More make the answer calmer."),
    ),
    rank=35,
)
