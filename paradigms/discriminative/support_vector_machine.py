"""Support vector machine with a linear or Gaussian kernel, and Platt's probabilities."""

from __future__ import annotations

from typing import Self

import numpy as np
from scipy.optimize import minimize
from scipy.spatial.distance import cdist
from scipy.special import expit, log_expit, softmax
from sklearn.base import BaseEstimator, clone
from sklearn.svm import SVC
from sklearn.utils.validation import check_is_fitted

from paradigms import grid
from paradigms.cards import Card, Control
from paradigms.densities.separable_kernel import gaussian_kernel_on_grid
from paradigms.estimators.class_inputs import classification_inputs
from paradigms.estimators.fitted_arrays import FittedArrays
from paradigms.estimators.input_checks import query_points
from paradigms.estimators.parameters import parameters
from paradigms.estimators.probabilistic_classifier import ProbabilisticClassifier

_N_FOLDS = 3
_TOLERANCE = 0.01  # of f, for the solver; ten times finer takes half as long again and moves no boundary
_BLOCK = 4096  # points whose kernel values are in memory at a time


@parameters
class SupportVectorMachine(ProbabilisticClassifier, FittedArrays, BaseEstimator):
    """f(x) = ∑ᵢ αᵢ k(x, xᵢ) + b with the widest margin (Cortes & Vapnik 1995), made p(y|x) by Platt.

    ``kernel`` is "rbf", k(x, x') = exp(−g|x − x'|²), or "linear", k(x, x') = (x − m)ᵀ(x' − m) / (d · Var X)
    with the data's mean m and the mean variance Var X of the d columns. ``C`` is the price of a point inside
    the margin. ``gamma`` counts in units of 1 / (d · Var X), so that it suits data of any unit, in any place
    and of any number of columns: g = gamma / (d · Var X).

    Two classes need one machine, more need one for each class against the rest. A machine's value
    becomes a probability through the sigmoid of Platt (1999, section 2), σ(Af + B), fitted to values
    that each point gets from machines trained without it; the K probabilities are then scaled to sum to
    one. Where a side has a single point nothing can be held out, and the machine's own values serve. After
    ``fit``, ``support_vectors_ (m, d)`` are the points that hold the margin |f| = 1 of one machine or
    another, or stand inside it; their ``weights_`` are α, ``(m, 1)`` or ``(m, K)``.
    """

    _learned = (
        "classes_",
        "mean_",
        "inverse_variance_",
        "support_vectors_",
        "weights_",
        "intercept_",
        "sigmoid_slope_",
        "sigmoid_offset_",
    )

    C: float = 1.0
    gamma: float = 4.0
    kernel: str = "rbf"

    def fit(self, X: np.ndarray, y: np.ndarray) -> Self:
        """``X (n, d)``, ``y (n,)`` of K ≥ 2 labels of any kind.

        Raises CannotFit for a single class, ValueError for an unknown kernel.
        """
        X, classes, class_index = classification_inputs(self, X, y)
        if self.kernel not in ("rbf", "linear"):
            raise ValueError(f'kernel must be "rbf" or "linear"; it is {self.kernel!r}.')
        mean, inverse_variance = X.mean(axis=0), 1 / (X.shape[1] * X.var(axis=0).mean() or 1.0)
        Z = (X - mean) * np.sqrt(inverse_variance)
        # Its solver uses no random numbers, but takes one from numpy's global ones where it is given no seed.
        blank = SVC(kernel=self.kernel, C=self.C, gamma=self.gamma, tol=_TOLERANCE, random_state=0)
        sides = [class_index == k for k in ([1] if len(classes) == 2 else range(len(classes)))]
        machines = [clone(blank).fit(Z, side) for side in sides]

        weights = np.zeros((len(X), len(machines)))
        for j, machine in enumerate(machines):
            weights[machine.support_, j] = machine.dual_coef_[0]
        used = weights.any(axis=1)
        sigmoids = [
            _platt_sigmoid(_held_out_margins(machine, Z, side), side)
            for machine, side in zip(machines, sides, strict=True)
        ]
        slopes, offsets = np.array(sigmoids).T
        return self._learn(
            classes_=classes,
            mean_=mean,
            inverse_variance_=inverse_variance,
            support_vectors_=X[used],
            weights_=weights[used],
            intercept_=[machine.intercept_[0] for machine in machines],
            sigmoid_slope_=slopes,
            sigmoid_offset_=offsets,
        )

    def margins(self, X: np.ndarray) -> np.ndarray:
        """f(x) of every machine, ``(n, 1)`` for two classes, else ``(n, K)``; |f| < 1 is the margin."""
        X = query_points(self, X)
        if self.kernel == "linear":
            normals = (self.support_vectors_ - self.mean_).T @ self.weights_ * self.inverse_variance_
            return (X - self.mean_) @ normals + self.intercept_
        gamma = self.gamma * self.inverse_variance_
        sums = [
            np.exp(-gamma * cdist(block, self.support_vectors_, "sqeuclidean")) @ self.weights_
            for block in np.split(X, range(_BLOCK, len(X), _BLOCK))
        ]
        return np.concatenate(sums) + self.intercept_

    def predict_proba(self, X: np.ndarray) -> np.ndarray:
        """p(y|x) as ``(n, K)``."""
        return self._probabilities(self.margins(X))

    def on_grid(self, x_axis: np.ndarray, y_axis: np.ndarray) -> np.ndarray:
        """p(y|x) on a tensor grid, ``(H, W, K)``, for data of two columns."""
        return self._probabilities(self.margins_on_grid(x_axis, y_axis))

    def margins_on_grid(self, x_axis: np.ndarray, y_axis: np.ndarray) -> np.ndarray:
        """f(x) of every machine on a tensor grid, ``(H, W, 1)`` for two classes, else ``(H, W, K)``.

        For data of two columns; the street's edges are where |f| = 1.
        """
        check_is_fitted(self)
        if self.kernel == "linear":
            return self.margins(grid.points(x_axis, y_axis)).reshape(len(y_axis), len(x_axis), -1)
        bandwidth = np.sqrt(0.5 / (self.gamma * self.inverse_variance_))
        sums = gaussian_kernel_on_grid(self.support_vectors_, self.weights_, x_axis, y_axis, bandwidth)
        return sums + self.intercept_

    def _probabilities(self, margins: np.ndarray) -> np.ndarray:
        log_odds = self.sigmoid_slope_ * margins + self.sigmoid_offset_
        if len(self.classes_) == 2:
            log_odds = np.concatenate([-log_odds, log_odds], axis=-1)
        return softmax(log_expit(log_odds), axis=-1)


