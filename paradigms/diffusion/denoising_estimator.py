"""The estimator behind diffusion, score network and flow matching: a network trained on noisy points."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

import numpy as np
from sklearn.utils.validation import check_is_fitted

from paradigms.densities.gaussians import Gaussians, convolved
from paradigms.diffusion.denoising_network import DenoisingNetwork, learn
from paradigms.estimators.input_checks import class_index_of, labelled_points
from paradigms.estimators.network_class import order_of_appearance
from paradigms.estimators.standardising import centre_and_scale
from paradigms.estimators.trained_in_steps import TrainedInSteps
from paradigms.randomness import generator
from paradigms.training import Progress

_MANY_POINTS = 30  # of a class, from which on half the noise levels will do
_HIDDEN_CLASSES = 0.1  # share of the points whose class the network is not given, so that it learns p(x) too


class DenoisingEstimator(TrainedInSteps):
    """Training and bookkeeping; a model adds ``_examples``, and what it does with ``_network``.

    Inside, points are shifted and divided by one scale, so that their mean variance is 1. The network
    classes are numbered in the order in which they appear in the data, since labels may be anything; K stands
    for any class. ``means_ (K + 1, d)`` and ``covariances_ (K + 1, d, d)`` are those of
    each class's points, the last row those of all. ``n_levels_ (K + 1,)`` is how many noise levels an ODE
    takes: the fewer different points a class has, the more abruptly do the guesses turn.
    """

    _learned = (
        "classes_",
        "class_log_prior_",
        "network_class_",
        "mean_",
        "scale_",
        "means_",
        "covariances_",
        "n_levels_",
        "weights_",
    )
    _loss = "denoising"

    def fit_steps(self, X: np.ndarray, y: np.ndarray | None = None) -> Iterator[Progress]:
        """Learn batch by batch; between two steps the model is that of the averaged weights so far."""
        X, classes, class_index = labelled_points(self, X, y)
        rng, (mean, scale) = generator(self.random_state), centre_and_scale(X)
        points, network_class = (X - mean) / scale, order_of_appearance(class_index)
        parts = [points[class_index == k] for k in np.argsort(network_class)] + [points]
        settled = {
            "classes_": classes,
            "class_log_prior_": np.log(np.bincount(class_index) / len(X)),
            "network_class_": network_class,
            "mean_": mean,
            "scale_": scale,
            "means_": np.array([part.mean(axis=0) for part in parts]),
            "covariances_": np.array([np.cov(part.T, bias=True).reshape(X.shape[1], -1) for part in parts]),
            "n_levels_": [61 if len(np.unique(part, axis=0)) < _MANY_POINTS else 31 for part in parts],
        }
        network = DenoisingNetwork.untrained(X.shape[1], len(classes), rng)
        own = network_class[class_index]
        examples = partial(self._examples, network, points.astype(np.float32), own, rng)
        steps = learn(network, examples, n_steps=self.n_steps, learning_rate=self.learning_rate)
        for step, loss, weights in steps:
            self._learn(**settled, weights_=weights)
            yield Progress(step, self.n_steps, {self._loss: loss})

    def _batch(
        self, network: DenoisingNetwork, points: np.ndarray, y: np.ndarray, rng: np.random.Generator
    ) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
        """Points at random, their network classes, and those that the network is given: in a tenth K."""
        chosen = rng.integers(len(points), size=self.batch_size)
        own = y[chosen]
        given = np.where(rng.random(self.batch_size) > _HIDDEN_CLASSES, own, network.n_classes)
        return points[chosen], own, given

    def _prepare(self) -> None:
        self._network = DenoisingNetwork(len(self.mean_), len(self.classes_), self.weights_)

    def _network_class_of(self, y: np.ndarray | None, n: int) -> np.ndarray:
        """The network class of each label; without labels, n times the one for any class."""
        if y is None:
            return np.full(n, len(self.classes_))
        return self.network_class_[class_index_of(y, self.classes_)]

    def mean_and_covariance(self) -> tuple[np.ndarray, np.ndarray]:
        """The first two moments of the points that were learned from: ``(d,)`` and ``(d, d)``."""
        check_is_fitted(self)
        return self.mean_, self.scale_**2 * self.covariances_[-1]

    def _noised(self, sigma: float) -> Gaussians:
        """What each class looks like under noise that hides its shape, in inner units, by network class."""
        return Gaussians(self.means_, convolved(self.covariances_, sigma))

    def _inner_level(self, noise_level: float) -> float:
        """σ in inner units; a little more than 0, where there would be nothing to guess."""
        if not noise_level >= 0:
            raise ValueError(f"The noise level must be at least 0; it is {noise_level}.")
        return max(noise_level / float(self.scale_), 1e-6)
