"""Neural network classifier: a multilayer perceptron trained by cross-entropy."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np
import torch
from sklearn.base import BaseEstimator
from torch.nn import functional

from paradigms.cards import Card, Control
from paradigms.estimators.class_inputs import classification_inputs
from paradigms.estimators.fitted_network import FittedNetwork
from paradigms.estimators.input_checks import query_points
from paradigms.estimators.multilayer_perceptron import multilayer_perceptron
from paradigms.estimators.parameters import parameters
from paradigms.estimators.probabilistic_classifier import ProbabilisticClassifier
from paradigms.estimators.standardising import mean_and_spread
from paradigms.estimators.training_controls import LEARNING_RATE
from paradigms.randomness import generator, torch_generator
from paradigms.training import Progress

_BLOCK = 4096  # points answered at a time, so that the layers stay in the cache


@parameters
class NeuralNetwork(ProbabilisticClassifier, FittedNetwork, BaseEstimator):
    """p(y|x) = softmax of a multilayer perceptron, minimising the mean of −log p(yᵢ|xᵢ).

    Columns are standardised first.

    Parameters
    ----------
    hidden, n_layers
        Each of the layers has so many tanh units.
    n_steps, batch_size, learning_rate
        Adam steps, on at most so many points each, with a rate that falls to 0 along a cosine.
    weight_decay
        λ adds λ|θ|²/2 to what is minimised.

    References
    ----------
    Rumelhart, Hinton and Williams (1986), Learning representations by back-propagating errors.
    """

    _learned = ("classes_", "mean_", "scale_")

    hidden: int = 32
    n_layers: int = 2
    learning_rate: float = 0.03
    n_steps: int = 300
    weight_decay: float = 0.001
    batch_size: int = 256
    random_state: Any = 0

    def fit_steps(self, X: np.ndarray, y: np.ndarray) -> Iterator[Progress]:
        """Train step by step; every prediction between two steps is that of the weights so far."""
        X, classes, class_index = classification_inputs(self, X, y)
        self._learn(classes_=classes, **mean_and_spread(X))
        random = torch_generator(generator(self.random_state))
        network = self._network = self._untrained(random)
        yield from self._train(
            lambda inputs, targets: {"log loss": functional.cross_entropy(network(inputs), targets)},
            (self._standardised(X).float(), torch.from_numpy(class_index)),
            random,
            weight_decay=self.weight_decay,
        )

    def predict_proba(self, X: np.ndarray) -> np.ndarray:
        """p(y|x) as ``(n, K)``."""
        X = query_points(self, X)
        network, blocks = self._precise(), self._standardised(X).split(_BLOCK)
        return torch.cat([functional.softmax(network(block), dim=1) for block in blocks]).numpy()

    def _untrained(self, random: torch.Generator) -> torch.nn.Sequential:
        sizes = [self.n_features_in_, *[self.hidden] * self.n_layers, len(self.classes_)]
        return multilayer_perceptron(sizes, random)


CARD = Card(
    title="Neural network",
    estimator=NeuralNetwork,
    estimates=r"p(y \mid x)",
    source="Rumelhart, Hinton & Williams (1986), Learning representations by back-propagating errors",
    controls=(
        Control("hidden", "Units in a layer", low=2, high=128, step=1, help="More draw a finer boundary."),
        Control("n_layers", "Layers", low=1, high=4, step=1, help="How many times the plane is bent."),
        LEARNING_RATE,
    ),
    rank=40,
)
