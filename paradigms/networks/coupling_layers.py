"""Coupling layers: half of the columns are transformed by curves that depend on the other half."""

from __future__ import annotations

import math

import torch
from torch import nn

from paradigms.estimators.multilayer_perceptron import multilayer_perceptron
from paradigms.networks.rational_quadratic_spline import rational_quadratic_spline

_BOUND = 5.0  # in standard deviations; a coordinate further out is left alone by a spline
_STEEPEST = 2.0  # straight lines stretch by e² at most


class CouplingLayers(nn.Module):
    """f and log N(f(x); 0, I) + log |det ∂f/∂x|. Untrained, every layer is the identity.

    Each layer moves every second column, by a spline of ``n_bins`` pieces or, without, by a straight line,
    whose parameters a network computes from the other columns. Points ``(n, d)`` are in standardised units.
    """

    def __init__(
        self, dimension: int, n_layers: int, hidden: int, n_bins: int | None, random: torch.Generator
    ) -> None:
        super().__init__()
        columns = torch.arange(dimension)
        # Every layer moves the columns that the one before left alone; a single column is always moved.
        self.moved = [
            columns[(columns + layer) % 2 == 0] if dimension > 1 else columns for layer in range(n_layers)
        ]
        self.n_parameters = 3 * n_bins - 1 if n_bins else 2
        self.networks = nn.ModuleList()
        for moved in self.moved:
            sizes = [dimension, hidden, hidden, len(moved) * self.n_parameters]
            network = multilayer_perceptron(sizes, random, nn.SiLU)
            nn.init.zeros_(network[-1].weight)
            self.networks.append(network)

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        z, log_determinant = self.to_latent(x)
        return -0.5 * (z * z + math.log(2 * math.pi)).sum(dim=1) + log_determinant

    def to_latent(self, x: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor]:
        log_determinant = x.new_zeros(len(x))
        for layer in range(len(self.moved)):
            x, log_derivatives = self._through(layer, x)
            log_determinant = log_determinant + log_derivatives.sum(dim=1)
        return x, log_determinant

    def to_data(self, z: torch.Tensor) -> list[torch.Tensor]:
        places = [z]
        for layer in reversed(range(len(self.moved))):
            places.append(self._through(layer, places[-1], inverse=True)[0])
        return places

    def _through(
        self, layer: int, x: torch.Tensor, inverse: bool = False
    ) -> tuple[torch.Tensor, torch.Tensor]:
        moved = self.moved[layer]
        seen = x.index_fill(1, moved, 0.0)  # what the network may look at: the columns that stay
        parameters = self.networks[layer](seen).unflatten(1, (len(moved), self.n_parameters))
        curve = _affine if self.n_parameters == 2 else rational_quadratic_spline
        values, log_derivatives = curve(x[:, moved], parameters, _BOUND, inverse)
        return x.index_copy(1, moved, values), log_derivatives


def _affine(
    x: torch.Tensor, parameters: torch.Tensor, bound: float, inverse: bool
) -> tuple[torch.Tensor, torch.Tensor]:
    """eˢx + t and s, or the way back and −s; |s| < 2, and the straight line needs no bound."""
    s, t = parameters.unbind(-1)
    s = _STEEPEST * torch.tanh(s / _STEEPEST)
    return ((x - t) * (-s).exp(), -s) if inverse else (x * s.exp() + t, s)