def _held_out_margins(machine: SVC, X: np.ndarray, side: np.ndarray) -> np.ndarray:
    """f(xᵢ) of machines like this one that never saw xᵢ, in stratified folds; ``(n,)``."""
    n_folds = min(_N_FOLDS, np.count_nonzero(side), np.count_nonzero(~side))
    if n_folds < 2:
        return machine.decision_function(X)
    # Every n-th point of a side goes into the same fold: strokes come in order, and are spread so.
    fold = np.where(side, np.cumsum(side), np.cumsum(~side)) % n_folds
    margins = np.empty(len(X))
    for i in range(n_folds):
        out = fold == i
        margins[out] = clone(machine).fit(X[~out], side[~out]).decision_function(X[out])
    return margins


def _platt_sigmoid(margins: np.ndarray, side: np.ndarray) -> tuple[float, float]:
    """A and B of p = σ(Af + B) by maximum likelihood, with Platt's softened targets.

    A ≥ 0: where held-out values know nothing, the answer is the side's share, never the wrong way round.
    """
    n_positive, n_negative = np.count_nonzero(side), np.count_nonzero(~side)
    target = np.where(side, (n_positive + 1) / (n_positive + 2), 1 / (n_negative + 2))

    def loss_and_gradient(parameters: np.ndarray) -> tuple[float, np.ndarray]:
        log_odds = parameters[0] * margins + parameters[1]
        residual = expit(log_odds) - target
        loss = np.mean(np.logaddexp(0, log_odds) - target * log_odds)
        return loss, np.array([np.mean(residual * margins), np.mean(residual)])

    start = (0.0, np.log((n_positive + 1) / (n_negative + 1)))
    bounds = [(0, None), (None, None)]
    return tuple(minimize(loss_and_gradient, start, jac=True, bounds=bounds, method="L-BFGS-B").x)


CARD = Card(
    title="Support vector machine",
    estimator=SupportVectorMachine,
    estimates=r"p(y \mid x)",
    source="C. Cortes & V. Vapnik (1995), Support-vector networks; J. Platt (1999), Probabilistic outputs",
    controls=(
        Control(
            "C",
            "Price of a point inside the margin",
            low=0.01,
            high=10.0,
            step=0.1,
            scale="log",
            help="Small: a wide margin that forgives. Large: every point counts.",
        ),
        Control(
            "gamma",
            "How local the kernel is",
            low=0.1,
            high=30.0,
            step=0.1,
            scale="log",
            help="Low: smooth boundaries. High: the boundary bends around single points.",
        ),
        Control(
            "kernel", "Kernel", options=("rbf", "linear"), help="A bump on every point, or one straight line."
        ),
    ),
    rank=20,
)
