"""Drawing without a chain, on a line and in the plane: heights, darts under a lid, weights."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import Any, NamedTuple

import numpy as np
from scipy.special import logsumexp, softmax

from paradigms import grid
from paradigms.grid import HALF_WIDTH
from paradigms.samplers.importance import (
    effective_number,
    effective_number_seen_from_target,
    importance,
    importance_weights,
    log_ratios,
)
from paradigms.samplers.inverse_cdf import inverse_cdf, quantile_of_cells
from paradigms.samplers.rejection import LID, rejection
from paradigms.trajectory import Trajectory, eased

N_DARTS, N_THROWS = 400, 40
N_OWN = 2000  # draws of p itself, which see what the draws of q miss
NOWHERE = 7.5  # outside the plane, where what is not to be seen waits


class FirstCoordinate:
    """p(x₁) of a density of two columns, summed along x₂ over [−8, 8]²: a density of one column.

    ln p is read off between the centres of the cells; beyond the outermost of them p is 0.
    """

    _axis = grid.axis(400, 2 * HALF_WIDTH)
    _cell = 4 * HALF_WIDTH / 400

    def __init__(self, target: Any) -> None:
        summed = logsumexp(grid.log_density(target, self._axis, self._axis), axis=0)
        self._log_density = summed - logsumexp(summed) - np.log(self._cell)

    def score_samples(self, X: np.ndarray) -> np.ndarray:
        """ln p(x₁) as ``(n,)`` for ``X (n, 1)``."""
        return np.interp(X[:, 0], self._axis, self._log_density, left=-np.inf, right=-np.inf)

    def quantile(self, u: np.ndarray) -> np.ndarray:
        """F⁻¹(u) as ``(n,)``, F rising in a straight line through each cell."""
        masses = np.broadcast_to(np.exp(self._log_density), (len(u), len(self._axis)))
        return -2 * HALF_WIDTH + self._cell * quantile_of_cells(masses, u)

    def curves(self, places: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
        """x₁ over the width of the plane and as far as the ``places`` lie, p and F there, ``(401,)`` each."""
        reach = max(HALF_WIDTH, float(np.abs(places).max()))
        x = np.linspace(-reach, reach, 401)
        density = np.exp(self.score_samples(x[:, None]))
        cumulative = np.cumsum(np.exp(self._log_density)) * self._cell
        return x, density, np.interp(x, self._axis + self._cell / 2, cumulative, left=0.0)


@dataclass(frozen=True, eq=False)
class LineOfDarts:
    """Darts at ``places (n,)`` and ``heights (n,)`` below a flat ``lid``, and which ``stayed (n,)``.

    ``expected`` is the share that stays by the areas: ∫ p over the width, over what lies under the lid.
    """

    places: np.ndarray
    heights: np.ndarray
    stayed: np.ndarray
    lid: float
    expected: float

    @property
    def rate(self) -> float:
        return float(self.stayed.mean())


def darts_on_a_line(line: FirstCoordinate, *, n: int = 200, seed: int = 0) -> LineOfDarts:
    """Throws each of n darts once, at the width of the plane; it stays if it falls under p."""
    rng = np.random.default_rng(seed)
    x, density, cumulative = line.curves(np.zeros(1))
    lid = LID * float(density.max())
    places, heights = rng.uniform(-HALF_WIDTH, HALF_WIDTH, n), rng.uniform(0, lid, n)
    stayed = np.log(heights) < line.score_samples(places[:, None])
    expected = (cumulative[-1] - cumulative[0]) / (lid * (x[-1] - x[0]))
    return LineOfDarts(places, heights, stayed, lid, float(expected))


@dataclass(frozen=True, eq=False)
class LineOfWeights:
    """``draws (n,)`` of q = N(0, ``spread``²), their ``weights (n,)`` of sum 1, how many they are worth.

    The last two as in :class:`Weighed`.
    """

    draws: np.ndarray
    weights: np.ndarray
    worth: float
    spread: float
    worth_seen_from_p: float
    missed: float


def weighed_on_a_line(line: FirstCoordinate, *, spread: float, n: int = 40, seed: int = 0) -> LineOfWeights:
    """Few draws, so that each can be seen."""
    rng = np.random.default_rng(seed)
    _, draws = importance(line, np.zeros((n, 1)), spread=spread, n_steps=1, rng=rng)
    weights = importance_weights(line, draws.position, spread)
    own = log_ratios(line, line.quantile(rng.random(N_OWN))[:, None], spread)
    return LineOfWeights(
        draws.position[:, 0],
        weights,
        effective_number(weights),
        spread,
        effective_number_seen_from_target(n, own),
        float(np.mean(own > log_ratios(line, draws.position, spread).max())),
    )


@dataclass(frozen=True, eq=False)
class Darts:
    """Where each dart lies after each throw; one that stays is thrown no more. ``rate``, the share that did.

    ``stayed (frames, n)`` says which do. ``expected`` is that share by the areas: ∫ p over the square, over
    the envelope's volume.
    """

    path: Trajectory
    stayed: np.ndarray
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
    stayed = np.array(stayed)
    axis = grid.axis(400, HALF_WIDTH)
    log_density = grid.log_density(target, axis, axis)
    return Darts(
        Trajectory(np.stack(places).astype(np.float32), np.arange(len(places), dtype=float)),
        stayed=stayed,
        rate=np.count_nonzero(stayed[-1]) / np.count_nonzero(~stayed[:-1]),
        expected=float(np.exp(log_density - log_density.max()).mean() / LID),
    )


def one_coordinate_after_the_other(
    target: Any, *, n: int = 400, n_frames: int = 60, seed: int = 0
) -> Trajectory:
    """Inverse transform sampling: from a corner to x₁ on the edge below, and from there up to x₂."""
    start = np.full((n, 2), -HALF_WIDTH)
    places = [snapshot.position for snapshot in inverse_cdf(target, start, rng=np.random.default_rng(seed))]
    share = eased(np.linspace(0, 1, n_frames // 2))[:, None, None]
    parts = [(1 - share) * a + share * b for a, b in pairwise(places)]
    return Trajectory(np.concatenate(parts).astype(np.float32), np.linspace(0, 2, 2 * (n_frames // 2)))


class Weighed(NamedTuple):
    """``draws (n, 2)`` of N(0, spread² I), draws from these by weight ``chosen (n, 2)``, their ``worth``.

    ``worth`` is 1/Σ w², and ``worth_seen_from_p`` the same by p's own draws: the two agree where q is wide
    enough. ``missed`` is the share of p's own draws that would weigh more than any draw of q did.
    """

    draws: np.ndarray
    chosen: np.ndarray
    worth: float
    worth_seen_from_p: float
    missed: float


def weighed(target: Any, *, spread: float, n: int = 500, seed: int = 0) -> Weighed:
    """The constant of p and its own draws are had from a grid over [−8, 8]²."""
    rng = np.random.default_rng(seed)
    _, draws, chosen = importance(target, np.zeros((n, 2)), spread=spread, rng=rng)
    *_, own = inverse_cdf(target, np.zeros((N_OWN, 2)), rng=rng)
    axis = grid.axis(400, 2 * HALF_WIDTH)
    log_total = logsumexp(grid.log_density(target, axis, axis)) + 2 * np.log(4 * HALF_WIDTH / 400)
    ratios, own_ratios = (log_ratios(target, X.position, spread) - log_total for X in (draws, own))
    return Weighed(
        draws.position,
        chosen.position,
        effective_number(softmax(ratios)),
        effective_number_seen_from_target(n, own_ratios),
        float(np.mean(own_ratios > ratios.max())),
    )
