"""Energy functions: a network and a Gaussian base term, and the partition function."""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np
import torch
from scipy.special import logsumexp
from torch import nn

from paradigms.estimators.fitted_network import FittedNetwork, gradient_of
from paradigms.estimators.input_checks import query_points
from paradigms.estimators.multilayer_perceptron import multilayer_perceptron
from paradigms.estimators.standardising import mean_and_scale
from paradigms.randomness import generator

_BLOCK = 2**14  # points answered at a time
N_TRAINING, N_REFERENCE = 2**10, 2**16  # reference points in a step of training, and for the final log Z


class ReferenceMasses(NamedTuple):
    """Reference points ``(m, d)`` in standardised units with ``log_mass (m, K)``: Z_k = Σ exp(log_mass_k).

    ``width`` is the side of the cell around each point, 0 where they are draws.
    """

    points: np.ndarray
    log_mass: np.ndarray
    width: float


class FourierNetwork(nn.Module):
    """A perceptron of sines and cosines of x: bounded everywhere, so that the base term wins far away.

    16 random directions, |frequency| spread evenly in its logarithm from 0.5 to 8 (Tancik et al. 2020), with
    the amplitude 2/|frequency|. With equal amplitudes the high frequencies would leave ripples far from the
    data, in which chains are caught.
    """

    def __init__(self, n_in: int, hidden: int, n_out: int, random: torch.Generator) -> None:
        super().__init__()
        directions = nn.functional.normalize(torch.randn(n_in, 16, generator=random), dim=0)
        norms = torch.logspace(-1, 3, 16, base=2)
        self.register_buffer("frequencies", directions * norms)
        self.register_buffer("amplitudes", (2 / norms).repeat(2))
        self.layers = multilayer_perceptron([32, hidden, hidden, n_out], random)
        nn.init.zeros_(self.layers[-1].weight)

    def forward(self, z: torch.Tensor) -> torch.Tensor:
        phases = z @ self.frequencies
        return self.layers(self.amplitudes * torch.cat([phases.sin(), phases.cos()], dim=1))


class Energies(FittedNetwork):
    """exp(−E_k(x)), E_k(x) = |z|²/2 − f_k(z) with z = (x − mean_)/scale_, one scalar scale; K of them.

    The network f is ``_network``. In one and two dimensions Z is a sum over the cells of a box that holds the
    data and the base term's mass, exact but for the cells' size; in more it is an average over draws of the
    base N(0, I), a Monte Carlo estimate.
    """

    def _standardise(self, X: np.ndarray) -> dict[str, Any]:
        """The mean, the scale and the half width of the box, to be learned."""
        standard = mean_and_scale(X)
        farthest = np.abs((X - standard["mean_"]) / standard["scale_"]).max()
        return {**standard, "half_width_": max(5.0, farthest + 1)}

    @property
    def _log_volume(self) -> float:
        """What log p of standardised points has more than log p of the points."""
        return self.n_features_in_ * float(np.log(self.scale_))

    def _reference(self, n: int, rng: np.random.Generator | None = None) -> tuple[np.ndarray, float, float]:
        """About n points ``(m, d)``, the log of what each stands for, and the side of their cells.

        With ``rng`` each point is somewhere in its cell, else in the middle.
        """
        d = self.n_features_in_
        if d > 2:  # log E_base[exp f] + log ∫ exp(−|z|²/2) dz; the base itself is in the points already
            points = generator(0 if rng is None else rng).standard_normal((n, d))
            return points, 0.5 * d * np.log(2 * np.pi) - np.log(n), 0.0
        n_along = round(n ** (1 / d))
        width = 2 * float(self.half_width_) / n_along
        corners = np.stack(np.meshgrid(*[np.arange(n_along)] * d), axis=-1).reshape(-1, d)
        inside = 0.5 if rng is None else rng.random(corners.shape)
        return (corners + inside) * width - self.half_width_, d * np.log(width), width

    def _log_base(self, points: np.ndarray, width: float) -> np.ndarray:
        return -0.5 * (points**2).sum(axis=1) if width else np.zeros(len(points))

    @property
    def _reference_masses(self) -> ReferenceMasses:
        """Computed when first asked for; training forgets it after each step."""
        if self.__dict__.get("_known_masses") is None:
            points, log_measure, width = self._reference(N_REFERENCE)
            with torch.inference_mode():
                blocks = torch.from_numpy(points).float().split(_BLOCK)
                f = torch.cat([self._network(block) for block in blocks]).double().numpy()
            log_mass = f + self._log_base(points, width)[:, None] + log_measure
            self._known_masses = ReferenceMasses(points, log_mass, width)
        return self._known_masses

    def _log_unnormalised(self, X: np.ndarray) -> np.ndarray:
        """−E_k(x) as ``(n, K)``."""
        X = query_points(self, X)
        network, blocks = self._precise(), self._standardised(X).split(_BLOCK)
        return torch.cat([minus_energies(network, block) for block in blocks]).numpy()

    def _gradient(self, X: np.ndarray, network_class: np.ndarray | None = None) -> np.ndarray:
        """∇ log Σ_k exp(−E_k(x)) as ``(n, d)``; with ``network_class (n,)`` that of each point's −E_k."""
        X = query_points(self, X)
        network = self._precise()

        def value(z: torch.Tensor) -> torch.Tensor:
            each = minus_energies(network, z)
            if network_class is None:
                return each.logsumexp(dim=1)
            return each[torch.arange(len(z)), network_class]

        return gradient_of(value, self._standardised(X)) / self.scale_

    def _from_reference(self, n: int, k: int, rng: np.random.Generator) -> np.ndarray:
        """n points drawn by the mass of energy k: reference points, moved about in their cells."""
        points, log_mass, width = self._reference_masses
        mass = np.exp(log_mass[:, k] - logsumexp(log_mass[:, k]))
        chosen = points[rng.choice(len(points), size=n, p=mass / mass.sum())]
        return self.mean_ + self.scale_ * (chosen + width * (rng.random(chosen.shape) - 0.5))


def minus_energies(network: nn.Module, z: torch.Tensor) -> torch.Tensor:
    """−E_k = f_k(z) − |z|²/2 as ``(n, K)``."""
    return network(z) - 0.5 * (z**2).sum(dim=1, keepdim=True)


class DensityInTraining:
    """What Langevin asks of an energy that is being learned: in standardised units and single precision.

    A chain asks for the value at its points and then for their gradient; one pass has both.
    """

    def __init__(self, network: FourierNetwork) -> None:
        self.network = network

    def score_samples(self, X: np.ndarray) -> np.ndarray:
        z = torch.from_numpy(X).float().requires_grad_()
        value = minus_energies(self.network, z)[:, 0]
        self._seen, self._gradient = X, torch.autograd.grad(value.sum(), z)[0].double().numpy()
        return value.detach().double().numpy()

    def log_density_gradient(self, X: np.ndarray) -> np.ndarray:
        if X is not self._seen:
            self.score_samples(X)
        return self._gradient
