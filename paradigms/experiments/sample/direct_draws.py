"""Direct sampling on a line and in the plane: inverse transform, rejection, importance weights."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import NamedTuple

import numpy as np
from scipy.special import logsumexp, softmax

from paradigms import grid
from paradigms.experiments.sample.first_coordinate import FirstCoordinate
from paradigms.grid import HALF_WIDTH
from paradigms.protocols import Density
from paradigms.samplers.importance import (
    effective_sample_size,
    effective_sample_size_from_target,
    importance,
    importance_weights,
    log_ratios,
)
from paradigms.samplers.inverse_cdf import inverse_cdf
from paradigms.samplers.rejection import ENVELOPE_MARGIN, flat_log_envelope, rejection
from paradigms.trajectory import Trajectory, eased

N_POINTS, N_PROPOSALS = 400, 40
N_OWN = 2000  # draws of p itself, which lie also where the draws of q do not
OUTSIDE = 7.5  # the plane, where what is not to be seen waits


@dataclass(frozen=True, eq=False)
class LineRejection:
    """Proposals ``x (n,)`` at ``heights (n,)`` below a flat ``envelope``, and which are ``accepted (n,)``.

    ``expected`` is the acceptance rate by the areas: ∫ p over the width, over what lies below the envelope.
    """

    x: np.ndarray
    heights: np.ndarray
    accepted: np.ndarray
    envelope: float
    expected: float

    @property
    def rate(self) -> float:
        """The share that was accepted."""
        return float(self.accepted.mean())


def rejection_on_a_line(line: FirstCoordinate, *, n: int = 200, seed: int = 0) -> LineRejection:
    """One proposal each for n points, uniform over the width of the plane: accepted below p."""
    rng = np.random.default_rng(seed)
    places, density, cumulative = line.curves(np.zeros(1))
    envelope = ENVELOPE_MARGIN * float(density.max())
    x, heights = rng.uniform(-HALF_WIDTH, HALF_WIDTH, n), rng.uniform(0, envelope, n)
    accepted = np.log(heights) < line.score_samples(x[:, None])
    expected = (cumulative[-1] - cumulative[0]) / (envelope * (places[-1] - places[0]))
    return LineRejection(x, heights, accepted, envelope, float(expected))


@dataclass(frozen=True, eq=False)
class LineImportance:
    """``draws (n,)`` of q = N(0, ``spread``²) and their ``weights (n,)``, of sum 1.

    The other numbers are as in :class:`PlaneImportance`.
    """

    draws: np.ndarray
    weights: np.ndarray
    spread: float
    effective_sample_size: float
    effective_sample_size_from_p: float
    missed: float


def importance_on_a_line(
    line: FirstCoordinate, *, spread: float, n: int = 40, seed: int = 0
) -> LineImportance:
    """Few draws, so that each can be seen."""
    rng = np.random.default_rng(seed)
    _, draws = importance(line, np.zeros((n, 1)), spread=spread, n_steps=1, rng=rng)
    weights = importance_weights(line, draws.position, spread)
    own = log_ratios(line, line.quantile(rng.random(N_OWN))[:, None], spread)
    return LineImportance(
        draws.position[:, 0],
        weights,
        spread,
        effective_sample_size(weights),
        effective_sample_size_from_target(n, own),
        float(np.mean(own > log_ratios(line, draws.position, spread).max())),
    )


@dataclass(frozen=True, eq=False)
class PlaneRejection:
    """The proposals, a frame each, of points that stay where they are once ``accepted (frames, n)``.

    ``rate`` is the acceptance rate, and ``expected`` the same by the areas: ∫ p over the square, over the
    envelope's volume.
    """

    path: Trajectory
    accepted: np.ndarray
    rate: float
    expected: float


def rejection_in_the_plane(target: Density, *, seed: int = 0) -> PlaneRejection:
    """Proposals uniform over the square of the plane."""
    start = np.full((N_POINTS, 2), OUTSIDE)
    steps = rejection(
        target, start, half_width=HALF_WIDTH, n_steps=N_PROPOSALS, rng=np.random.default_rng(seed)
    )
    places, accepted = [next(steps).position], [np.zeros(N_POINTS, dtype=bool)]
    for snapshot in steps:
        places.append(snapshot.proposal)
        accepted.append(snapshot.accepted)
    accepted = np.array(accepted)
    axis = grid.axis(400, HALF_WIDTH)
    log_density = grid.log_density(target, axis, axis)
    return PlaneRejection(
        Trajectory(np.stack(places).astype(np.float32), np.arange(len(places), dtype=float)),
        accepted=accepted,
        rate=np.count_nonzero(accepted[-1]) / np.count_nonzero(~accepted[:-1]),
        expected=float(np.exp(log_density - flat_log_envelope(target, HALF_WIDTH)).mean()),
    )


def inverse_transform_in_the_plane(
    target: Density, *, n: int = 400, n_frames: int = 60, seed: int = 0
) -> Trajectory:
    """From a corner to x₁ = F₁⁻¹(u₁) on the edge below, and from there up to x₂ = F₂⁻¹(u₂ | x₁)."""
    start = np.full((n, 2), -HALF_WIDTH)
    places = [snapshot.position for snapshot in inverse_cdf(target, start, rng=np.random.default_rng(seed))]
    share = eased(np.linspace(0, 1, n_frames // 2))[:, None, None]
    parts = [(1 - share) * a + share * b for a, b in pairwise(places)]
    return Trajectory(np.concatenate(parts).astype(np.float32), np.linspace(0, 2, 2 * (n_frames // 2)))


class PlaneImportance(NamedTuple):
    """``draws (n, 2)`` of N(0, spread² I), and those ``resampled (n, 2)`` from them by weight.

    ``effective_sample_size`` is 1/Σ w², and ``effective_sample_size_from_p`` the same by p's own draws: the
    two agree where q is wide enough. ``missed`` is the share of p's own draws that would weigh more than any
    draw of q did.
    """

    draws: np.ndarray
    resampled: np.ndarray
    effective_sample_size: float
    effective_sample_size_from_p: float
    missed: float


def importance_in_the_plane(
    target: Density, *, spread: float, n: int = 500, seed: int = 0
) -> PlaneImportance:
    """The constant of p and its own draws are had from a grid over [−8, 8]²."""
    rng = np.random.default_rng(seed)
    _, draws, resampled = importance(target, np.zeros((n, 2)), spread=spread, rng=rng)
    *_, own = inverse_cdf(target, np.zeros((N_OWN, 2)), rng=rng)
    axis = grid.axis(400, 2 * HALF_WIDTH)
    log_total = logsumexp(grid.log_density(target, axis, axis)) + 2 * np.log(4 * HALF_WIDTH / 400)
    ratios, own_ratios = (log_ratios(target, X.position, spread) - log_total for X in (draws, own))
    return PlaneImportance(
        draws.position,
        resampled.position,
        effective_sample_size(softmax(ratios)),
        effective_sample_size_from_target(n, own_ratios),
        float(np.mean(own_ratios > ratios.max())),
    )
