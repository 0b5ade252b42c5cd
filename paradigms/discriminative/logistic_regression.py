"""Logistic regression: the log odds between two classes are linear in x."""

from __future__ import annotations

from typing import Self

import numpy as np
from scipy.special import softmax
from sklearn import linear_model
from sklearn.base import BaseEstimator

from paradigms.cards import Card, Control
from paradigms.estimators.class_inputs import classification_inputs
from paradigms.estimators.fitted_arrays import FittedArrays
from paradigms.estimators.input_checks import query_points
from paradigms.estimators.parameters import parameters
from paradigms.estimators.probabilistic_classifier import ProbabilisticClassifier


@parameters
class LogisticRegression(ProbabilisticClassifier, FittedArrays, BaseEstimator):
    """p(y = k | x) = softmax(Wx + b)ₖ with W, b minimising −∑ log p(yᵢ|xᵢ) + |W|² / 2C.

    The offsets b are free, so the classes keep their shares. Of two classes the first keeps a weight of 0, so
    that the penalty is that of their log odds.

    Parameters
    ----------
    C
        Weighs the data against the penalty on the weights.

    Attributes
    ----------
    coef_, intercept_
        W ``(K, d)`` and b ``(K,)``.

    References
    ----------
    Cox (1958), The regression analysis of binary sequences.
    """

    _learned = ("classes_", "coef_", "intercept_")

    C: float = 1.0

    def fit(self, X: np.ndarray, y: np.ndarray) -> Self:
        """``X (n, d)``, ``y (n,)`` of K ≥ 2 labels of any kind. Raises CannotFit for a single class."""
        X, classes, class_index = classification_inputs(self, X, y)
        solved = linear_model.LogisticRegression(C=self.C, max_iter=1000).fit(X, class_index)
        coef, intercept = solved.coef_, solved.intercept_
        if len(classes) == 2:  # the solver keeps one row, the log odds of class 1 against class 0
            coef, intercept = np.vstack([np.zeros_like(coef), coef]), np.append(0.0, intercept)
        return self._learn(classes_=classes, coef_=coef, intercept_=intercept)

    def predict_proba(self, X: np.ndarray) -> np.ndarray:
        """p(y|x) as ``(n, K)``."""
        X = query_points(self, X)
        return softmax(X @ self.coef_.T + self.intercept_, axis=1)


CARD = Card(
    title="Logistic regression",
    estimator=LogisticRegression,
    estimates=r"p(y \mid x)",
    source="D. R. Cox (1958), The regression analysis of binary sequences, JRSS B 20(2)",
    controls=(
        Control(
            "C",
            "Trust in the data",
            low=0.001,
            high=1000.0,
            step=0.1,
            scale="log",
            help="C in |W|² / 2C: the larger, the steeper the boundary may be.",
        ),
    ),
    rank=10,
)
