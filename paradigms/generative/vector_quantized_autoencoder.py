"""Vector-quantised autoencoder: discrete codes from learned codebooks, and a mixture density."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from itertools import count
from typing import Any

import numpy as np
import torch
from sklearn.base import BaseEstimator
from sklearn.utils.validation import check_is_fitted

from paradigms.cards import Card, Control
from paradigms.densities.gaussians import Gaussians
from paradigms.estimators.fitted_network import FittedNetwork, blur_for
from paradigms.estimators.input_checks import query_points, training_points
from paradigms.estimators.parameters import parameters
from paradigms.estimators.standardising import mean_and_scale
from paradigms.networks.quantised_autoencoder import QuantisedAutoencoder
from paradigms.randomness import generator, torch_generator
from paradigms.training import Progress

_RARE = 1e-4  # combinations of codes that come up less often are left out of p(x)
_REVIVED_UNTIL = 0.8  # of the steps
_ROWS = 2**12  # points answered at a time


@parameters
class VectorQuantizedAutoencoder(FittedNetwork, BaseEstimator):
    """p(x) = Σ_k π_k N(x; decoder(e_k), σ²I) over the combinations k of ``n_slots`` codes; blind to classes.

    The encoder's output has ``n_slots`` parts, and each is replaced by the nearest of ``n_codes`` vectors e;
    the gradient passes straight through (van den Oord et al. 2017, section 3.2). Minimised are −log p(x|e)
    and ``beta`` |encoder(x) − e|², the commitment (eq. 3). The vectors are running means of what they were
    nearest to (appendix A.1); during the first four fifths of the ``n_steps`` one that is hardly used is
    moved to a point of the batch. π is the running share of each combination, σ is learned: p(x) is a finite
    mixture, and exact. At every look each point is blurred by ``jitter``/∛n of the data's spread.

    Van den Oord, Vinyals and Kavukcuoglu (2017), Neural discrete representation learning.
    """

    density_kind = "exact"
    _learned = ("mean_", "scale_")

    n_codes: int = 24
    n_slots: int = 2
    beta: float = 0.25
    jitter: float = 0.4
    hidden: int = 64
    learning_rate: float = 0.01
    n_steps: int = 500
    batch_size: int = 256
    random_state: Any = 0

    def fit_steps(self, X: np.ndarray, y: np.ndarray | None = None) -> Iterator[Progress]:
        """Train step by step; every answer between two steps is that of the weights so far. y is ignored."""
        X = training_points(self, X)
        self._learn(**mean_and_scale(X))
        random = torch_generator(generator(self.random_state))
        network = self._network = self._untrained(random)
        log_volume = X.shape[1] * math.log(self.scale_)
        blur = blur_for(X, self.jitter)
        steps_taken = count()

        def losses(x: torch.Tensor) -> Mapping[str, torch.Tensor]:
            x = x + blur * torch.randn(x.shape, generator=random)
            encoded = network.encode(x)
            codes = network.nearest(encoded.detach())
            vectors = network.vectors(codes)
            commitment = self.beta * (encoded - vectors).square().sum(dim=(1, 2)).mean()
            straight_through = encoded + (vectors - encoded).detach()
            log_likelihood = network.log_likelihood(x, straight_through)
            if bool(log_likelihood.isfinite().all()):  # a training that diverges leaves the codes as they are
                network.move_codes(encoded.detach(), codes)
                if next(steps_taken) < _REVIVED_UNTIL * self.n_steps:
                    network.revive_codes(encoded.detach(), random)
            return {"reconstruction": log_volume - log_likelihood.mean(), "β · commitment": commitment}

        yield from self._train(losses, (self._standardised(X).float(),), random)

    def _prepare(self) -> None:
        self._made = None

    @property
    def _mixture(self) -> tuple[Gaussians, np.ndarray]:
        """The Gaussians, in the data's units, and their log weights; a step of training forgets them."""
        if self._made is None:
            network, d = self._precise(), self.n_features_in_
            usage = network.usage / network.usage.sum()
            used = torch.nonzero(usage > _RARE)
            means = self._in_data_units(network.decode(network.vectors(used)))
            variance = (float(self.scale_) * network.noise().item()) ** 2
            covariances = np.broadcast_to(variance * np.eye(d), (len(means), d, d))
            weights = usage[tuple(used.T)].numpy()
            self._made = Gaussians(means, covariances), np.log(weights / weights.sum())
        return self._made

    def score_samples(self, X: np.ndarray) -> np.ndarray:
        """log p(x) as ``(n,)``."""
        return self.log_density_and_gradient(X)[0]

    def log_density_gradient(self, X: np.ndarray) -> np.ndarray:
        """∇ log p(x) as ``(n, d)``."""
        return self.log_density_and_gradient(X)[1]

    def log_density_and_gradient(self, X: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """Both at the price of one: ``(n,)`` and ``(n, d)``."""
        X = query_points(self, X)
        gaussians, log_weights = self._mixture
        blocks = np.split(X, range(_ROWS, len(X), _ROWS))
        parts = [gaussians.mixture_log_density_and_gradient(block, log_weights) for block in blocks]
        values, gradients = zip(*parts, strict=True)
        return np.concatenate(values), np.concatenate(gradients)

    def sample(self, n_samples: int, random_state: Any = None) -> np.ndarray:
        """Codes by their share, then x ~ N(decoder(e), σ²I), as ``(n, d)``."""
        check_is_fitted(self)
        rng = generator(random_state)
        gaussians, log_weights = self._mixture
        return gaussians.sample(rng.choice(len(log_weights), size=n_samples, p=np.exp(log_weights)), rng)

    def codes(self, X: np.ndarray) -> np.ndarray:
        """The codes that the encoder chooses for each point: ``(n, n_slots)``, numbers below ``n_codes``."""
        X = query_points(self, X)
        network = self._precise()
        return network.nearest(network.encode(self._standardised(X))).numpy()

    def decode(self, codes: np.ndarray) -> np.ndarray:
        """The mean of p(x | codes) as ``(n, d)``, for codes ``(n, n_slots)``."""
        check_is_fitted(self)
        network = self._precise()
        return self._in_data_units(network.decode(network.vectors(torch.as_tensor(np.array(codes)))))

    def _untrained(self, random: torch.Generator) -> QuantisedAutoencoder:
        shape = (self.n_features_in_, self.n_slots, self.n_codes, self.hidden)
        return QuantisedAutoencoder(*shape, random)


CARD = Card(
    title="Vector-quantised autoencoder",
    estimator=VectorQuantizedAutoencoder,
    estimates=r"p(x)",
    source="van den Oord, Vinyals and Kavukcuoglu (2017), Neural discrete representation learning",
    controls=(
        Control("n_codes", "Codes", low=2, high=32, step=1, help="How many each slot has to choose from."),
        Control("n_slots", "Slots", low=1, high=2, step=1, help="How many codes describe a point."),
    ),
    rank=75,
)
