"""Highest-density regions: the levels of log p that bound given shares of the mass."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from scipy.special import logsumexp

from paradigms import grid
from paradigms.densities.grid_interpolation import Table
from paradigms.evaluation.adaptive_cubature import Cubature

CONTOUR_MASSES = (0.25, 0.5, 0.75, 0.95)
_BLUR = 0.01  # of the mass: the places of a lattice come in rings of equal log p
_WRONG = 0.015  # of the mass: a line that holds so much more or less than it should is none


class Contours(NamedTuple):
    """The ``levels`` of the lines to draw; the masses ``left_out``, whose lines the picture cannot show."""

    levels: tuple[float, ...] = ()
    left_out: tuple[float, ...] = ()


def mass_levels(
    log_density: np.ndarray,
    masses: tuple[float, ...] = CONTOUR_MASSES,
    log_mass: np.ndarray | None = None,
) -> tuple[float, ...]:
    """The levels above which lie the given shares of what the plane shows, one for each share.

    ``log_density`` are values at any places, and ``log_mass`` the logarithm of the mass that each stands for,
    up to a constant; without it all stand for equal areas. A level is the mean of log p over 2 % of the mass.

    Hyndman (1996), Computing and graphing highest density regions.
    """
    log_mass = (log_density if log_mass is None else log_mass).ravel().astype(float)
    order = np.argsort(-log_density, axis=None)
    descending = log_density.ravel()[order].astype(float)
    edges = np.concatenate([[0.0], np.cumsum(np.exp(log_mass[order] - log_mass.max()))])
    edges /= edges[-1]
    blurred = [np.diff(np.clip(edges, mass - _BLUR, mass + _BLUR)) for mass in masses]
    return tuple(float(np.average(descending, weights=weights)) for weights in blurred)


def contours(cubature: Cubature) -> Contours:
    """The lines of ``CONTOUR_MASSES``, without those that hold another mass.

    A line is drawn where the picture, which is bilinear between the centres of its cells, has that level; on
    a density hardly wider than a cell that is not where the density has it. So levels lie half-way between
    those of the two, and a line has to hold its mass as the density has it, and as it is drawn.
    """
    picture = logsumexp(cubature.log_joint, axis=-1, keepdims=True)
    fields = cubature.log_density, Table(picture, grid.HALF_WIDTH)(cubature.places)[:, 0]
    levels = np.mean([mass_levels(field, log_mass=cubature.log_mass) for field in fields], axis=0)
    mass = np.exp(cubature.log_mass - logsumexp(cubature.log_mass))
    drawn, left_out = [], []
    for share, level in zip(CONTOUR_MASSES, levels.tolist(), strict=True):
        right = all(abs(mass[field > level].sum() - share) < _WRONG for field in fields)
        drawn.append(level) if right else left_out.append(share)
    return Contours(tuple(drawn), tuple(left_out))
