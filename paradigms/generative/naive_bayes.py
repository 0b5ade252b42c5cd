"""Gaussian naive Bayes: within a class the coordinates are independent Gaussians."""

from __future__ import annotations

from typing import Self

import numpy as np
from sklearn.base import BaseEstimator

from paradigms.cards import Card, Control
from paradigms.densities.gaussians import variance_floor
from paradigms.estimators.class_gaussians import ClassGaussians
from paradigms.estimators.input_checks import labelled_points
from paradigms.estimators.parameters import parameters


@parameters
class NaiveBayes(ClassGaussians, BaseEstimator):
    """p(x, y) = p(y) Π_j N(x_j; μ_yj, σ²_yj) by maximum likelihood (variances divide by n_y).

    Parameters
    ----------
    variance_floor
        No variance falls below this share of the data's mean variance, nor below 1e-6, so that a class of
        one point has a density too.

    Attributes
    ----------
    means_, covariances_, class_log_prior_
        μ ``(K, d)``, the diagonal Σ ``(K, d, d)`` and the log of the classes' shares ``(K,)``.

    References
    ----------
    Murphy (2022), Probabilistic Machine Learning: An Introduction, section 9.3.
    """

    variance_floor: float = 1e-3

    def fit(self, X: np.ndarray, y: np.ndarray | None = None) -> Self:
        """``X (n, d)``, ``y (n,)`` of any labels; without y there is one class, 0."""
        X, classes, class_index = labelled_points(self, X, y)
        floor = variance_floor(X, self.variance_floor)
        members = [X[class_index == k] for k in range(len(classes))]
        variances = [np.maximum(points.var(axis=0), floor) for points in members]
        return self._learn(
            classes_=classes,
            class_log_prior_=np.log(np.bincount(class_index) / len(X)),
            means_=[points.mean(axis=0) for points in members],
            covariances_=[np.diag(variance) for variance in variances],
        )


CARD = Card(
    title="Naive Bayes",
    estimator=NaiveBayes,
    estimates=r"p(x, y)",
    source="Murphy (2022), Probabilistic Machine Learning: An Introduction, section 9.3",
    controls=(
        Control(
            "variance_floor",
            "Smallest variance",
            low=1e-4,
            high=1.0,
            scale="log",
            help="The least variance a class may have along an axis, as a share of the data's own.",
        ),
    ),
    rank=10,
)
