"""Deep ensemble: the mean prediction of networks trained from different random starts."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np
import torch
from sklearn.base import BaseEstimator
from torch import nn
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

_BLOCK = 2048  # points answered at a time, so that the layers stay in the cache


class BatchedPerceptrons(nn.Module):
    """M perceptrons of one shape, each layer's weights in one tensor ``(M, n_in, n_out)``.

    Points ``(n, d)`` go through all of them by one batched product a layer and come out as ``(M, n, K)``.
    """

    def __init__(self, n_members: int, sizes: list[int], random: torch.Generator) -> None:
        super().__init__()
        members = [multilayer_perceptron(sizes, random)[::2] for _ in range(n_members)]
        layers = list(zip(*members, strict=True))
        self.weights = nn.ParameterList(
            [torch.stack([one.weight.detach().T for one in ones]) for ones in layers]
        )
        self.offsets = nn.ParameterList(
            [torch.stack([one.bias.detach()[None] for one in ones]) for ones in layers]
        )

    def forward(self, X: torch.Tensor) -> torch.Tensor:
        hidden = X.expand(len(self.weights[0]), *X.shape)
        for layer, (weight, offset) in enumerate(zip(self.weights, self.offsets, strict=True)):
            hidden = torch.baddbmm(offset, torch.tanh(hidden) if layer else hidden, weight)
        return hidden


@parameters
class DeepEnsemble(ProbabilisticClassifier, FittedNetwork, BaseEstimator):
    """p(y|x) = (1/M) ∑ₘ softmax of perceptron m, each minimising the mean of −log p(yᵢ|xᵢ) by itself.

    The ``n_members`` M networks of two layers of ``hidden`` tanh units differ in their random start only
    (Lakshminarayanan, Pritzel & Blundell 2017, algorithm 1, without the adversarial points); they see the
    same minibatches and learn at once, in one loop. What is shown is the mean of their losses;
    ``weight_decay`` λ adds λ|θₘ|²/2 to each.
    """

    _learned = ("classes_", "mean_", "scale_")

    n_members: int = 5
    hidden: int = 32
    learning_rate: float = 0.03
    n_steps: int = 250
    weight_decay: float = 0.0005
    batch_size: int = 256
    random_state: Any = 0

    def fit_steps(self, X: np.ndarray, y: np.ndarray) -> Iterator[Progress]:
        """Train all members step by step; between two steps, predictions are those of the weights so far."""
        X, classes, class_index = classification_inputs(self, X, y)
        self._learn(classes_=classes, **mean_and_spread(X))
        random = torch_generator(generator(self.random_state))
        networks = self._network = self._untrained(random)

        def losses_of(inputs: torch.Tensor, targets: torch.Tensor) -> dict[str, torch.Tensor]:
            logits = networks(inputs).flatten(0, 1)
            return {"log loss": functional.cross_entropy(logits, targets.repeat(self.n_members))}

        yield from self._train(
            losses_of,
            (self._standardised(X).float(), torch.from_numpy(class_index)),
            random,
            weight_decay=self.weight_decay / self.n_members,  # the loss is a mean over the members
        )

    def predict_proba(self, X: np.ndarray) -> np.ndarray:
        """p(y|x) as ``(n, K)``: the members' mean."""
        return self._members_probabilities(X).mean(axis=0)

    def predict_proba_draws(self, X: np.ndarray, n_draws: int, random_state: Any = None) -> np.ndarray:
        """p(y|x, θ) of members taken at random, ``(n_draws, n, K)``: each once before any comes twice."""
        rng = generator(random_state)
        rounds = [rng.permutation(self.n_members) for _ in range(-(-n_draws // self.n_members))]
        return self._members_probabilities(X)[np.concatenate([*rounds, []])[:n_draws].astype(int)]

    def _members_probabilities(self, X: np.ndarray) -> np.ndarray:
        X = query_points(self, X)
        networks, blocks = self._precise(), self._standardised(X).split(_BLOCK)
        return torch.cat([functional.softmax(networks(block), dim=2) for block in blocks], dim=1).numpy()

    def _untrained(self, random: torch.Generator) -> BatchedPerceptrons:
        sizes = [self.n_features_in_, self.hidden, self.hidden, len(self.classes_)]
        return BatchedPerceptrons(self.n_members, sizes, random)


CARD = Card(
    title="Deep ensemble",
    estimator=DeepEnsemble,
    estimates=r"p(y \mid x)",
    source="Lakshminarayanan et al. (2017), Simple and scalable predictive uncertainty estimation",
    controls=(
        Control("n_members", "Networks", low=1, high=20, step=1, help="How many are asked."),
        Control("hidden", "Units in a layer", low=2, high=64, step=1, help="More draw a finer boundary."),
        LEARNING_RATE,
    ),
    rank=50,
)
