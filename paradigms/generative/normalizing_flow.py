"""Normalizing flow: a Gaussian pushed through invertible coupling layers."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from typing import Any

import numpy as np
import torch
from sklearn.base import BaseEstimator
from sklearn.utils.validation import check_is_fitted

from paradigms.cards import Card, Control
from paradigms.estimators.fitted_network import FittedNetwork, blur_for, gradient_of
from paradigms.estimators.input_checks import query_points, training_points
from paradigms.estimators.parameters import parameters
from paradigms.estimators.standardising import mean_and_scale
from paradigms.estimators.training_controls import JITTER
from paradigms.networks.coupling_layers import CouplingLayers
from paradigms.randomness import generator, torch_generator
from paradigms.training import Progress

_ROWS = 2**13  # points answered at a time


@parameters
class NormalizingFlow(FittedNetwork, BaseEstimator):
    """p(x) = N(z; 0, I) |det ∂z/∂x|, z = f(x), f a chain of ``n_layers`` couplings; blind to classes.

    Layer l transforms every second column by a monotone curve whose parameters a network reads off the other
    columns. Adam minimises the mean of −log p(x).

    Parameters
    ----------
    coupling
        "spline", a rational-quadratic one of ``n_bins`` pieces, or "affine", x ↦ eˢx + t, which leaves
        bridges between far clusters.
    n_layers, hidden
        Couplings, each with a network of two layers of so many units.
    jitter
        Each point that a step sees is blurred by jitter/∛n of the data's spread, so that none gets a spike.

    References
    ----------
    Durkan et al. (2019), Neural spline flows; Dinh et al. (2017), Density estimation using Real NVP, eq. 4;
    Rothfuss et al. (2019), Noise regularization for conditional density estimation.
    """

    density_kind = "exact"
    _learned = ("mean_", "scale_")

    coupling: str = "spline"
    n_layers: int = 2
    n_bins: int = 16
    jitter: float = 0.4
    hidden: int = 64
    learning_rate: float = 0.02
    n_steps: int = 350
    batch_size: int = 512
    random_state: Any = 0

    def fit_steps(self, X: np.ndarray, y: np.ndarray | None = None) -> Iterator[Progress]:
        """Train step by step; every answer between two steps is that of the weights so far. y is ignored."""
        if self.coupling not in ("spline", "affine"):
            raise ValueError(f'coupling must be "spline" or "affine"; it is {self.coupling!r}.')
        X = training_points(self, X)
        self._learn(**mean_and_scale(X))
        random = torch_generator(generator(self.random_state))
        network = self._network = self._untrained(random)
        log_volume = X.shape[1] * math.log(self.scale_)
        blur = blur_for(X, self.jitter)

        def losses(points: torch.Tensor) -> Mapping[str, torch.Tensor]:
            noise = torch.randn(points.shape, generator=random)
            return {"negative log-likelihood": log_volume - network(points + blur * noise).mean()}

        yield from self._train(
            losses,
            (self._standardised(X).float(),),
            random,
        )

    def score_samples(self, X: np.ndarray) -> np.ndarray:
        """log p(x) = log N(f(x); 0, I) + log |det ∂f/∂x| as ``(n,)``."""
        X = query_points(self, X)
        network = self._precise()
        parts = [network(rows) for rows in self._standardised(X).split(_ROWS)]
        return torch.cat(parts).numpy() - X.shape[1] * np.log(self.scale_)

    def log_density_gradient(self, X: np.ndarray) -> np.ndarray:
        """∇ log p(x) as ``(n, d)``."""
        X = query_points(self, X)
        return gradient_of(self._precise(), self._standardised(X)) / self.scale_

    def sample(self, n_samples: int, random_state: Any = None) -> np.ndarray:
        """x = f⁻¹(z) with z ~ N(0, I), as ``(n, d)``."""
        check_is_fitted(self)
        return self.decode(generator(random_state).standard_normal((n_samples, self.n_features_in_)))

    def encode(self, X: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """z = f(x) as ``(n, d)``, and its standard deviation, 0: every point has exactly one z."""
        X = query_points(self, X)
        Z, _ = self._precise().to_latent(self._standardised(X))
        return Z.numpy(), np.zeros(Z.shape)

    def decode(self, Z: np.ndarray) -> np.ndarray:
        """x = f⁻¹(z) as ``(n, d)``."""
        return self.warp(Z)[-1]

    @property
    def latent_dimension(self) -> int:
        """As many as the data have columns: nothing may be lost on a way that can be gone back."""
        return self.n_features_in_

    def warp(self, Z: np.ndarray, y: np.ndarray | None = None) -> np.ndarray:
        """Where latent points ``Z (n, d)`` are before and after each layer: ``(n_layers + 1, n, d)``.

        All in the data's units: row 0 is mean + scale · z, the last row is decode(Z). y is ignored.
        """
        check_is_fitted(self)
        places = self._precise().to_data(torch.as_tensor(np.array(Z, dtype=np.float64)))
        return np.stack([self._in_data_units(points) for points in places])

    def _untrained(self, random: torch.Generator) -> CouplingLayers:
        n_bins = self.n_bins if self.coupling == "spline" else None
        return CouplingLayers(self.n_features_in_, self.n_layers, self.hidden, n_bins, random)


CARD = Card(
    title="Normalizing flow",
    estimator=NormalizingFlow,
    estimates=r"p(x)",
    source="Durkan et al. (2019), Neural spline flows; Rezende and Mohamed (2015)",
    controls=(
        Control(
            "coupling",
            "Bend",
            options=("spline", "affine"),
            help="Affine layers (RealNVP) only stretch and shift: look for the bridges they leave.",
        ),
        Control("n_layers", "Layers", low=1, high=8, step=1, help="How many times the plane is bent."),
        Control("n_bins", "Pieces", low=2, high=32, step=1, help="More pieces make a sharper bend."),
        JITTER,
    ),
    rank=50,
)
