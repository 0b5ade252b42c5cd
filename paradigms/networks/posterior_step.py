"""One step of Hamiltonian Monte Carlo over the weights of a model."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

import torch

LogLikelihoodAndGradient = Callable[[torch.Tensor], tuple[torch.Tensor, torch.Tensor]]


class State(NamedTuple):
    """Where the chains stand: θ ``(C, P)``, log p(y|X, θ) ``(C,)`` and its gradient ``(C, P)``."""

    theta: torch.Tensor
    log_likelihood: torch.Tensor
    gradient: torch.Tensor

    @classmethod
    def at(cls, theta: torch.Tensor, posterior: LogLikelihoodAndGradient) -> State:
        return cls(theta, *posterior(theta))

    def potential(self) -> torch.Tensor:
        """U = |θ|²/2 − log p(y|X, θ), minus the log posterior but for a constant."""
        return 0.5 * (self.theta**2).sum(dim=1) - self.log_likelihood


def hamiltonian_step(
    state: State,
    posterior: LogLikelihoodAndGradient,
    step_size: torch.Tensor,
    n_leapfrog: int,
    random: torch.Generator,
) -> tuple[State, torch.Tensor]:
    """Draw a momentum, take ``n_leapfrog`` leapfrog steps of ``step_size (C, 1)``, accept by the energy.

    Gives the next state, and for each chain the probability ``(C,)`` with which its path was accepted. Neal
    (2011), MCMC using Hamiltonian dynamics, figure 2.
    """
    momentum, new = torch.randn(state.theta.shape, generator=random), state
    energy = state.potential() + 0.5 * (momentum**2).sum(dim=1)
    for _ in range(n_leapfrog):
        momentum = momentum + 0.5 * step_size * (new.gradient - new.theta)
        new = State.at(new.theta + step_size * momentum, posterior)
        momentum = momentum + 0.5 * step_size * (new.gradient - new.theta)
    new_energy = new.potential() + 0.5 * (momentum**2).sum(dim=1)
    rate = torch.nan_to_num(torch.exp((energy - new_energy).clamp(max=0)), nan=0.0)
    accepted = torch.rand(len(rate), generator=random) < rate
    at_rest = State(
        torch.where(accepted[:, None], new.theta, state.theta),
        torch.where(accepted, new.log_likelihood, state.log_likelihood),
        torch.where(accepted[:, None], new.gradient, state.gradient),
    )
    return at_rest, rate
