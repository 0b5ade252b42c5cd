"""Hamiltonian Monte Carlo: simulated Hamiltonian dynamics from a random momentum proposes the next state."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from paradigms.cards import Control, SamplerCard, Term
from paradigms.protocols import Density, DensityWithGradient, DifferentiableDensity
from paradigms.trajectory import Snapshot


def hamiltonian(
    target: DensityWithGradient,
    start: np.ndarray,
    *,
    step_size: float = 0.1,
    n_leapfrog: int = 20,
    n_steps: int = 100,
    rng: np.random.Generator,
) -> Iterator[Snapshot]:
    """Draw a momentum p ~ N(0, I), follow dx/dt = p, dp/dt = ∇ log π(x), accept by the error of the energy.

    The path has ``n_leapfrog`` leapfrog steps of ``step_size``; its end is accepted with probability min(1,
    exp(H − H')), H = |p|²/2 − log π(x). The leapfrog keeps volume and can be run backwards, so that π is
    stationary whatever the step; it keeps H up to ε², so nearly every path is accepted. The target has
    ``score_samples`` (up to a constant is enough) and ``log_density_gradient``; each of ``start (n, d)`` is a
    chain of its own.
    The first snapshot is the start; later ones carry ``proposal (n, d)``, ``accepted (n,)`` and ``path
    (n_leapfrog + 1, n, d)``; ``time`` is the sum of the steps.

    Duane et al. (1987), Hybrid Monte Carlo; Neal (2011), MCMC using Hamiltonian dynamics, section 5.3.2.
    """
    position = np.array(start, dtype=float)
    log_density, gradient = target.score_samples(position), target.log_density_gradient(position)
    yield Snapshot(0, 0.0, position)
    for step in range(1, n_steps + 1):
        initial_momentum = rng.standard_normal(position.shape)
        x, momentum, new_gradient, places = position, initial_momentum, gradient, [position]
        for _ in range(n_leapfrog):
            x, momentum, new_gradient = leapfrog(target, x, momentum, new_gradient, step_size)
            places.append(x)
        new_log_density = target.score_samples(x)
        log_ratio = new_log_density - log_density - 0.5 * (momentum**2 - initial_momentum**2).sum(axis=1)
        # A path that left the range of numbers has no energy (NaN), and is refused.
        accepted = np.log1p(-rng.random(len(position))) < log_ratio
        position = np.where(accepted[:, None], x, position)
        gradient = np.where(accepted[:, None], new_gradient, gradient)
        log_density = np.where(accepted, new_log_density, log_density)
        time, path = step * n_leapfrog * step_size, np.stack(places)
        phases = ("path", path[1:]), ("choice", position)
        yield Snapshot(step, time, position, proposal=x, accepted=accepted, path=path, phases=phases)


def leapfrog(
    target: DifferentiableDensity,
    x: np.ndarray,
    momentum: np.ndarray,
    gradient: np.ndarray,
    step_size: float | np.ndarray,
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """One leapfrog step: the next position, momentum and ∇ log π there, each ``(n, d)``.

    ``gradient`` is ∇ log π(x); a ``step_size`` below 0 runs time backwards. Neal (2011), eqs. 5.18–5.20.
    """
    momentum = momentum + 0.5 * step_size * gradient
    x = x + step_size * momentum
    gradient = target.log_density_gradient(x)
    return x, momentum + 0.5 * step_size * gradient, gradient


CARD = SamplerCard(
    title="Hamiltonian Monte Carlo",
    estimator=hamiltonian,
    estimates=r"x \sim p(x)",
    source="Neal (2011), MCMC using Hamiltonian dynamics",
    controls=(
        Control("step_size", "Step size ε", low=0.005, high=1.0, scale="log", help="Of the leapfrog."),
        Control("n_leapfrog", "Leapfrog steps", low=1, high=60, step=1, help="How far each kick carries."),
        Control("n_steps", "Steps", low=10, high=500, step=10),
    ),
    rank=25,
    family="chain",
    asks=(Density, DifferentiableDensity),
    formula=(
        Term("ẋ = v,  v̇ = ∇ ln p(x)", "path"),
        Term("from a kick v ~ N(0, I),  go to its end with probability"),
        Term("min(1, exp(−ΔH))", "choice"),
    ),
    n_particles=200,
    chain_length=200,
)
