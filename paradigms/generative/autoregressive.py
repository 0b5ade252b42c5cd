"""Autoregressive model: each coordinate a Gaussian mixture given those before it."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from typing import Any

import numpy as np
import torch
from scipy.special import logsumexp
from sklearn.base import BaseEstimator
from sklearn.utils.validation import check_is_fitted
from torch import nn

from paradigms.cards import Card, Control
from paradigms.estimators.fitted_network import FittedNetwork, blur_for, gradient_of
from paradigms.estimators.input_checks import class_index_of, labelled_points, query_points
from paradigms.estimators.joint_model import JointModelMixin
from paradigms.estimators.multilayer_perceptron import multilayer_perceptron
from paradigms.estimators.network_class import order_of_appearance
from paradigms.estimators.parameters import parameters
from paradigms.estimators.standardising import mean_and_scale
from paradigms.estimators.training_controls import JITTER
from paradigms.randomness import generator, torch_generator
from paradigms.training import Progress

_FREQUENCIES = 2.0 ** torch.arange(-1, 4)  # of the sines of a coordinate that a network looks at
_REACH = 4.0  # how far out a network looks, in standard deviations: beyond, p(x) has to fall
_SMALLEST = 0.01  # standard deviation of a Gaussian, as a share of the data's spread


@parameters
class Autoregressive(JointModelMixin, FittedNetwork, BaseEstimator):
    """p(x, y) = p(y) Π_j p(x_j | x_1 … x_{j−1}, y), each factor a mixture of ``n_components`` Gaussians.

    A network of two layers of ``hidden`` units for each coordinate reads its mixture off the coordinates
    before it and the class: one for all classes, a single training. ``n_steps`` Adam steps on ``batch_size``
    points minimise the mean of −log p(x|y); each point is blurred by ``jitter``/∛n of the data's spread.

    Bishop (1994), Mixture density networks; Uria, Murray and Larochelle (2013), RNADE.
    """

    density_kind = "exact"
    _learned = ("classes_", "class_log_prior_", "network_class_", "mean_", "scale_")

    n_components: int = 16
    jitter: float = 0.4
    hidden: int = 64
    learning_rate: float = 0.02
    n_steps: int = 250
    batch_size: int = 256
    random_state: Any = 0

    def fit_steps(self, X: np.ndarray, y: np.ndarray | None = None) -> Iterator[Progress]:
        """Train step by step; every answer between two steps is that of the weights so far."""
        X, classes, class_index = labelled_points(self, X, y)
        # Numbered as they first appear: a class by another name is dealt the same random numbers.
        network_class = order_of_appearance(class_index)
        self._learn(
            classes_=classes,
            class_log_prior_=np.log(np.bincount(class_index) / len(X)),
            network_class_=network_class,
            **mean_and_scale(X),
        )
        random = torch_generator(generator(self.random_state))
        network = self._network = self._untrained(random)
        log_volume, blur = X.shape[1] * math.log(self.scale_), blur_for(X, self.jitter)

        def losses(points: torch.Tensor, labels: torch.Tensor) -> Mapping[str, torch.Tensor]:
            blurred = points + blur * torch.randn(points.shape, generator=random)
            return {"negative log-likelihood": log_volume - network(blurred, labels).mean()}

        yield from self._train(
            losses,
            (self._standardised(X).float(), torch.from_numpy(network_class[class_index])),
            random,
        )

    def log_joint(self, X: np.ndarray) -> np.ndarray:
        """log p(y) + Σ_j log p(x_j | x_1 … x_{j−1}, y) as ``(n, K)``."""
        X = query_points(self, X)
        return self._log_joint(self._precise(), self._standardised(X)).numpy()

    def log_density_gradient(self, X: np.ndarray) -> np.ndarray:
        """∇ log p(x) as ``(n, d)``."""
        X = query_points(self, X)
        network, points = self._precise(), self._standardised(X)
        return gradient_of(lambda x: self._log_joint(network, x).logsumexp(1), points) / self.scale_

    def sample_given(self, y: np.ndarray, random_state: Any = None) -> np.ndarray:
        """The first coordinate from its mixture, then each given those before it: ``(len(y), d)``."""
        check_is_fitted(self)
        rng = generator(random_state)
        labels = torch.from_numpy(self.network_class_[class_index_of(y, self.classes_)])
        network, x = self._precise(), torch.zeros((len(labels), self.n_features_in_), dtype=torch.float64)
        for j in range(self.n_features_in_):
            log_weights, means, deviations = network.mixture(j, x, labels)
            gumbel = torch.from_numpy(rng.gumbel(size=log_weights.shape))
            chosen = (log_weights + gumbel).argmax(dim=1, keepdim=True)  # a draw by the weights
            noise = torch.from_numpy(rng.standard_normal((len(labels), 1)))
            x[:, j : j + 1] = means.gather(1, chosen) + deviations.gather(1, chosen) * noise
        return self._in_data_units(x)

    def on_grid(self, x_axis: np.ndarray, y_axis: np.ndarray) -> np.ndarray:
        """log p(x, y) on a tensor grid, ``(H, W, K)``, for models of two columns."""
        return self.class_log_prior_ + sum(self._factors(x_axis, y_axis))

    def marginal_density(self, x1_axis: np.ndarray) -> np.ndarray:
        """p(x₁) as ``(n,)``."""
        first, _ = self._factors(x1_axis, np.zeros(1))
        return np.exp(logsumexp(self.class_log_prior_ + first, axis=1))

    def conditional_density(self, x1: np.ndarray, x2_axis: np.ndarray) -> np.ndarray:
        """p(x₂|x₁) = Σ_y p(y|x₁) p(x₂|x₁, y), a slice for each x₁: ``(len(x1), len(x2_axis))``."""
        first, second = self._factors(np.atleast_1d(x1), x2_axis)
        first += self.class_log_prior_
        return np.exp(logsumexp(first + second, axis=2) - logsumexp(first, axis=1)).T

    def _factors(self, x_axis: np.ndarray, y_axis: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """log p(x₁|y) as ``(W, K)`` and log p(x₂|x₁, y) as ``(H, W, K)``, by one look at each x₁."""
        check_is_fitted(self)
        network, first, second = self._precise(), [], []
        columns = torch.from_numpy((x_axis - self.mean_[0]) / self.scale_)[:, None]
        rows = torch.from_numpy((y_axis - self.mean_[1]) / self.scale_)[:, None, None]
        for k in self.network_class_.tolist():
            labels = torch.full((len(columns),), k)
            first.append(_log_mixture(columns, *network.mixture(0, columns, labels)))
            second.append(_log_mixture(rows, *network.mixture(1, columns, labels)))
        return tuple(torch.stack(part, -1).numpy() - np.log(self.scale_) for part in (first, second))

    def _log_joint(self, network: nn.Module, x: torch.Tensor) -> torch.Tensor:
        given = [network(x, torch.full((len(x),), k)) for k in self.network_class_.tolist()]
        offset = self.class_log_prior_ - x.shape[1] * np.log(self.scale_)
        return torch.stack(given, 1) + torch.from_numpy(offset)

    def _untrained(self, random: torch.Generator) -> _Conditionals:
        return _Conditionals(self.n_features_in_, len(self.classes_), self.hidden, self.n_components, random)


class _Conditionals(nn.Module):
    """Σ_j log p(x_j | x_1 … x_{j−1}, y). Untrained, classes are alike and the Gaussians stand in a row."""

    def __init__(
        self, dimension: int, n_classes: int, hidden: int, n_components: int, random: torch.Generator
    ):
        super().__init__()
        self.n_classes = n_classes
        self.networks = nn.ModuleList()
        for j in range(dimension):
            n_inputs = n_classes + j * (1 + 2 * len(_FREQUENCIES))
            network = multilayer_perceptron([n_inputs, hidden, hidden, 3 * n_components], random, nn.SiLU)
            nn.init.zeros_(network[-1].weight)  # and nothing else: two zeros in a row leave no gradient
            _, means, widths = network[-1].bias.detach().chunk(3)
            means.copy_(torch.linspace(-2, 2, n_components))
            widths.fill_(math.log(4 / n_components))
            self.networks.append(network)

    def forward(self, x: torch.Tensor, labels: torch.Tensor) -> torch.Tensor:
        factors = [_log_mixture(x[:, j : j + 1], *self.mixture(j, x, labels)) for j in range(x.shape[1])]
        return torch.stack(factors).sum(dim=0)

    def mixture(self, j: int, x: torch.Tensor, labels: torch.Tensor) -> tuple[torch.Tensor, ...]:
        """Log weights, means and standard deviations of p(x_j | x_1 … x_{j−1}, y), ``(n, n_components)``."""
        one_hot = torch.eye(self.n_classes).to(x)
        if j == 0:  # nothing comes before: one look a class will do
            outputs = self.networks[j](one_hot)[labels]
        else:
            before = x[:, :j].clamp(-_REACH, _REACH)  # far out a slice looks like the last one within reach
            angles = (before[:, :, None] * _FREQUENCIES.to(x)).flatten(1)
            seen = torch.cat([one_hot[labels], before, angles.sin(), angles.cos()], dim=1)
            outputs = self.networks[j](seen)
        logits, means, widths = outputs.chunk(3, dim=1)
        return logits.log_softmax(dim=1), means, _SMALLEST + widths.exp()


def _log_mixture(
    x: torch.Tensor, log_weights: torch.Tensor, means: torch.Tensor, deviations: torch.Tensor
) -> torch.Tensor:
    """log Σ_m w_m N(x; μ_m, σ_m²), the components along the last axis."""
    exponents = -0.5 * ((x - means) / deviations) ** 2 - deviations.log() - 0.5 * math.log(2 * math.pi)
    return torch.logsumexp(log_weights + exponents, dim=-1)


CARD = Card(
    title="Autoregressive mixture",
    estimator=Autoregressive,
    estimates=r"p(x, y)",
    source="Bishop (1994), Mixture density networks; Uria, Murray and Larochelle (2013), RNADE",
    controls=(
        Control("n_components", "Components", low=1, high=32, step=1, help="Gaussians in each slice."),
        JITTER,
    ),
    rank=60,
)
