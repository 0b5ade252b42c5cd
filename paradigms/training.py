"""Learning as a generator: whoever drains it decides when to look, to pause and to stop."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class Progress:
    """What is known after optimiser step number ``step`` of ``n_steps``: the losses, by name."""

    step: int
    n_steps: int
    losses: Mapping[str, float]
