"""The card at the end of a model's file: title, distribution estimated, source, controls."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Control:
    """One parameter that a visitor may turn. Its default stands in the model's ``__init__`` only.

    Either a range (``low``, ``high``, ``step``; ``scale`` is "linear" or "log") or a tuple of ``options``.
    """

    parameter: str
    label: str
    low: float | None = None
    high: float | None = None
    step: float | None = None
    scale: str = "linear"
    options: tuple[Any, ...] = ()
    help: str = ""


@dataclass(frozen=True)
class Card:
    """``estimates`` is the distribution that ``fit`` estimates, as LaTeX, e.g. ``p(y \\mid x)``.

    ``source`` names the paper or book; ``rank`` orders the pickers, lowest first.
    """

    title: str
    estimator: type
    estimates: str
    source: str
    controls: tuple[Control, ...] = ()
    rank: int = 100

    @property
    def paradigm(self) -> str:
        """The folder that the model lives in: discriminative, generative or hybrid."""
        return self.estimator.__module__.split(".")[-2]
