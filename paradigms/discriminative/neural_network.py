"""Neural network: layers of tanh units bend the plane until a flat boundary fits."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np
import torch
from sklearn.base import BaseEstimator, ClassifierMixin
from torch.nn import functional

from paradigms.cards import Card, Control
from paradigms.estimators.class_inputs import classification_inputs
from paradigms.estimators.fitted_network import FittedNetwork, mean_and_spread
from paradigms.estimators.input_checks import query_points
from paradigms.estimators.multilayer_perceptron import multilayer_perceptron
from paradigms.randomness import generator, torch_generator
from paradigms.training import Progress, cosine, gradient_steps

_BLOCK = 4096  # points answered at a time, so that the layers stay in the cache


class NeuralNetwork(ClassifierMixin, FittedNetwork, BaseEstimator):
    """p(y|x) = softmax of a multilayer perceptron, minimising the mean of −log p(yᵢ|xᵢ).

    ``n_layers`` layers of ``hidden`` tanh units; ``n_steps`` Adam steps, on at most ``batch_size`` points
    each; ``weight_decay`` λ adds λ|θ|²/2. Columns are standardised first. Rumelhart et al. (1986).
    """

    _learned = ("classes_", "mean_", "scale_")

    def __init__(
        self,
        hidden: int = 32,
        n_layers: int = 2,
        learning_rate: float = 0.03,
        n_steps: int = 300,
        weight_decay: float = 0.001,
        batch_size: int = 256,
        random_state: Any = 0,
    ):
        self.hidden = hidden
        self.n_layers = n_layers
        self.learning_rate = learning_rate
        self.n_steps = n_steps
        self.weight_decay = weight_decay
        self.batch_size = batch_size
        self.random_state = random_state

    def fit_steps(self, X: np.ndarray, y: np.ndarray) -> Iterator[Progress]:
        """Train step by step; every prediction between two steps is that of the weights so far."""
        X, classes, slots = classification_inputs(self, X, y)
        self._learn(classes_=classes, **mean_and_spread(X))
        random = torch_generator(generator(self.random_state))
        network = self._network = self._untrained(random)
        yield from gradient_steps(
            network.parameters(),
            lambda inputs, targets: {"log loss": functional.cross_entropy(network(inputs), targets)},
            (self._standardised(X).float(), torch.from_numpy(slots)),
            n_steps=self.n_steps,
            batch_size=self.batch_size,
            learning_rate=self.learning_rate,
            schedule=cosine,
            weight_decay=self.weight_decay,
            generator=random,
        )

    def predict_proba(self, X: np.ndarray) -> np.ndarray:
        """p(y|x) as ``(n, K)``."""
        X = query_points(self, X)
        network, blocks = self._precise(), self._standardised(X).split(_BLOCK)
        return torch.cat([functional.softmax(network(block), dim=1) for block in blocks]).numpy()

    def predict(self, X: np.ndarray) -> np.ndarray:
        """The most probable label of each point."""
        most_probable = self.predict_proba(X).argmax(axis=1)
        return self.classes_[most_probable]

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
        Control(
            "learning_rate",
            "Learning rate",
            low=0.0005,
            high=0.3,
            step=0.0005,
            scale="log",
            help="How far each step goes: too small creeps, too large jumps about.",
        ),
    ),
    rank=40,
)
