"""The numbers beneath the planes: how good a classifier is, how good a density, how usual a point."""

from __future__ import annotations

import numpy as np

SMALLEST_PROBABILITY = 1e-15


def accuracy(y: np.ndarray, predicted: np.ndarray) -> float:
    """The share of labels ``(n,)`` that were predicted."""
    return float(np.mean(np.asarray(y) == np.asarray(predicted)))


def log_loss(y: np.ndarray, probabilities: np.ndarray, classes: np.ndarray) -> float:
    """The mean of −log p(yᵢ|xᵢ) in nats, from p(y|x) ``(n, K)`` with its columns in the order of ``classes``.

    No probability counts as less than 1e-15, and a label that is not among the (sorted) ``classes``
    counts as that: a model that never heard of a class pays 34.5 nats for it, rather than infinitely many.
    """
    y, classes = np.asarray(y), np.asarray(classes)
    column = np.searchsorted(classes, y).clip(max=len(classes) - 1)
    probability = np.where(classes[column] == y, probabilities[np.arange(len(y)), column], 0.0)
    return float(-np.mean(np.log(np.maximum(probability, SMALLEST_PROBABILITY))))


def mean_log_density(log_density: np.ndarray) -> float:
    """The mean of log p(xᵢ) over held-out points, in nats: the higher, the better the density fits."""
    return float(np.mean(log_density))


def familiarity(log_density: np.ndarray, held_out_log_density: np.ndarray) -> np.ndarray:
    """(1 + number of held-out points that are less likely) / (n + 1), for each of m points; ``(m,)``.

    The p-value of a conformal test with the density as its score (Vovk et al. 2005, section 2.2): of
    points like the held-out ones, at most a share α comes out at α or below. Held-out, because the
    points that a density was fitted to flatter it.
    """
    less_likely = np.searchsorted(np.sort(held_out_log_density), log_density, side="left")
    return (1 + less_likely) / (len(held_out_log_density) + 1)
