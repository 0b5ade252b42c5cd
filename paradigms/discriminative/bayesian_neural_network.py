"""Bayesian neural network: not one set of weights, but draws from all sets that the data leave possible."""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import Any

import numpy as np
import torch
from sklearn.base import BaseEstimator, ClassifierMixin
from torch.nn import functional

import paradigms.networks  # noqa: F401  sets torch to one thread
from paradigms.card import Card, Control
from paradigms.fitted_arrays import FittedArrays
from paradigms.joint_identities import query_points
from paradigms.randomness import generator, torch_generator
from paradigms.several_classes import several_classes
from paradigms.training import Progress

_MOST_DRAWS = 64  # that are kept, evenly spread over the second half of the steps
_WANTED_ACCEPTANCE = 0.8
_BLOCK = 2**13  # points that are asked at a time


class BayesianNeuralNetwork(ClassifierMixin, FittedArrays, BaseEstimator):
    """p(y|x) = E[softmax of a perceptron with weights θ], θ ~ p(θ | X, y) by Hamiltonian Monte Carlo.

    One layer of ``hidden`` H tanh units. Under the prior all of θ is independent and normal: slopes into a
    unit N(0, s²/d), its offset N(0, s²), slopes out of it N(0, 16/H), last offsets N(0, 4), where s is
    ``bend``; columns are standardised first. ``n_chains`` chains start from the prior and move side by side,
    each step a path of ``n_leapfrog`` leapfrogs over all points that is accepted or refused. The first half
    of the ``n_steps`` finds the posterior and a step size; at most 64 states of the second half are kept as
    ``draws_ (S, P)``, in units of their prior's standard deviation.

    Neal (1996), Bayesian learning for neural networks, chapter 3; Neal (2011), MCMC using Hamiltonian
    dynamics, section 5.3.
    """

    _learned = ("classes_", "mean_", "scale_", "columns_", "draws_")

    def __init__(
        self,
        hidden: int = 16,
        bend: float = 2.5,
        n_chains: int = 4,
        n_leapfrog: int = 10,
        n_steps: int = 200,
        random_state: Any = 0,
    ):
        self.hidden = hidden
        self.bend = bend
        self.n_chains = n_chains
        self.n_leapfrog = n_leapfrog
        self.n_steps = n_steps
        self.random_state = random_state

    def fit(self, X: np.ndarray, y: np.ndarray) -> BayesianNeuralNetwork:
        for _ in self.fit_steps(X, y):
            pass
        return self

    def fit_steps(self, X: np.ndarray, y: np.ndarray) -> Iterator[Progress]:
        """Walk step by step; predictions in between are those of the states kept so far."""
        X, classes, slots = several_classes(self, X, y)
        spread = X.std(axis=0)
        standard = {"mean_": X.mean(axis=0), "scale_": np.where(spread > 0, spread, 1.0)}
        inputs = torch.from_numpy((X - standard["mean_"]) / standard["scale_"]).float()
        # Columns go to the classes as they first appear: a class by another name is dealt the same numbers.
        columns = np.unique(slots, return_index=True)[1].argsort().argsort()
        targets = torch.from_numpy(columns[slots]).repeat(self.n_chains)
        random = torch_generator(generator(self.random_state))

        def log_likelihood(theta: torch.Tensor) -> torch.Tensor:
            logits = self._logits(theta, inputs, len(classes))
            each = functional.cross_entropy(logits.flatten(0, 1), targets, reduction="none")
            return -each.view(self.n_chains, -1).sum(dim=1)

        n_weights = self.hidden * (X.shape[1] + 1 + len(classes)) + len(classes)
        theta = torch.randn(self.n_chains, n_weights, generator=random)
        step_size, kept = 1 / math.sqrt(len(X) + n_weights), []
        n_warm_up = self.n_steps // 2
        every = max(1, math.ceil((self.n_steps - n_warm_up) * self.n_chains / _MOST_DRAWS))
        for step in range(1, self.n_steps + 1):
            theta, likelihood, acceptance = self._hamiltonian_step(theta, log_likelihood, step_size, random)
            if step <= n_warm_up:  # Robbins & Monro (1951): a longer step when too many are accepted
                step_size *= math.exp((acceptance - _WANTED_ACCEPTANCE) * max(0.05, 1 / math.sqrt(step)))
                kept = [theta]
            elif (step - n_warm_up - 1) % every == 0:
                kept = [theta] if step == n_warm_up + 1 else [*kept, theta]
            self._learn(classes_=classes, columns_=columns, draws_=torch.cat(kept).numpy(), **standard)
            yield Progress(step, self.n_steps, {"log loss": -likelihood.mean().item() / len(X)})

    def _hamiltonian_step(
        self, theta: torch.Tensor, log_likelihood: Any, step_size: float, random: torch.Generator
    ) -> tuple[torch.Tensor, torch.Tensor, float]:
        """Kick, glide along −∇U with U = −log p(y|θ) + |θ|²/2, accept by the energy: θ, log p(y|θ), rate."""

        def potential_and_slope(place: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor, torch.Tensor]:
            place = place.detach().requires_grad_()
            likelihood = log_likelihood(place)
            potential = 0.5 * (place**2).sum(dim=1) - likelihood
            return potential.detach(), torch.autograd.grad(potential.sum(), place)[0], likelihood.detach()

        # A path of always the same length may come back to where it began; Neal (2011), section 3.2.
        step_size *= 0.8 + 0.4 * torch.rand(1, generator=random).item()
        momentum = torch.randn(theta.shape, generator=random)
        potential, slope, likelihood = potential_and_slope(theta)
        energy = potential + 0.5 * (momentum**2).sum(dim=1)
        place, new_slope = theta, slope
        for _ in range(self.n_leapfrog):
            momentum = momentum - 0.5 * step_size * new_slope
            place = place + step_size * momentum
            new_potential, new_slope, new_likelihood = potential_and_slope(place)
            momentum = momentum - 0.5 * step_size * new_slope
        new_energy = new_potential + 0.5 * (momentum**2).sum(dim=1)
        rate = torch.nan_to_num(torch.exp((energy - new_energy).clamp(max=0)), nan=0.0)
        accepted = torch.rand(len(theta), generator=random) < rate
        theta = torch.where(accepted[:, None], place, theta)
        return theta, torch.where(accepted, new_likelihood, likelihood), rate.mean().item()

    def _logits(self, theta: torch.Tensor, inputs: torch.Tensor, n_classes: int) -> torch.Tensor:
        """What the perceptrons with weights ``(S, P)`` say of points ``(n, d)``: ``(S, n, K)``."""
        d, H = inputs.shape[1], self.hidden
        slopes, offsets, out, last = theta.split([d * H, H, H * n_classes, n_classes], dim=1)
        units = torch.baddbmm(
            self.bend * offsets[:, None],
            inputs.expand(len(theta), *inputs.shape),
            self.bend / math.sqrt(d) * slopes.view(-1, d, H),
        )
        return torch.baddbmm(2 * last[:, None], units.tanh(), 4 / math.sqrt(H) * out.view(-1, H, n_classes))

    def predict_proba(self, X: np.ndarray) -> np.ndarray:
        """p(y|x) as ``(n, K)``: the mean over the draws."""
        X = query_points(self, X)
        blocks = np.split(X, range(_BLOCK, len(X), _BLOCK))
        return np.concatenate([self._of_each(self.draws_, block).mean(axis=0) for block in blocks])

    def predict_proba_draws(self, X: np.ndarray, n_draws: int, random_state: Any = None) -> np.ndarray:
        """p(y|x, θ) of draws taken at random, ``(n_draws, n, K)``: each once before any comes twice."""
        X, rng, n_kept = query_points(self, X), generator(random_state), len(self.draws_)
        chosen = [rng.permutation(n_kept) for _ in range(-(-n_draws // n_kept))]
        return self._of_each(self.draws_[np.concatenate([*chosen, []])[:n_draws].astype(int)], X)

    def predict(self, X: np.ndarray) -> np.ndarray:
        """The most probable label of each point."""
        most_probable = self.predict_proba(X).argmax(axis=1)
        return self.classes_[most_probable]

    def _of_each(self, draws: np.ndarray, X: np.ndarray) -> np.ndarray:
        inputs = torch.from_numpy((X - self.mean_) / self.scale_).float()
        with torch.inference_mode():
            logits = self._logits(torch.from_numpy(draws.copy()), inputs, len(self.classes_))
            return functional.softmax(logits.double(), dim=2).numpy()[:, :, self.columns_]


CARD = Card(
    title="Bayesian neural network",
    estimator=BayesianNeuralNetwork,
    estimates=r"p(y \mid x)",
    source="R. M. Neal (1996), Bayesian learning for neural networks",
    controls=(
        Control("hidden", "Units", low=2, high=64, step=1, help="How many places the function can bend at."),
        Control(
            "bend",
            "How sharply it may bend",
            low=0.5,
            high=10.0,
            step=0.1,
            scale="log",
            help="The spread of the slopes that are thought possible before any data.",
        ),
        Control(
            "n_steps",
            "Steps",
            low=50,
            high=1000,
            step=50,
            help="The first half only looks for the posterior.",
        ),
    ),
    rank=55,
)
