"""Energy-based model: p(x) ∝ exp(−E(x)), E a neural network."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any, Self

import numpy as np
import torch
from scipy.special import logsumexp
from sklearn.base import BaseEstimator
from sklearn.utils.validation import check_is_fitted

from paradigms.cards import Card, Control
from paradigms.estimators.energies import N_TRAINING, DensityInTraining, Energies, FourierNetwork
from paradigms.estimators.fitted_network import blur_for
from paradigms.estimators.input_checks import training_points
from paradigms.estimators.parameters import parameters
from paradigms.estimators.training_controls import JITTER, LEARNING_RATE
from paradigms.randomness import generator, torch_generator
from paradigms.samplers.metropolis_langevin import metropolis_langevin
from paradigms.training import Progress

OBJECTIVES = ("exact", "contrastive_divergence", "persistent_contrastive_divergence")


@parameters
class EnergyBased(Energies, BaseEstimator):
    """p(x) = exp(−E(x)) / Z, E(x) = |x − mean|²/2s² − f(x), f a network, s the data's scale.

    Parameters
    ----------
    objective
        How the network learns: see below.
    jitter
        In each step points are blurred by jitter/∛n of the data's spread, so that none gets a pit of its own.
    weight_decay
        λ adds λ|θ|²/2, which keeps f calm far away.

    Notes
    -----
    ``objective="exact"`` maximises log p(x) with Z summed over a jittered grid in each step (in more than
    two dimensions, averaged over draws of the base: importance sampling). ``"contrastive_divergence"`` never
    needs Z: it lowers E at the points and raises it where ``n_langevin`` Metropolis-adjusted Langevin steps
    carry them (Hinton 2002); ``"persistent_contrastive_divergence"`` walks on from where the steps before
    ended (Tieleman 2008), and gets the shares of far lumps wrong. Each time ``log_partition_`` is log Z from
    a fine grid afterwards, so that in one and two dimensions the density is exact; in more, Z is an estimate
    and ``density_kind`` says "unnormalised".
    """

    density_kind = "exact"
    _learned = ("mean_", "scale_", "half_width_")

    objective: str = "exact"
    hidden: int = 64
    learning_rate: float = 0.01
    n_steps: int = 600
    batch_size: int = 512
    jitter: float = 0.6
    weight_decay: float = 0.001
    n_langevin: int = 5
    random_state: Any = 0

    def fit_steps(self, X: np.ndarray, y: np.ndarray | None = None) -> Iterator[Progress]:
        """Train step by step; every answer between two steps is that of the energy so far. y is ignored."""
        if self.objective not in OBJECTIVES:
            raise ValueError(f"objective must be one of {OBJECTIVES}; it is {self.objective!r}.")
        X = training_points(self, X)
        self._learn(**self._standardise(X))
        rng = generator(self.random_state)
        random = torch_generator(rng)
        self._network = self._untrained(random)
        blur = blur_for(X, self.jitter)
        chains: np.ndarray | None = None

        def losses(points: torch.Tensor) -> dict[str, torch.Tensor]:
            nonlocal chains
            points = points + blur * torch.randn(points.shape, generator=random)
            if self.objective == "exact":
                return self._exact(points, rng)
            ends = self._langevin(points.numpy() if chains is None else chains, rng)
            chains = ends if self.objective == "persistent_contrastive_divergence" else None
            return self._contrast(points, torch.from_numpy(ends).float())

        yield from self._train(losses, (self._standardised(X).float(),), random, self.weight_decay)

    def _prepare(self) -> None:
        self._known_masses = self._known_log_partition = None
        self.density_kind = "exact" if len(self.mean_) <= 2 else "unnormalised"

    def _exact(self, points: torch.Tensor, rng: np.random.Generator) -> dict[str, torch.Tensor]:
        """−log p of the points: their energies, and log Z over reference points that move in each step."""
        reference, log_measure, width = self._reference(N_TRAINING, rng)
        f = self._network(torch.cat([points, torch.from_numpy(reference).float()]))[:, 0]
        base = torch.from_numpy(self._log_base(reference, width)).float()
        log_partition = (f[len(points) :] + base).logsumexp(dim=0) + log_measure
        log_density = f[: len(points)] - 0.5 * (points**2).sum(dim=1) - log_partition
        return {"negative log-likelihood": self._log_volume - log_density.mean()}

    def _langevin(self, start: np.ndarray, rng: np.random.Generator) -> np.ndarray:
        """Where ``n_langevin`` steps over the energy that is being learned lead from ``start (n, d)``."""
        target = DensityInTraining(self._network)
        *_, last = metropolis_langevin(target, start, step_size=0.01, n_steps=self.n_langevin, rng=rng)
        return last.position

    def _contrast(self, points: torch.Tensor, ends: torch.Tensor) -> dict[str, torch.Tensor]:
        """E(points) − E(ends of the chains), and a little f² so that f does not wander off."""
        everything = torch.cat([points, ends])
        f = self._network(everything)
        here, there = (f - 0.5 * (everything**2).sum(dim=1, keepdim=True)).split([len(points), len(ends)])
        return {"contrast": there.mean() - here.mean(), "size": 0.002 * (f**2).mean()}

    def energy(self, X: np.ndarray) -> np.ndarray:
        """E(x) as ``(n,)``: low where points are likely."""
        return -self._log_unnormalised(X)[:, 0]

    @property
    def log_partition_(self) -> float:
        """log Z, in the units of the data."""
        check_is_fitted(self)
        if self._known_log_partition is None:
            log_masses = self._reference_masses.log_mass
            self._known_log_partition = float(logsumexp(log_masses) + len(self.mean_) * np.log(self.scale_))
        return self._known_log_partition

    def to_arrays(self) -> dict[str, np.ndarray]:
        """Also log Z, without which one point would need all the reference points."""
        return super().to_arrays() | {"log_partition_": np.array(self.log_partition_)}

    @classmethod
    def from_arrays(cls, arrays: dict[str, np.ndarray]) -> Self:
        """The fitted model that ``to_arrays`` described; log Z is computed where it was left out."""
        model = super().from_arrays(arrays)
        if "log_partition_" in arrays:
            model._known_log_partition = float(arrays["log_partition_"])
        return model

    def frozen(self) -> Self:
        """An equal model that stays as it is while this one learns on, with the masses that are known."""
        frozen = super().frozen()
        frozen._known_masses = self._known_masses
        return frozen

    def score_samples(self, X: np.ndarray) -> np.ndarray:
        """log p(x) = −E(x) − log Z as ``(n,)``."""
        return -self.energy(X) - self.log_partition_

    def log_density_gradient(self, X: np.ndarray) -> np.ndarray:
        """∇ log p(x) = −∇E(x) as ``(n, d)``; it does not need Z."""
        return self._gradient(X)

    def sample(self, n_samples: int, random_state: Any = None) -> np.ndarray:
        """x ~ p(x) as ``(n, d)``.

        In one and two dimensions a cell of the fine grid by its mass, then a place in it; in more, draws of
        the base by their weight, which 100 Metropolis-adjusted Langevin steps carry on.
        """
        check_is_fitted(self)
        rng = generator(random_state)
        start = self._from_reference(n_samples, 0, rng)
        if self.density_kind == "exact":
            return start
        step_size = 0.05 * float(self.scale_) ** 2
        *_, last = metropolis_langevin(self, start, step_size=step_size, n_steps=100, rng=rng)
        return last.position

    def _untrained(self, random: torch.Generator) -> FourierNetwork:
        return FourierNetwork(self.n_features_in_, self.hidden, 1, random)


CARD = Card(
    title="Energy-based model",
    estimator=EnergyBased,
    estimates=r"p(x)",
    source="LeCun et al. (2006), A tutorial on energy-based learning; Hinton (2002), contrastive divergence",
    controls=(
        Control(
            "objective",
            "How it learns",
            options=OBJECTIVES,
            help="With Z summed over a grid, or by pushing away wanderers, new in each step or kept.",
        ),
        JITTER,
        replace(LEARNING_RATE, high=0.05),
    ),
    rank=70,
)
