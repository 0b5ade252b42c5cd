"""Drawing without a chain, recorded: darts under a lid, weights, and what many dimensions do to both."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import numpy as np

from paradigms import grid
from paradigms.samplers.importance import effective_number, importance, importance_weights
from paradigms.samplers.inverse_cdf import inverse_cdf
from paradigms.samplers.rejection import LID, rejection
from paradigms.trajectory import Trajectory

N_DARTS, N_THROWS = 400, 40
NOWHERE = 7.5  # outside the plane, where what is not to be seen waits
HALF_WIDTH = 4.0


@dataclass(frozen=True, eq=False)
class Darts:
    """Where each dart lies after each throw; one that stays is thrown no more. ``rate``, the share that did.

    ``expected`` is that share by the areas: ∫ p over the square, over the envelope's volume.
    """

    path: Trajectory
    rate: float
    expected: float


def darts(target: Any, *, seed: int = 0) -> Darts:
    """Throws at the square of the plane."""
    start = np.full((N_DARTS, 2), NOWHERE)
    throws = rejection(
        target, start, half_width=HALF_WIDTH, n_steps=N_THROWS, rng=np.random.default_rng(seed)
    )
    places, stayed = [next(throws).position], [np.zeros(N_DARTS, dtype=bool)]
    for snapshot in throws:
        places.append(snapshot.proposal)
        stayed.append(snapshot.accepted)
    n_thrown = np.count_nonzero(~np.array(stayed[:-1]))
    axis = grid.axis(400, HALF_WIDTH)
    log_density = grid.log_density(target, axis, axis)
    return Darts(
        Trajectory(np.stack(places).astype(np.float32), np.arange(len(places), dtype=float)),
        rate=np.count_nonzero(stayed[-1]) / n_thrown,
        expected=float(np.exp(log_density - log_density.max()).mean() / LID),
    )


def one_coordinate_after_the_other(
    target: Any, *, n: int = 400, n_frames: int = 60, seed: int = 0
) -> Trajectory:
    """Inverse transform sampling: from a corner to x₁ on the edge below, and from there up to x₂."""
    start = np.full((n, 2), -HALF_WIDTH)
    places = [snapshot.position for snapshot in inverse_cdf(target, start, rng=np.random.default_rng(seed))]
    share = np.linspace(0, 1, n_frames // 2)[:, None, None]
    eased = share**2 * (3 - 2 * share)
    parts = [(1 - eased) * a + eased * b for a, b in pairwise(places)]
    return Trajectory(np.concatenate(parts).astype(np.float32), np.linspace(0, 2, 2 * (n_frames // 2)))


def weighed(
    target: Any, *, spread: float, n: int = 500, seed: int = 0
) -> tuple[np.ndarray, np.ndarray, float]:
    """Draws from N(0, spread² I) ``(n, 2)``, draws from these by weight, and how many they are worth."""
    _, draws, chosen = importance(target, np.zeros((n, 2)), spread=spread, rng=np.random.default_rng(seed))
    weights = importance_weights(target, draws.position, spread)
    return draws.position, chosen.position, effective_number(weights)


class Ball:
    """N(0, I) in any number of dimensions, up to a constant."""

    def score_samples(self, X: np.ndarray) -> np.ndarray:
        return -0.5 * (X**2).sum(axis=1)


@dataclass(frozen=True, eq=False)
class Curse:
    """For N(0, I) in d dimensions ``(k,)``: shares that were measured, and by formula.

    ``accepted`` of darts in the cube [−4, 4]^d under the lowest flat envelope, by formula (√(2π)/8)^d;
    ``worth``, the effective share of draws from N(0, 1.5² I) with weights, by formula [√(v(2s² − v))/s²]^d
    with v = 1, s = 1.5. Where no dart of ``n`` stayed the measured share is 0.
    """

    dimensions: np.ndarray
    accepted: np.ndarray
    accepted_formula: np.ndarray
    worth: np.ndarray
    worth_formula: np.ndarray
    n: int


def curse_of_dimension(*, n: int = 100_000, seed: int = 0) -> Curse:
    """Computed anew, for 1 to 20 dimensions."""
    rng, dimensions = np.random.default_rng(seed), np.arange(1, 21)
    accepted, worth, s = [], [], 1.5
    for d in dimensions:
        X = rng.uniform(-HALF_WIDTH, HALF_WIDTH, (n, d))
        accepted.append(np.mean(np.log1p(-rng.random(n)) < Ball().score_samples(X)))
        weights = importance_weights(Ball(), s * rng.standard_normal((n, d)), s)
        worth.append(effective_number(weights) / n)
    return Curse(
        dimensions=dimensions,
        accepted=np.array(accepted),
        accepted_formula=(np.sqrt(2 * np.pi) / (2 * HALF_WIDTH)) ** dimensions,
        worth=np.array(worth),
        worth_formula=(np.sqrt(2 * s**2 - 1) / s**2) ** dimensions,
        n=n,
    )
