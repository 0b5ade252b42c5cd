"""Gaussian discriminant analysis: one full Gaussian for each class (LDA and QDA)."""

from __future__ import annotations

from typing import Self

import numpy as np
from sklearn.base import BaseEstimator

from paradigms.cards import Card, Control
from paradigms.densities.gaussians import raised, variance_floor
from paradigms.estimators.class_gaussians import ClassGaussians
from paradigms.estimators.input_checks import labelled_points
from paradigms.estimators.parameters import parameters


@parameters
class GaussianDiscriminant(ClassGaussians, BaseEstimator):
    """p(x, y) = p(y) N(x; μ_y, Σ_y).

    All estimates are maximum likelihood, covariances dividing by n_y when separate and by n when shared, as
    scikit-learn's QuadraticDiscriminantAnalysis and LinearDiscriminantAnalysis do (since 1.9). Eigenvalues
    below 0.001 of the data's mean variance, or below 1e-6, are raised to that, so that points on a line can
    be fitted.

    Parameters
    ----------
    covariance
        "shared" (one Σ for all classes: linear boundaries, LDA) or "separate" (one each: quadratic, QDA).

    Attributes
    ----------
    means_, covariances_, class_log_prior_
        μ ``(K, d)``, Σ ``(K, d, d)`` and log p(y) ``(K,)``.

    References
    ----------
    Hastie, Tibshirani and Friedman (2009), The Elements of Statistical Learning, section 4.3.
    """

    covariance: str = "separate"

    def fit(self, X: np.ndarray, y: np.ndarray | None = None) -> Self:
        """``X (n, d)``, ``y (n,)`` of any labels; without y there is one class, 0."""
        if self.covariance not in ("shared", "separate"):
            raise ValueError(f'covariance must be "shared" or "separate"; it is {self.covariance!r}.')
        X, classes, class_index = labelled_points(self, X, y)
        counts = np.bincount(class_index)
        means = np.array([X[class_index == k].mean(axis=0) for k in range(len(classes))])
        residuals = X - means[class_index]
        scatters = np.array([(own := residuals[class_index == k]).T @ own for k in range(len(classes))])
        if self.covariance == "shared":
            covariances = np.broadcast_to(scatters.sum(axis=0) / len(X), scatters.shape)
        else:
            covariances = scatters / counts[:, None, None]
        floor = variance_floor(X)
        return self._learn(
            classes_=classes,
            class_log_prior_=np.log(counts / len(X)),
            means_=means,
            covariances_=[raised(covariance, floor) for covariance in covariances],
        )


CARD = Card(
    title="Gaussian discriminant",
    estimator=GaussianDiscriminant,
    estimates=r"p(x, y)",
    source="Hastie, Tibshirani and Friedman (2009), The Elements of Statistical Learning, section 4.3",
    controls=(
        Control(
            "covariance",
            "Covariance",
            options=("separate", "shared"),
            help="One shape for each class bends the boundary (QDA); one for all keeps it straight (LDA).",
        ),
    ),
    rank=20,
)
