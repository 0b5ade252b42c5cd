"""A target distribution with a formula, and its card."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class FormulaTarget:
    """A ``distribution`` with its ``title`` and, in one sentence, what is ``hard`` about it.

    It has ``score_samples`` (normalised), ``log_density_gradient``, ``sample`` and ``mean_and_covariance``,
    all exact, for two columns.
    """

    title: str
    distribution: Any
    hard: str
    rank: int = 100
