"""A target distribution with a formula, and its card."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from paradigms.protocols import Density, DifferentiableDensity, Moments, Sampleable


class TargetDistribution(Density, DifferentiableDensity, Sampleable, Moments, Protocol):
    """A normalised density of two columns with its gradient, moments and draws, all exact."""


@dataclass(frozen=True)
class FormulaTarget:
    """A ``distribution`` with its ``title`` and, in one sentence, what is ``hard`` about sampling it."""

    title: str
    distribution: TargetDistribution
    hard: str
    rank: int = 100
