"""Bayesian neural network: the weights' posterior, sampled by Hamiltonian Monte Carlo."""

from __future__ import annotations

import math
from collections.abc import Iterator
from functools import partial
from typing import Any

import numpy as np
import torch
from sklearn.base import BaseEstimator

from paradigms.cards import Card, Control
from paradigms.estimators.class_inputs import classification_inputs
from paradigms.estimators.input_checks import query_points
from paradigms.estimators.network_class import order_of_appearance
from paradigms.estimators.parameters import parameters
from paradigms.estimators.probabilistic_classifier import ProbabilisticClassifier
from paradigms.estimators.standardising import mean_and_spread
from paradigms.estimators.trained_in_steps import TrainedInSteps
from paradigms.networks.posterior_step import State, hamiltonian_step
from paradigms.randomness import generator, torch_generator
from paradigms.training import Progress

_MOST_DRAWS = 40  # that are kept, evenly spread over the second half of the steps
_WANTED_ACCEPTANCE = 0.8
_BLOCK = 2**10  # points that are asked at a time, so that the units stay in the cache


@parameters
class BayesianNeuralNetwork(ProbabilisticClassifier, TrainedInSteps, BaseEstimator):
    """p(y|x) = E[softmax of a perceptron with weights θ], θ ~ p(θ | X, y) by Hamiltonian Monte Carlo.

    One layer of ``hidden`` H tanh units. Under the prior all of θ is independent and normal: weights into a
    unit N(0, s²/d), its bias N(0, s²), weights out of it N(0, 16/H), last biases N(0, 4), where s is
    ``prior_scale``; columns are standardised first. ``n_chains`` chains start from the prior and move side
    by side, each step a path of ``n_leapfrog`` leapfrogs over all points that is accepted or refused. The
    first half of the ``n_steps`` finds the posterior and a step size; at most 40 states of the second half
    are kept as ``draws_ (S, P)``, in units of their prior's standard deviation.

    Neal (1996), Bayesian learning for neural networks, chapter 3; Neal (2011), MCMC using Hamiltonian
    dynamics, section 5.3.2.
    """

    _learned = ("classes_", "mean_", "scale_", "network_class_", "draws_")

    hidden: int = 16
    prior_scale: float = 2.5
    n_chains: int = 4
    n_leapfrog: int = 10
    n_steps: int = 60
    random_state: Any = 0

    def fit_steps(self, X: np.ndarray, y: np.ndarray) -> Iterator[Progress]:
        """Walk step by step; predictions in between are those of the states kept so far."""
        X, classes, class_index = classification_inputs(self, X, y)
        # Numbered as they first appear: a class by another name is dealt the same random numbers.
        network_class = order_of_appearance(class_index)
        settled = {"classes_": classes, "network_class_": network_class, **mean_and_spread(X)}
        random = torch_generator(generator(self.random_state))
        n_weights = self.hidden * (X.shape[1] + 1 + len(classes)) + len(classes)
        start = torch.randn(self.n_chains, n_weights, generator=random)
        self._learn(draws_=start.numpy(), **settled)
        truth = torch.eye(len(classes))[network_class[class_index]].T.contiguous()
        posterior = partial(self._log_likelihood_and_gradient, inputs=self._inputs(X).float(), truth=truth)
        state = State.at(start, posterior)
        step_size = torch.full((self.n_chains, 1), 1 / math.sqrt(len(X) + n_weights))
        kept: list[torch.Tensor] = []
        n_warm_up = self.n_steps // 2
        every = max(1, math.ceil((self.n_steps - n_warm_up) * self.n_chains / _MOST_DRAWS))
        for step in range(1, self.n_steps + 1):
            # A path of always the same length may come back to where it began; Neal (2011), 5.3.2.
            jittered = step_size * (0.8 + 0.4 * torch.rand(step_size.shape, generator=random))
            state, rate = hamiltonian_step(state, posterior, jittered, self.n_leapfrog, random)
            if step <= n_warm_up:
                # Robbins & Monro (1951): a longer step for a chain that is accepted too often.
                step_size *= torch.exp((rate[:, None] - _WANTED_ACCEPTANCE) * max(0.1, 1 / math.sqrt(step)))
                kept = [state.theta]
            elif (step - n_warm_up - 1) % every == 0:
                kept = [state.theta] if step == n_warm_up + 1 else [*kept, state.theta]
            self._learn(draws_=torch.cat(kept).numpy(), **settled)
            yield Progress(step, self.n_steps, {"log loss": -state.log_likelihood.mean().item() / len(X)})

    def _inputs(self, X: np.ndarray) -> torch.Tensor:
        """What a unit weighs: s x/√d for each standardised column, and s for its offset; ``(d + 1, n)``."""
        rows = np.vstack([((X - self.mean_) / self.scale_).T / math.sqrt(X.shape[1]), np.ones(len(X))])
        return torch.from_numpy(self.prior_scale * rows)

    def _answers(
        self, theta: torch.Tensor, inputs: torch.Tensor, n_classes: int
    ) -> tuple[torch.Tensor, torch.Tensor, torch.Tensor]:
        """Units ``(S, H, n)``, ways out ``(S, K, H)`` and logits ``(S, K, n)`` of perceptrons ``(S, P)``."""
        S, H = len(theta), self.hidden
        into, out, last = theta.split([H * len(inputs), H * n_classes, n_classes], dim=1)
        units = (into.reshape(S * H, -1) @ inputs).tanh_().view(S, H, -1)
        out = 4 / math.sqrt(H) * out.reshape(S, n_classes, H)
        return units, out, torch.baddbmm(2 * last[:, :, None], out, units)

    def _log_likelihood_and_gradient(
        self, theta: torch.Tensor, inputs: torch.Tensor, truth: torch.Tensor
    ) -> tuple[torch.Tensor, torch.Tensor]:
        """log p(y|X, θ) as ``(S,)`` and its gradient ``(S, P)``, by back-propagation written out.

        ``truth (K, n)`` has a 1 where a point has the class. A walk asks for it thousands of times, and it
        takes a quarter of the time that automatic differentiation does.
        """
        units, out, logits = self._answers(theta, inputs, len(truth))
        log_p = logits.log_softmax(dim=1)
        log_likelihood = (log_p * truth).sum(dim=(1, 2))
        residual = truth - log_p.exp_()
        of_out = 4 / math.sqrt(self.hidden) * residual @ units.mT
        back = out.mT @ residual
        back.addcmul_(back, units.square_(), value=-1)  # the derivative of tanh is 1 − tanh²
        of_into = back.flatten(0, 1) @ inputs.T
        of_all = [of_into.view(len(theta), -1), of_out.flatten(1), 2 * residual.sum(dim=2)]
        return log_likelihood, torch.cat(of_all, dim=1)

    def predict_proba(self, X: np.ndarray) -> np.ndarray:
        """p(y|x) as ``(n, K)``: the mean over the draws."""
        X = query_points(self, X)
        logits = self._logits(self.draws_, X)
        mean = torch.cat([block.softmax(dim=1).mean(dim=0) for block in logits], dim=1)
        return mean[self.network_class_.tolist()].T.numpy()

    def predict_proba_draws(self, X: np.ndarray, n_draws: int, random_state: Any = None) -> np.ndarray:
        """p(y|x, θ) of draws taken at random, ``(n_draws, n, K)``: each once before any comes twice."""
        X, rng, n_kept = query_points(self, X), generator(random_state), len(self.draws_)
        chosen = [rng.permutation(n_kept) for _ in range(-(-n_draws // n_kept))]
        logits = self._logits(self.draws_[np.concatenate([*chosen, []])[:n_draws].astype(int)], X)
        of_each = torch.cat([block.softmax(dim=1) for block in logits], dim=2)
        return of_each[:, self.network_class_.tolist()].mT.numpy()

    def _logits(self, draws: np.ndarray, X: np.ndarray) -> Iterator[torch.Tensor]:
        """What each draw says of the points, block by block and in double precision: ``(S, K, n)``."""
        theta = torch.from_numpy(draws.astype(np.float64))
        for inputs in self._inputs(X).split(_BLOCK, dim=1):
            yield self._answers(theta, inputs, len(self.classes_))[2]


CARD = Card(
    title="Bayesian neural network",
    estimator=BayesianNeuralNetwork,
    estimates=r"p(y \mid x)",
    source="R. M. Neal (1996), Bayesian learning for neural networks",
    controls=(
        Control("hidden", "Units", low=2, high=64, step=1, help="How many places the function can bend at."),
        Control(
            "prior_scale",
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
            low=20,
            high=1000,
            step=20,
            help="The first half only looks for the posterior.",
        ),
    ),
    rank=55,
)
