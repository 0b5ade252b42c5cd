"""Variational autoencoder: a latent code for each point, a decoder, a bound on log p(x)."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from itertools import count
from typing import Any

import numpy as np
import torch
from sklearn.base import BaseEstimator
from sklearn.utils.validation import check_is_fitted
from torch import nn

from paradigms.cards import Card, Control
from paradigms.densities.decoded_cells import DecodedCells
from paradigms.estimators.fitted_network import FittedNetwork
from paradigms.estimators.input_checks import query_points, training_points
from paradigms.estimators.multilayer_perceptron import multilayer_perceptron
from paradigms.estimators.parameters import parameters
from paradigms.estimators.standardising import mean_and_scale
from paradigms.randomness import generator, torch_generator
from paradigms.training import Progress

_WARM_UP = 0.3  # share of the steps in which the price of the code rises to β
_SMALLEST = 0.01  # standard deviation of the decoder, as a share of the data's spread


@parameters
class VariationalAutoencoder(FittedNetwork, BaseEstimator):
    """p(x) = ∫ N(z; 0, I) N(x; decoder(z), σ²I) dz, z having ``latent_dimension`` columns; blind to classes.

    The encoder proposes q(z|x) = N(mean(x), std(x)²), and ``n_steps`` Adam steps on ``batch_size`` points
    maximise E_q log p(x|z) − β KL(q(z|x) ‖ p(z)): the evidence lower bound for ``beta`` 1 (Kingma and
    Welling 2014, eq. 3; Higgins et al. 2017, eq. 4). β rises from 0 over the first three tenths of them, so
    that codes are put to use before they cost (Sønderby et al. 2016). Both networks have ``n_layers`` layers
    of ``hidden`` units (0 layers: straight lines, that is, probabilistic PCA). σ is learned.

    ``score_samples`` is that bound with another q(z|x) than the encoder's: the codes are cut into cells, and
    it is the best of all that follow the prior within each (:class:`DecodedCells`). The bound holds at every
    place, and integrates to 1 at most.
    """

    density_kind = "lower_bound"
    _learned = ("mean_", "scale_")

    latent_dimension: int = 2
    beta: float = 1.0
    n_layers: int = 2
    hidden: int = 48
    learning_rate: float = 0.025
    n_steps: int = 1500
    batch_size: int = 256
    random_state: Any = 0

    def fit_steps(self, X: np.ndarray, y: np.ndarray | None = None) -> Iterator[Progress]:
        """Train step by step; every answer between two steps is that of the weights so far. y is ignored."""
        X = training_points(self, X)
        rng = generator(self.random_state)
        self._learn(**mean_and_scale(X))
        random = torch_generator(rng)
        network = self._network = self._untrained(random)
        log_volume = self._log_volume
        steps_taken = count()

        def losses(x: torch.Tensor) -> Mapping[str, torch.Tensor]:
            mean, std = network.encode(x)
            z = mean + std * torch.randn(mean.shape, generator=random)
            divergence = 0.5 * (mean**2 + std**2 - 1 - 2 * std.log()).sum(dim=1)  # appendix B
            reconstruction = log_volume - network.log_likelihood(x, z)
            beta = self.beta * min(1.0, next(steps_taken) / (_WARM_UP * self.n_steps))
            return {"reconstruction": reconstruction.mean(), "β · KL": beta * divergence.mean()}

        yield from self._train(losses, (self._standardised(X).float(),), random)

    def _prepare(self) -> None:
        self._cut = None

    @property
    def _cells(self) -> DecodedCells:
        """In standardised units; computed when first asked for, and forgotten after a step of training."""
        if self._cut is None:
            network = self._precise()
            with torch.inference_mode():
                self._cut = DecodedCells(
                    lambda Z: network.decoder(torch.from_numpy(Z)).numpy(),
                    self.latent_dimension,
                    network.noise().item(),
                )
        return self._cut

    def score_samples(self, X: np.ndarray) -> np.ndarray:
        """A lower bound on log p(x), as ``(n,)``."""
        points = (query_points(self, X) - self.mean_) / self.scale_
        return self._cells.log_bound(points) - self._log_volume

    def log_density_gradient(self, X: np.ndarray) -> np.ndarray:
        """The gradient of that bound, as ``(n, d)``."""
        return self._cells.gradient((query_points(self, X) - self.mean_) / self.scale_) / self.scale_

    def on_grid(self, x_axis: np.ndarray, y_axis: np.ndarray) -> np.ndarray:
        """The bound on a tensor grid, ``(H, W)``, for models of two columns."""
        check_is_fitted(self)
        axes = [(axis - mean) / self.scale_ for axis, mean in zip((x_axis, y_axis), self.mean_, strict=True)]
        return self._cells.log_bound_on_grid(*axes) - self._log_volume

    def sample(self, n_samples: int, random_state: Any = None) -> np.ndarray:
        """z ~ N(0, I), then x ~ N(decoder(z), σ²I), as ``(n, d)``."""
        check_is_fitted(self)
        rng = generator(random_state)
        X = self.decode(rng.standard_normal((n_samples, self.latent_dimension)))
        return X + self.noise_ * rng.standard_normal(X.shape)

    def encode(self, X: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """Mean and standard deviation of q(z|x), each ``(n, latent_dimension)``."""
        X = query_points(self, X)
        mean, std = self._precise().encode(self._standardised(X))
        return mean.numpy(), std.numpy()

    def decode(self, Z: np.ndarray) -> np.ndarray:
        """The mean of p(x|z) as ``(n, d)``."""
        check_is_fitted(self)
        return self._in_data_units(self._precise().decoder(torch.as_tensor(np.array(Z, dtype=np.float64))))

    def warp(self, Z: np.ndarray, y: np.ndarray | None = None) -> np.ndarray:
        """Codes ``Z (n, latent_dimension)`` as mean + scale · z, and where they decode: ``(2, n, d)``."""
        return np.stack([self._codes_in_data_units(Z), self.decode(Z)])

    @property
    def noise_(self) -> float:
        """σ, the standard deviation of p(x|z), in the data's units."""
        return float(self.scale_) * self._network.noise().item()

    @property
    def _log_volume(self) -> float:
        return self.n_features_in_ * math.log(self.scale_)

    def _untrained(self, random: torch.Generator) -> _EncoderAndDecoder:
        inner = [self.hidden] * self.n_layers
        return _EncoderAndDecoder(self.n_features_in_, inner, self.latent_dimension, random)


