"""What energy models share: a network over the plane, its base term, and the survey that yields log Z."""

from __future__ import annotations

from typing import Any, NamedTuple, Self

import numpy as np
import torch
from scipy.special import logsumexp
from torch import nn
from torch.func import functional_call

from paradigms.fitted_arrays import FittedArrays
from paradigms.joint_identities import query_points
from paradigms.networks import load_weights, multilayer_perceptron, weights_to_arrays
from paradigms.randomness import generator

_PREFIX = "network."
_BLOCK = 2**14  # points that the network is asked about at a time
N_TRAINING, N_SURVEY = 2**10, 2**16  # reference points in a step of training, and for the final log Z


class Survey(NamedTuple):
    """Reference points ``(m, d)`` in standardised units with ``log_mass (m, K)``: Z_k = Σ exp(log_mass_k).

    ``width`` is the side of the cell around each point, 0 where they are draws.
    """

    points: np.ndarray
    log_mass: np.ndarray
    width: float


class FourierNetwork(nn.Module):
    """A perceptron of sines and cosines of x: bounded everywhere, so that the base term wins far away.

    16 random directions, |frequency| spread evenly in its logarithm from 0.5 to 8 (Tancik et al. 2020).
    """

    def __init__(self, n_in: int, hidden: int, n_out: int, random: torch.Generator) -> None:
        super().__init__()
        directions = nn.functional.normalize(torch.randn(n_in, 16, generator=random), dim=0)
        self.register_buffer("waves", directions * torch.logspace(-1, 3, 16, base=2))
        self.layers = multilayer_perceptron([32, hidden, hidden, n_out], random)
        nn.init.zeros_(self.layers[-1].weight)

    def forward(self, z: torch.Tensor) -> torch.Tensor:
        phases = z @ self.waves
        return self.layers(torch.cat([phases.sin(), phases.cos()], dim=1))


class Energies(FittedArrays):
    """exp(−E_k(x)), E_k(x) = |z|²/2 − f_k(z) with z = (x − mean_)/scale_, one scalar scale; K of them.

    The network f is ``_network``; ``_hidden`` and ``_n_out`` tell its shape. In one and two dimensions Z is a
    sum over the cells of a box that holds the data and the base term's mass, exact but for the cells' size;
    in more it is an average over draws of the base N(0, I), a Monte Carlo estimate.
    """

    def _standardise(self, X: np.ndarray) -> dict[str, Any]:
        """The mean, the scale and the half width of the box, to be learned."""
        mean, scale = X.mean(axis=0), np.sqrt(max(X.var(axis=0).mean(), 1e-6))
        return {"mean_": mean, "scale_": scale, "reach_": max(5.0, np.abs((X - mean) / scale).max() + 1)}

    def _reference(self, n: int, rng: np.random.Generator | None = None) -> tuple[np.ndarray, float, float]:
        """About n points ``(m, d)``, the log of what each stands for, and the side of their cells.

        With ``rng`` each point is somewhere in its cell, else in the middle.
        """
        d = self.n_features_in_
        if d > 2:  # log E_base[exp f] + log ∫ exp(−|z|²/2) dz; the base itself is in the points already
            points = generator(0 if rng is None else rng).standard_normal((n, d))
            return points, 0.5 * d * np.log(2 * np.pi) - np.log(n), 0.0
        n_along = round(n ** (1 / d))
        width = 2 * float(self.reach_) / n_along
        corners = np.stack(np.meshgrid(*[np.arange(n_along)] * d), axis=-1).reshape(-1, d)
        inside = 0.5 if rng is None else rng.random(corners.shape)
        return (corners + inside) * width - self.reach_, d * np.log(width), width

    def _log_base(self, points: np.ndarray, width: float) -> np.ndarray:
        return -0.5 * (points**2).sum(axis=1) if width else np.zeros(len(points))

    @property
    def _survey(self) -> Survey:
        """Computed when first asked for; training forgets it after each step."""
        if self.__dict__.get("_surveyed") is None:
            points, log_measure, width = self._reference(N_SURVEY)
            with torch.inference_mode():
                blocks = torch.from_numpy(points).float().split(_BLOCK)
                f = torch.cat([self._network(block) for block in blocks]).double().numpy()
            log_mass = f + self._log_base(points, width)[:, None] + log_measure
            self._surveyed = Survey(points, log_mass, width)
        return self._surveyed

    def _log_unnormalised(self, X: np.ndarray) -> np.ndarray:
        """−E_k(x) as ``(n, K)``, in double precision."""
        X = query_points(self, X)
        with torch.no_grad():
            blocks = np.split(self._inner(X), range(_BLOCK, len(X), _BLOCK))
            return np.concatenate([self._minus_energies(torch.from_numpy(b)).numpy() for b in blocks])

    def _gradient(self, X: np.ndarray, slots: np.ndarray | None = None) -> np.ndarray:
        """∇ log Σ_k exp(−E_k(x)), or with ``slots (n,)`` that of the point's own −E_k, as ``(n, d)``."""
        z = torch.from_numpy(self._inner(query_points(self, X))).requires_grad_()
        minus_energies = self._minus_energies(z)
        if slots is None:
            value = minus_energies.logsumexp(dim=1)
        else:
            value = minus_energies[torch.arange(len(z)), torch.from_numpy(slots)]
        return torch.autograd.grad(value.sum(), z)[0].numpy() / self.scale_

    def _minus_energies(self, z: torch.Tensor) -> torch.Tensor:
        weights = {name: tensor.double() for name, tensor in self._network.state_dict().items()}
        return functional_call(self._network, weights, z) - 0.5 * (z**2).sum(dim=1, keepdim=True)

    def _from_survey(self, n: int, k: int, rng: np.random.Generator) -> np.ndarray:
        """n points drawn by the mass of energy k: reference points, moved about in their cells."""
        points, log_mass, width = self._survey
        mass = np.exp(log_mass[:, k] - logsumexp(log_mass[:, k]))
        chosen = points[rng.choice(len(points), size=n, p=mass / mass.sum())]
        return self.mean_ + self.scale_ * (chosen + width * (rng.random(chosen.shape) - 0.5))

    def _inner(self, X: np.ndarray) -> np.ndarray:
        return (X - self.mean_) / self.scale_

    def to_arrays(self) -> dict[str, np.ndarray]:
        """Copies of the weights and all else that was learned, and the parameters, by name."""
        return super().to_arrays() | weights_to_arrays(self._network, _PREFIX)

    @classmethod
    def from_arrays(cls, arrays: dict[str, np.ndarray]) -> Self:
        """The fitted model that ``to_arrays`` described."""
        model = super().from_arrays(arrays)
        model._network = model._untrained(torch.Generator())
        load_weights(model._network, arrays, _PREFIX)
        return model
