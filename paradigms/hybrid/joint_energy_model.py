"""Joint energy model: a classifier's logits are also the energies of a density."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import numpy as np
import torch
from scipy.special import log_softmax, logsumexp
from sklearn.base import BaseEstimator
from sklearn.utils.validation import check_is_fitted
from torch.nn import functional

from paradigms.cards import Card, Control
from paradigms.estimators.energies import N_TRAINING, Energies, FourierNetwork
from paradigms.estimators.fitted_network import blur_for
from paradigms.estimators.input_checks import class_index_of, labelled_points
from paradigms.estimators.joint_model import JointModelMixin
from paradigms.estimators.network_class import order_of_appearance
from paradigms.estimators.parameters import parameters
from paradigms.estimators.training_controls import JITTER, LEARNING_RATE
from paradigms.randomness import generator, torch_generator
from paradigms.samplers.metropolis_langevin import metropolis_langevin
from paradigms.training import Progress


@parameters
class JointEnergyModel(JointModelMixin, Energies, BaseEstimator):
    """p(x, y) ∝ exp(f_y(x) − |x − mean|²/2s²), f the K logits of one network and s the data's scale.

    Read across, p(y|x) = softmax f(x), as in any classifier; read together, log p(x) = logsumexp f(x) −
    |x − mean|²/2s² up to a constant (Grathwohl et al. 2020, eq. 4–6). Trained by both halves of log p(x, y)
    = log p(y|x) + log p(x): cross-entropy, and ``generative_weight`` times −log p(x) with Z summed over a
    jittered grid in each step (in more than two dimensions, averaged over draws of the base) where the
    paper runs Langevin chains. With a weight of 1 that is maximum likelihood of points and labels, and p(y)
    comes out near the classes' shares; with 0 it is a classifier and no more, whose p(x, y) is what it
    happens to be. ``class_log_prior_`` is the p(y) of this p(x, y), by its masses; samples follow it. In each
    step points are blurred by ``jitter``/∛n of the data's spread, n being the distinct points of an average
    class; ``weight_decay`` λ adds λ|θ|²/2, which keeps f calm far from the data.
    """

    density_kind = "unnormalised"
    _learned = ("classes_", "network_class_", "mean_", "scale_", "half_width_")

    generative_weight: float = 1.0
    hidden: int = 48
    learning_rate: float = 0.015
    n_steps: int = 200
    batch_size: int = 256
    jitter: float = 0.6
    weight_decay: float = 0.001
    random_state: Any = 0

    def fit_steps(self, X: np.ndarray, y: np.ndarray | None = None) -> Iterator[Progress]:
        """Train step by step; every answer between two steps is that of the logits so far.

        ``X (n, d)``, ``y (n,)`` of any labels; without y there is one class, 0.
        """
        X, classes, class_index = labelled_points(self, X, y)
        # Numbered as they first appear: a class by another name is dealt the same random numbers.
        network_class = order_of_appearance(class_index)
        self._learn(classes_=classes, network_class_=network_class, **self._standardise(X))
        rng = generator(self.random_state)
        random = torch_generator(rng)
        self._network = self._untrained(random)

        blur = blur_for(X, self.jitter) * len(classes) ** (1 / 3)  # as for the points of one class

        def losses_of(points: torch.Tensor, targets: torch.Tensor) -> dict[str, torch.Tensor]:
            points = points + blur * torch.randn(points.shape, generator=random)
            reference, log_measure, width = self._reference(N_TRAINING, rng)
            logits = self._network(torch.cat([points, torch.from_numpy(reference).float()]))
            here, there = logits.split([len(points), len(reference)])
            base = torch.from_numpy(self._log_base(reference, width)).float()
            log_partition = (there.logsumexp(dim=1) + base).logsumexp(dim=0) + log_measure
            log_density = here.logsumexp(dim=1) - 0.5 * (points**2).sum(dim=1) - log_partition
            return {
                "cross-entropy": functional.cross_entropy(here, targets),
                "w · negative log-likelihood": self.generative_weight
                * (self._log_volume - log_density.mean()),
            }

        yield from self._train(
            losses_of,
            (self._standardised(X).float(), torch.from_numpy(network_class[class_index])),
            random,
            weight_decay=self.weight_decay,
        )

    def _prepare(self) -> None:
        self._known_masses = None

    @property
    def class_log_prior_(self) -> np.ndarray:
        """log p(y) = log Σ_x p(x, y) as ``(K,)``, the sum over the reference points."""
        return log_softmax(logsumexp(self._reference_masses.log_mass, axis=0)[self.network_class_])

    def log_joint(self, X: np.ndarray) -> np.ndarray:
        """log p(x, y) up to one constant for all x and y, ``(n, K)``: f_y(x) − |x − mean|²/2s²."""
        return self._log_unnormalised(X)[:, self.network_class_]

    def log_density_gradient(self, X: np.ndarray) -> np.ndarray:
        """∇ log p(x) as ``(n, d)``; it does not need the constant."""
        return self._gradient(X)

    def log_conditional_gradient(self, X: np.ndarray, y: np.ndarray) -> np.ndarray:
        """∇ log p(x|y) as ``(n, d)``, with each point's own label ``y (n,)``."""
        return self._gradient(X, self.network_class_[class_index_of(y, self.classes_)])

    def sample_given(self, y: np.ndarray, random_state: Any = None) -> np.ndarray:
        """One point from exp(f_y(x) − |x − mean|²/2s²) for each label: ``(len(y), d)``.

        Each starts at a point of a fine grid (in more than two dimensions, at a draw of the base) chosen by
        its mass for that class, so that no chain has to find its way between modes; 20 Metropolis-adjusted
        Langevin steps, 200 without the grid, carry it on.
        """
        check_is_fitted(self)
        network_class, rng = self.network_class_[class_index_of(y, self.classes_)], generator(random_state)
        points = np.empty((len(network_class), self.n_features_in_))
        for k in range(len(self.classes_)):
            own = network_class == k
            if own.any():
                points[own] = self._langevin(self._from_reference(np.count_nonzero(own), k, rng), k, rng)
        return points

    def _langevin(self, start: np.ndarray, k: int, rng: np.random.Generator) -> np.ndarray:
        n_steps, step_size = (20, 0.0005) if self.n_features_in_ <= 2 else (200, 0.02)
        target = _GivenClass(self, k)
        *_, last = metropolis_langevin(
            target, start, step_size=step_size * float(self.scale_) ** 2, n_steps=n_steps, rng=rng
        )
        return last.position

    def _untrained(self, random: torch.Generator) -> FourierNetwork:
        return FourierNetwork(self.n_features_in_, self.hidden, len(self.classes_), random)


class _GivenClass:
    """What Langevin asks of p(x|y): the value of one energy and its gradient."""

    def __init__(self, model: JointEnergyModel, column: int) -> None:
        self.model, self.column = model, column

    def score_samples(self, X: np.ndarray) -> np.ndarray:
        return self.model._log_unnormalised(X)[:, self.column]

    def log_density_gradient(self, X: np.ndarray) -> np.ndarray:
        return self.model._gradient(X, np.full(len(X), self.column))


CARD = Card(
    title="Joint energy model",
    estimator=JointEnergyModel,
    estimates=r"p(x, y)",
    source="Grathwohl et al. (2020), Your classifier is secretly an energy based model",
    controls=(
        Control(
            "generative_weight",
            "Weight of p(x)",
            low=0.0,
            high=2.0,
            step=0.1,
            help="0: a classifier and no more. 1: points count as much as labels.",
        ),
        JITTER,
        replace(LEARNING_RATE, high=0.05),
    ),
    rank=10,
)