class _EncoderAndDecoder(nn.Module):
    def __init__(self, dimension: int, inner: list[int], latent: int, random: torch.Generator) -> None:
        super().__init__()
        self.encoder = multilayer_perceptron([dimension, *inner, 2 * latent], random, nn.SiLU)
        self.decoder = multilayer_perceptron([latent, *inner, dimension], random, nn.SiLU)
        self.log_noise = nn.Parameter(torch.tensor(-1.0))

    def encode(self, x: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor]:
        mean, log_std = self.encoder(x).chunk(2, dim=-1)
        return mean, log_std.clamp(-10, 5).exp()

    def noise(self) -> torch.Tensor:
        return _SMALLEST + self.log_noise.exp()

    def log_likelihood(self, x: torch.Tensor, z: torch.Tensor) -> torch.Tensor:
        """log p(x|z) = log N(x; decoder(z), σ²I), with sums over the last axis."""
        noise = self.noise()
        exponent = -0.5 * ((x - self.decoder(z)) / noise) ** 2
        return (exponent - noise.log() - 0.5 * math.log(2 * math.pi)).sum(dim=-1)


CARD = Card(
    title="Variational autoencoder (VAE)",
    estimator=VariationalAutoencoder,
    estimates=r"p(x)",
    source="Kingma and Welling (2014), Auto-encoding variational Bayes",
    controls=(
        Control("latent_dimension", "Latent dimensions", options=(1, 2), help="A string or a sheet."),
        Control("beta", "β", low=0.05, high=10.0, scale="log", help="The price of telling points apart."),
    ),
    rank=70,
)
