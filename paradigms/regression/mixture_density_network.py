"""Mixture density network: a Gaussian mixture over y whose parameters are functions of x."""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import Any

import numpy as np
import torch
from scipy.special import logsumexp
from sklearn.base import BaseEstimator, RegressorMixin
from torch.nn import functional

from paradigms.cards import Card, Control
from paradigms.estimators.fitted_network import FittedNetwork
from paradigms.estimators.input_checks import query_points
from paradigms.estimators.multilayer_perceptron import multilayer_perceptron
from paradigms.estimators.parameters import parameters
from paradigms.estimators.regression_inputs import normal_log_density, query_pairs, regression_inputs
from paradigms.estimators.standardising import mean_and_spread, spread
from paradigms.estimators.training_controls import LEARNING_RATE
from paradigms.randomness import generator, torch_generator
from paradigms.training import Progress

_SMALLEST = 0.01  # deviation of a component, as a share of y's: none may shrink onto a single point


@parameters
class MixtureDensityNetwork(RegressorMixin, FittedNetwork, BaseEstimator):
    """p(y|x) = Σ_k π_k(x) N(y; μ_k(x), σ_k(x)²), all 3K functions one network's outputs.

    It minimises the mean of −log p(yᵢ|xᵢ). Two layers of ``hidden`` tanh units; the columns of X and y are
    standardised first, and the ``n_components`` K means start evenly spread over them. Bishop (1994), Mixture
    density networks, eq. 21–26 and 29.
    """

    _learned = ("mean_", "scale_", "y_mean_", "y_scale_")

    n_components: int = 4
    hidden: int = 32
    learning_rate: float = 0.01
    n_steps: int = 600
    batch_size: int = 512
    random_state: Any = 0

    def fit_steps(self, X: np.ndarray, y: np.ndarray) -> Iterator[Progress]:
        """Train step by step; every answer between two steps is that of the weights so far."""
        X, y = regression_inputs(self, X, y)
        self._learn(**mean_and_spread(X), y_mean_=y.mean(), y_scale_=spread(y))
        log_volume = math.log(self.y_scale_)
        random = torch_generator(generator(self.random_state))
        network = self._network = self._untrained(random)
        with torch.no_grad():
            _, means, _ = network[-1].bias.chunk(3)
            means.copy_(torch.linspace(-1.5, 1.5, self.n_components))

        def losses(inputs: torch.Tensor, targets: torch.Tensor) -> dict[str, torch.Tensor]:
            log_weights, means, deviations = _parts(network(inputs))
            squares = ((targets[:, None] - means) / deviations) ** 2
            logs = log_weights - deviations.log() - 0.5 * squares - 0.5 * math.log(2 * math.pi)
            return {"negative log-likelihood": log_volume - logs.logsumexp(dim=1).mean()}

        yield from self._train(
            losses,
            (self._standardised(X).float(), torch.from_numpy((y - self.y_mean_) / self.y_scale_).float()),
            random,
        )

    def conditional_mixture(self, X: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
        """log π_k(x), μ_k(x) and σ_k(x), each ``(n, K)``."""
        X = query_points(self, X)
        outputs = self._precise()(self._standardised(X))
        log_weights, means, deviations = (part.numpy() for part in _parts(outputs))
        return log_weights, self.y_mean_ + self.y_scale_ * means, self.y_scale_ * deviations

    def predict(self, X: np.ndarray) -> np.ndarray:
        """E[y|x] = Σ_k π_k(x) μ_k(x) as ``(n,)``, which may lie where no y ever is."""
        log_weights, means, _ = self.conditional_mixture(X)
        return (np.exp(log_weights) * means).sum(axis=1)

    def log_conditional_density(self, X: np.ndarray, y: np.ndarray) -> np.ndarray:
        """log p(y|x) as ``(n,)``."""
        X, y = query_pairs(self, X, y)
        log_weights, means, deviations = self.conditional_mixture(X)
        return logsumexp(log_weights + normal_log_density(y[:, None], means, deviations**2), axis=1)

    def _untrained(self, random: torch.Generator) -> torch.nn.Sequential:
        sizes = [self.n_features_in_, self.hidden, self.hidden, 3 * self.n_components]
        return multilayer_perceptron(sizes, random)


def _parts(outputs: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor, torch.Tensor]:
    """log π, μ and σ, each ``(n, K)``, from the network's ``(n, 3K)``."""
    logits, means, widths = outputs.chunk(3, dim=1)
    return logits.log_softmax(dim=1), means, _SMALLEST + functional.softplus(widths)


CARD = Card(
    title="Mixture density network",
    estimator=MixtureDensityNetwork,
    estimates=r"p(y \mid x)",
    source="C. M. Bishop (1994), Mixture density networks, report NCRG/94/004",
    controls=(
        Control("n_components", "Humps", low=1, high=10, step=1, help="The most that p(y|x) may have."),
        Control("hidden", "Units in a layer", low=2, high=128, step=1, help="More draw finer curves."),
        LEARNING_RATE,
    ),
    rank=40,
)
