"""Neural regression by least squares, with homoscedastic Gaussian noise."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np
import torch
from sklearn.base import BaseEstimator, RegressorMixin

from paradigms.cards import Card, Control
from paradigms.estimators.fitted_network import FittedNetwork
from paradigms.estimators.input_checks import query_points
from paradigms.estimators.multilayer_perceptron import multilayer_perceptron
from paradigms.estimators.parameters import parameters
from paradigms.estimators.regression_inputs import (
    noise_floor,
    normal_log_density,
    query_pairs,
    regression_inputs,
)
from paradigms.estimators.standardising import mean_and_spread, spread
from paradigms.estimators.training_controls import LEARNING_RATE
from paradigms.randomness import generator, torch_generator
from paradigms.training import Progress


@parameters
class NeuralRegression(RegressorMixin, FittedNetwork, BaseEstimator):
    """p(y|x) = N(y; network(x), σ²): the network by least squares, σ² the mean squared residual.

    Two layers of ``hidden`` tanh units; the columns of X and y are standardised first. Bishop (1995), Neural
    networks for pattern recognition, section 6.1: of all functions, E[y|x] has the least mean squared error.
    """

    _learned = ("mean_", "scale_", "y_mean_", "y_scale_", "noise_variance_")

    hidden: int = 32
    learning_rate: float = 0.03
    n_steps: int = 800
    batch_size: int = 512
    random_state: Any = 0

    def fit_steps(self, X: np.ndarray, y: np.ndarray) -> Iterator[Progress]:
        """Train step by step; every prediction between two steps is that of the weights so far."""
        X, y = regression_inputs(self, X, y)
        standard = {**mean_and_spread(X), "y_mean_": y.mean(), "y_scale_": spread(y)}
        self._learn(noise_variance_=1.0, **standard)
        random = torch_generator(generator(self.random_state))
        network = self._network = self._untrained(random)
        inputs = self._standardised(X).float()
        targets = torch.from_numpy((y - self.y_mean_) / self.y_scale_).float()
        steps = self._train(
            lambda X, y: {"squared error": ((network(X)[:, 0] - y) ** 2).mean()},
            (inputs, targets),
            random,
        )
        for progress in steps:
            with torch.no_grad():
                squares = (network(inputs)[:, 0] - targets).double() ** 2
            variance = float(self.y_scale_) ** 2 * squares.mean().item()
            self._learn(noise_variance_=max(variance, noise_floor(y)), **standard)
            yield progress

    def predict(self, X: np.ndarray) -> np.ndarray:
        """E[y|x] as ``(n,)``."""
        return self._mean(query_points(self, X))

    def log_conditional_density(self, X: np.ndarray, y: np.ndarray) -> np.ndarray:
        """log p(y|x) as ``(n,)``."""
        X, y = query_pairs(self, X, y)
        return normal_log_density(y, self._mean(X), self.noise_variance_)

    def _mean(self, X: np.ndarray) -> np.ndarray:
        return self.y_mean_ + self.y_scale_ * self._precise()(self._standardised(X))[:, 0].numpy()

    def _untrained(self, random: torch.Generator) -> torch.nn.Sequential:
        return multilayer_perceptron([self.n_features_in_, self.hidden, self.hidden, 1], random)


CARD = Card(
    title="Neural regression",
    estimator=NeuralRegression,
    estimates=r"p(y \mid x)",
    source="C. M. Bishop (1995), Neural networks for pattern recognition, section 6.1",
    controls=(
        Control("hidden", "Units in a layer", low=2, high=128, step=1, help="More draw a finer curve."),
        LEARNING_RATE,
    ),
    rank=30,
)
