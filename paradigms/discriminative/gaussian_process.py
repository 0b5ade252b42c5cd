"""Gaussian-process classification by the Laplace approximation."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Self

import numpy as np
from scipy.linalg import cho_solve, cholesky, solve_triangular
from scipy.spatial.distance import cdist
from scipy.special import expit, ndtr
from sklearn.base import BaseEstimator
from sklearn.utils.validation import check_is_fitted

from paradigms.cards import Card, Control
from paradigms.densities.separable_kernel import gaussian_kernel_on_grid
from paradigms.estimators.class_inputs import classification_inputs
from paradigms.estimators.fitted_arrays import FittedArrays
from paradigms.estimators.input_checks import query_points
from paradigms.estimators.parameters import parameters
from paradigms.estimators.probabilistic_classifier import ProbabilisticClassifier
from paradigms.randomness import generator

MOST_POINTS = 300  # the work grows with the cube of the number of points
_AMPLITUDES = (0.3, 1.0, 3.0, 6.0)
_OFFSET_VARIANCE = 4.0  # of the constant in f, which learns how common a class is
_NEGLIGIBLE = 1e-5  # as a share of the variance of f: it moves no probability by a 10,000th
_BLOCK = 4096  # points answered at a time
_N_FEATURES = 512
# σ(f) = Σ wᵢ Φ(λᵢ f) to within 1e-6 (Monahan & Stefanski 1992, Normal scale mixture approximations to F*(z)).
_SHARES = (0.023896, 0.208020, 0.427661, 0.295335, 0.045088)
_PROBIT_SCALES = (0.292289, 0.411616, 0.576193, 0.802810, 1.120644)


@parameters
class GaussianProcess(ProbabilisticClassifier, FittedArrays, BaseEstimator):
    """p(y = 1|x) = E[σ(f(x))] under the Laplace approximation of p(f | X, y), f ~ GP(0, k).

    k(x, x') = a² exp(−|x − x'|²/2ℓ²) + b², ``length_scale`` ℓ in units of √Var X, the a of 0.3, 1, 3 and 6
    that makes the labels most likely (3.1, line 10), and b = 2: a constant that learns how common a class is.
    More than two classes need one process for each against the rest; their probabilities are then scaled to
    sum to one. Of more than 300 points a random 300 serve, drawn class by class in proportion; the others
    are not looked at. After ``fit``: the ``points_ (m, d)`` used, ``amplitude_`` a, and for each process
    ``gradient_ (m,)``, ∇ log p(y|f̂), ``sqrt_w_ (m,)``, √W, and ``reduction_ (m, m)``, √W L⁻ᵀ.

    Rasmussen & Williams (2006), Gaussian processes for machine learning, algorithms 3.1 and 3.2.
    """

    _learned = ("classes_", "points_", "length_", "amplitude_", "gradient_", "reduction_", "sqrt_w_")

    length_scale: float = 0.5
    random_state: Any = 0

    def fit(self, X: np.ndarray, y: np.ndarray) -> Self:
        """``X (n, d)``, ``y (n,)`` of K ≥ 2 labels of any kind. Raises CannotFit for a single class."""
        X, classes, class_index = classification_inputs(self, X, y)
        used = stratified_subset(class_index, MOST_POINTS, generator(self.random_state))
        points, class_index = X[used], class_index[used]
        length = self.length_scale * np.sqrt(X.var(axis=0).mean() or 1.0)
        bumps = np.exp(-0.5 * cdist(points, points, "sqeuclidean") / length**2)
        sides = [class_index == k for k in ([1] if len(classes) == 2 else range(len(classes)))]
        targets = [np.where(side, 1.0, -1.0) for side in sides]
        tried = []
        for amplitude in _AMPLITUDES:
            fits = [laplace_mode(amplitude**2 * bumps + _OFFSET_VARIANCE, y) for y in targets]
            tried.append((sum(evidence for *_, evidence in fits), amplitude, fits))
        _, amplitude, fits = max(tried, key=lambda result: result[0])
        return self._learn(
            classes_=classes,
            points_=points,
            length_=length,
            amplitude_=amplitude,
            gradient_=[gradient for gradient, *_ in fits],
            # k*ᵀ (K + W⁻¹)⁻¹ k* is the squared length of k*ᵀ √W L⁻ᵀ
            reduction_=[solve_triangular(L, np.diag(sqrt_w), lower=True).T for _, sqrt_w, L, _ in fits],
            sqrt_w_=[sqrt_w for _, sqrt_w, *_ in fits],
        )

    def _prepare(self) -> None:
        # What the labels take from the variance of f has few directions: those that matter at the points.
        K, self._weights = self._kernel(self.points_), []
        self._prior_variance = self.amplitude_**2 + _OFFSET_VARIANCE
        for gradient, reduction in zip(self.gradient_, self.reduction_, strict=True):
            at_points = K @ reduction
            sizes, directions = np.linalg.eigh(at_points.T @ at_points)
            kept = directions[:, sizes > _NEGLIGIBLE * self._prior_variance]
            self._weights.append(np.column_stack([gradient, reduction @ kept]))

    def predict_proba(self, X: np.ndarray) -> np.ndarray:
        """p(y|x) as ``(n, K)``."""
        X = query_points(self, X)
        kernels = (self._kernel(block) for block in np.split(X, range(_BLOCK, len(X), _BLOCK)))
        return np.concatenate([self._averaged(k @ w for w in self._weights) for k in kernels])

    def on_grid(self, x_axis: np.ndarray, y_axis: np.ndarray) -> np.ndarray:
        """p(y|x) on a tensor grid, ``(H, W, K)``, for data of two columns."""
        check_is_fitted(self)

        def sums(weights: np.ndarray, y_axis: np.ndarray) -> np.ndarray:
            bumps = gaussian_kernel_on_grid(self.points_, weights, x_axis, y_axis, float(self.length_))
            return self.amplitude_**2 * bumps + _OFFSET_VARIANCE * weights.sum(axis=0)

        strips = np.array_split(y_axis, -(-len(x_axis) * len(y_axis) // _BLOCK))
        return np.concatenate([self._averaged(sums(w, strip) for w in self._weights) for strip in strips])

    def _averaged(self, sums: Iterable[np.ndarray]) -> np.ndarray:
        """Mean m and variance v of f(x), then E[Φ(λf)] = Φ(λm/√(1 + λ²v)) for each Φ of σ (3.2, lines 4–7).

        ``sums`` are k(x, X) times the weights of each process: m, and the roots of what v is lowered by.
        """
        moments = [(each[..., 0], (each[..., 1:] ** 2).sum(axis=-1)) for each in sums]
        mean, explained = (np.stack(parts, axis=-1) for parts in zip(*moments, strict=True))
        variance, positive = np.maximum(self._prior_variance - explained, 0), np.zeros_like(mean)
        for share, scale in zip(_SHARES, _PROBIT_SCALES, strict=True):
            positive += share * ndtr(scale * mean / np.sqrt(1 + scale**2 * variance))
        return self._one_against_the_rest(positive)

    def predict_proba_draws(self, X: np.ndarray, n_draws: int, random_state: Any = None) -> np.ndarray:
        """p(y|x, f) for functions f from the approximate posterior, ``(n_draws, n, K)``.

        A function from the prior (a sum of 512 random Fourier features: Rahimi & Recht 2007) becomes one from
        the posterior by Matheron's rule (Wilson et al. 2020), with the Laplace approximation as a regression
        on f̂ + W⁻¹∇ log p(y|f̂) with noise of variance W⁻¹.
        """
        X, rng = query_points(self, X), generator(random_state)
        frequencies = rng.standard_normal((X.shape[1], _N_FEATURES)) / self.length_
        phases = rng.uniform(0, 2 * np.pi, _N_FEATURES)
        shape = (len(self.gradient_), n_draws)
        weights = rng.standard_normal((*shape, _N_FEATURES)) * self.amplitude_ * np.sqrt(2 / _N_FEATURES)
        offsets = rng.standard_normal(shape) * np.sqrt(_OFFSET_VARIANCE)
        at_points = weights @ np.cos(self.points_ @ frequencies + phases).T + offsets[..., None]
        noise = rng.standard_normal(at_points.shape) / self.sqrt_w_[:, None]
        pull = self.gradient_[:, None] - (at_points + noise) @ self.reduction_ @ self.reduction_.mT
        draws = np.empty((n_draws, len(X), len(self.classes_)))
        for start in range(0, len(X), _BLOCK):
            block = X[start : start + _BLOCK]
            k = self._kernel(block)
            f = weights @ np.cos(block @ frequencies + phases).T + offsets[..., None] + pull @ k.T
            draws[:, start : start + _BLOCK] = self._one_against_the_rest(expit(np.moveaxis(f, 0, -1)))
        return draws

    def _kernel(self, X: np.ndarray) -> np.ndarray:
        bumps = np.exp(-0.5 * cdist(X, self.points_, "sqeuclidean") / self.length_**2)
        return self.amplitude_**2 * bumps + _OFFSET_VARIANCE

    def _one_against_the_rest(self, positive: np.ndarray) -> np.ndarray:
        if len(self.classes_) == 2:
            return np.concatenate([1 - positive, positive], axis=-1)
        return positive / positive.sum(axis=-1, keepdims=True)


def laplace_mode(K: np.ndarray, y: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray, float]:
    """Algorithm 3.1: Newton's steps to f̂ = argmax log p(y|f) − ½ fᵀK⁻¹f, y = ±1, p(y|f) = σ(yf).

    Returns ∇ log p(y|f̂) (n,), √W (n,), the Cholesky factor L (n, n) of I + √W K √W, and log q(y|X).
    """
    f, objective = np.zeros(len(y)), -np.inf
    while True:
        p = expit(f)
        gradient, sqrt_w = (y + 1) / 2 - p, np.sqrt(np.maximum(p * (1 - p), 1e-12))
        L = cholesky(np.eye(len(y)) + sqrt_w[:, None] * K * sqrt_w, lower=True)
        b = sqrt_w**2 * f + gradient
        a = b - sqrt_w * cho_solve((L, True), sqrt_w * (K @ b))
        f, before = K @ a, objective
        objective = -0.5 * a @ f - np.logaddexp(0, -y * f).sum()
        if objective - before < 1e-9:
            return gradient, sqrt_w, L, objective - np.log(np.diagonal(L)).sum()


def stratified_subset(class_index: np.ndarray, most: int, rng: np.random.Generator) -> np.ndarray:
    """At most ``most`` rows, at random within a class, the classes in proportion and none left out."""
    if len(class_index) <= most:
        return np.arange(len(class_index))
    turn = np.empty(len(class_index))
    for k in np.unique(class_index):
        own = np.flatnonzero(class_index == k)
        turn[own] = rng.permutation(len(own)) / len(own)
    return np.sort(np.argsort(turn, kind="stable")[:most])


CARD = Card(
    title="Gaussian process",
    estimator=GaussianProcess,
    estimates=r"p(y \mid x)",
    source="C. E. Rasmussen & C. K. I. Williams (2006), Gaussian processes for machine learning, chapter 3",
    controls=(
        Control(
            "length_scale",
            "Length scale",
            low=0.05,
            high=3.0,
            step=0.05,
            scale="log",
            help="How far a point's label is heard, as a share of the data's spread.",
        ),
    ),
    rank=36,
)
