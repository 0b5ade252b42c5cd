"""From data and fields to layers: how this app draws points, a function and a distribution."""

from __future__ import annotations

import numpy as np
from scipy.special import logsumexp, softmax

from paradigms.data.dataset import Dataset
from paradigms.scene.layers import HELD_OUT, RINGED, Boundary, Contour, Density, Layer, Points, Probability

CONTOUR_MASSES = (0.25, 0.5, 0.75, 0.95)


def data(dataset: Dataset, ringed: np.ndarray | None = None, faded: bool = False) -> Points:
    """The points of a data set; held-out ones hollow, those in the mask ``ringed (n,)`` ringed."""
    flags = np.where(dataset.held_out_mask, HELD_OUT, 0)
    if ringed is not None:
        flags = flags | np.where(ringed, RINGED, 0)
    return Points(dataset.X, dataset.y, flags, faded)


def function(probabilities: np.ndarray, slots: tuple[int, ...]) -> tuple[Layer, ...]:
    """p(y|x) ``(H, W, K)`` shaded, with the boundary that it draws."""
    return Probability(probabilities, slots), Boundary("probability", "function", "dashed")


def distribution(log_joint: np.ndarray, slots: tuple[int, ...]) -> tuple[Layer, ...]:
    """log p(x, y) ``(H, W, K)``: the density with its contours, and the Bayes boundary it implies."""
    if len(slots) < 2:
        return density(log_joint)
    posterior = Probability(softmax(log_joint, axis=-1), slots, id="posterior", visible=False)
    return (*density(log_joint), posterior, Boundary("posterior", "distribution", "dashed"))


def density(log_joint: np.ndarray) -> tuple[Layer, ...]:
    """log p(x), summed over the classes of log p(x, y) ``(H, W, K)``, with its contours."""
    log_density = logsumexp(log_joint, axis=-1)
    return Density(log_density), Contour("density", mass_levels(log_density), "distribution", "thin")


def true_boundary(log_joint: np.ndarray) -> tuple[Layer, ...]:
    """The Bayes-optimal boundary of the true log p(x, y) ``(H, W, K)``, solid."""
    slots = tuple(range(log_joint.shape[-1]))
    posterior = Probability(softmax(log_joint, axis=-1), slots, id="true_posterior", visible=False)
    return posterior, Boundary("true_posterior", "truth", "solid")


def true_density(log_joint: np.ndarray) -> tuple[Layer, ...]:
    """The contours of the true log p(x), solid; they hold the same masses as the estimate's."""
    log_density = logsumexp(log_joint, axis=-1)
    return (
        Density(log_density, id="true_density", visible=False),
        Contour("true_density", mass_levels(log_density), "truth", "thin"),
    )


def frontier(level: float) -> Contour:
    """Where log p(x) falls below ``level``."""
    return Contour("density", (level,), "anomaly", "solid")


def mass_levels(log_density: np.ndarray, masses: tuple[float, ...] = CONTOUR_MASSES) -> tuple[float, ...]:
    """The levels of log p above which lie the given shares of what the plane shows.

    These bound the highest-density regions (Hyndman 1996, "Computing and graphing highest density
    regions"), here by sorting the cells of the grid. A share that falls within one cell of a level
    already given is left out.
    """
    descending = np.sort(log_density, axis=None)[::-1]
    cumulative = np.cumsum(np.exp(descending - descending[0]))
    indices = np.searchsorted(cumulative, np.array(masses) * cumulative[-1])
    return tuple(dict.fromkeys(float(descending[min(index, len(descending) - 1)]) for index in indices))
