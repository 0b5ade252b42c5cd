"""The exact p(x, y) behind a preset on the plane, noise, balance and wrong labels included."""

from __future__ import annotations

from functools import cached_property
from typing import Any, Protocol

import numpy as np
from scipy.special import logsumexp, softmax

from paradigms.grid import HALF_WIDTH, points
from paradigms.protocols import can
from paradigms.randomness import generator

# Seeds of separate streams: where the points of a class lie, and which of their labels are wrong.
_POINTS, _LABELS = 1, 2


class Conditional(Protocol):
    """One class, p(x|y): see ``paradigms.data.shapes``."""

    def log_density(self, X: np.ndarray) -> np.ndarray: ...

    def sample(self, n: int, rng: np.random.Generator) -> np.ndarray: ...

    def mass_within(self, half_width: float) -> float: ...


class ConditionalOnGrid(Protocol):
    """A conditional with a faster way on a tensor grid."""

    def log_density_on_grid(self, x_axis: np.ndarray, y_axis: np.ndarray) -> np.ndarray:
        """log p(x|y) as ``(H, W)``."""
        ...


class Truth:
    """p(x, y = j) = Σₖ π_k p(x|k) T_kj: class k is drawn with ``prior`` π_k, and its label replaced with
    probability ``label_noise`` η by one of the others, all alike: T_kk = 1 − η, T_kj = η/(K − 1).

    p(x|k) is the conditional truncated to the plane, [-4, 4]²: drawn again until it falls there, so that its
    density is divided by its mass there. Beyond the plane the formula goes on, and stays finite.

    Answers what a fitted JointModel answers; ``class_log_prior_`` is that of the labels as they are seen.
    """

    density_kind = "exact"

    def __init__(
        self, conditionals: tuple[Conditional, ...], prior: np.ndarray, label_noise: float = 0.0
    ) -> None:
        n_classes = len(conditionals)
        self.conditionals = tuple(conditionals)
        self.prior = np.asarray(prior, dtype=float)
        if self.prior.shape != (n_classes,) or (self.prior <= 0).any() or not np.isclose(self.prior.sum(), 1):
            raise ValueError("The prior needs one positive share for each class, with the sum 1.")
        self.label_noise = float(label_noise) if n_classes > 1 else 0.0
        self._transition = np.full((n_classes, n_classes), self.label_noise / max(n_classes - 1, 1))
        np.fill_diagonal(self._transition, 1 - self.label_noise)
        self.classes_ = np.arange(n_classes)
        self.class_log_prior_ = np.log(self.prior @ self._transition)

    def log_joint(self, X: np.ndarray) -> np.ndarray:
        """log p(x, y) as ``(n, K)`` for ``X (n, 2)``."""
        X = np.asarray(X, dtype=float)
        return self._joined(np.stack([shape.log_density(X) for shape in self.conditionals], axis=-1))

    def log_conditional(self, X: np.ndarray) -> np.ndarray:
        """log p(x|y) as ``(n, K)``, of the labels as they are seen."""
        return self.log_joint(X) - self.class_log_prior_

    def score_samples(self, X: np.ndarray) -> np.ndarray:
        """log p(x) as ``(n,)`` for ``X (n, 2)``."""
        return logsumexp(self.log_joint(X), axis=1)

    def predict_proba(self, X: np.ndarray) -> np.ndarray:
        """p(y|x) as ``(n, K)``."""
        return softmax(self.log_joint(X), axis=1)

    def on_grid(self, x_axis: np.ndarray, y_axis: np.ndarray) -> np.ndarray:
        """log_joint ``(H, W, K)`` on a tensor grid."""
        shape = (len(y_axis), len(x_axis))
        log_densities = [
            conditional.log_density_on_grid(x_axis, y_axis)
            if can(conditional, ConditionalOnGrid)
            else conditional.log_density(points(x_axis, y_axis)).reshape(shape)
            for conditional in self.conditionals
        ]
        return self._joined(np.stack(log_densities, axis=-1))

    def sample_joint(self, n_samples: int, random_state: Any = None) -> tuple[np.ndarray, np.ndarray]:
        """Independent draws (x, y) ~ p(x, y)."""
        rng = generator(random_state)
        origin = rng.choice(self.classes_, size=n_samples, p=self.prior)
        X = np.empty((n_samples, 2))
        for class_index, conditional in enumerate(self.conditionals):
            X[origin == class_index] = _on_the_plane(conditional, int((origin == class_index).sum()), rng)
        return X, self._labels(origin, rng)

    def draw(self, n: int, seed: int) -> tuple[np.ndarray, np.ndarray]:
        """A data set of ``n`` points: classes in fixed proportions (see :func:`class_sizes`), evenly mixed.

        Each class has streams of its own, so that another size, noise, balance or label noise keeps the
        points that it can and moves the others no further than it must.
        """
        sizes = class_sizes(self.prior, n)
        X = [
            _on_the_plane(conditional, size, np.random.default_rng([seed, class_index, _POINTS]))
            for class_index, (conditional, size) in enumerate(zip(self.conditionals, sizes, strict=True))
        ]
        y = [
            self._labels(np.full(size, class_index), np.random.default_rng([seed, class_index, _LABELS]))
            for class_index, size in enumerate(sizes)
        ]
        order = np.argsort(np.concatenate([(np.arange(size) + 0.5) / size for size in sizes]), kind="stable")
        return np.concatenate(X)[order], np.concatenate(y)[order]

    def bayes_error(self, n_samples: int = 10_000, seed: int = 0) -> float:
        """1 − E[maxⱼ p(j|x)], the error that no classifier can beat, as a mean over a drawn sample.

        Its standard error is at most 0.25/√n_samples: the values lie between 0 and a half for two classes.
        """
        X, _ = self.draw(n_samples, seed)
        return float(1 - self.predict_proba(X).max(axis=1).mean())

    @cached_property
    def _log_masses(self) -> np.ndarray:
        """Of what of each conditional lies on the plane, ``(K,)``."""
        return np.log([conditional.mass_within(HALF_WIDTH) for conditional in self.conditionals])

    def _joined(self, log_densities: np.ndarray) -> np.ndarray:
        log_joint = log_densities - self._log_masses + np.log(self.prior)
        if self.label_noise == 0:
            return log_joint
        return logsumexp(log_joint[..., :, None] + np.log(self._transition), axis=-2)

    def _labels(self, origin: np.ndarray, rng: np.random.Generator) -> np.ndarray:
        """The labels that are seen: a small share replaced by another class."""
        n_classes = len(self.prior)
        chance = rng.random((len(origin), 2))
        other = (origin + 1 + (chance[:, 1] * (n_classes - 1)).astype(int)) % n_classes
        return np.where(chance[:, 0] < self.label_noise, other, origin)


def _on_the_plane(conditional: Conditional, n: int, rng: np.random.Generator) -> np.ndarray:
    """``n`` draws; those that fall outside are drawn again, and the others stay."""
    X = conditional.sample(n, rng)
    while (outside := (np.abs(X) > HALF_WIDTH).any(axis=1)).any():
        # From a stream of its own and for every row, so that a point's place hangs on no other's.
        (rng,) = rng.spawn(1)
        X = np.where(outside[:, None], conditional.sample(n, rng), X)
    return X


def class_sizes(prior: np.ndarray, n: int) -> np.ndarray:
    """``n`` points in the proportions of the prior, by largest remainders; each class has at least one."""
    if n < len(prior):
        raise ValueError("A data set needs at least one point of each class.")
    exact = np.asarray(prior) * n
    sizes = np.floor(exact).astype(int)
    sizes[np.argsort(sizes - exact, kind="stable")[: n - sizes.sum()]] += 1
    while (sizes == 0).any():
        sizes[sizes.argmax()] -= 1
        sizes[sizes.argmin()] += 1
    return sizes
