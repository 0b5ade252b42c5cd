"""Held-out measures: accuracy, log loss, mean log density, conformal p-values."""

from __future__ import annotations

from typing import Any

import numpy as np

SMALLEST_PROBABILITY = 1e-15
# Of log p, or of 1 where |log p| is less: two log densities that differ by no more are tied. Networks in
# single precision answer the same place by up to 6e-6 otherwise when other places are asked about with it.
TIED = 1e-4


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


def tie_width(log_density: np.ndarray) -> np.ndarray:
    """By how much another log density may be higher and still be tied with this one; infinite ones by ~0."""
    return TIED * np.maximum(1.0, np.abs(np.nan_to_num(log_density)))


def n_at_most_as_likely(log_density: np.ndarray, held_out_log_density: np.ndarray) -> np.ndarray:
    """How many held-out points are at most as likely as each of m points, ties included; ``(m,)``."""
    highest = log_density + tie_width(log_density)
    return np.searchsorted(np.sort(held_out_log_density), highest, side="right")


def conformal_p_value(n_at_most_as_likely: Any, n_held_out: int) -> Any:
    """(1 + k)/(n + 1), k of n held-out points being at most as likely (Vovk, Gammerman and Shafer 2005)."""
    return (1 + n_at_most_as_likely) / (n_held_out + 1)


def familiarity(log_density: np.ndarray, held_out_log_density: np.ndarray) -> np.ndarray:
    """(1 + number of held-out points that are at most as likely) / (n + 1), for each of m points; ``(m,)``.

    The p-value of a conformal test with the density as its score (Vovk, Gammerman and Shafer 2005, section
    2.2): of points like the held-out ones, at most a share α comes out at α or below, also where many are
    tied. To count near ties as ties keeps that true, for it only makes places more familiar. Held-out,
    because the points that a density was fitted to flatter it.
    """
    tied_or_less = n_at_most_as_likely(log_density, held_out_log_density)
    return conformal_p_value(tied_or_less, len(held_out_log_density))
