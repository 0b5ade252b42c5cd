"""What an animation is: a sampler yields Snapshots, a Trajectory records them for the player."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np


class Snapshot(NamedTuple):
    """The state of all particles after one step.

    ``time`` is what the algorithm's clock shows (elapsed step size for a chain, noise level σ for a
    diffusion); ``position (n, d)``; where the algorithm has them: ``proposal (n, d)``, ``accepted (n,)``
    bool, and the inner ``path (m, n, d)`` of a step such as a leapfrog.
    """

    step: int
    time: float
    position: np.ndarray
    proposal: np.ndarray | None = None
    accepted: np.ndarray | None = None
    path: np.ndarray | None = None


@dataclass(frozen=True)
class Trajectory:
    """Frames for the player.

    ``positions (frames, n, 2)`` float32; ``times (frames,)``; ``fields (frames, H, W)`` where wanted: a
    picture behind the particles for each frame.
    """

    positions: np.ndarray
    times: np.ndarray
    fields: np.ndarray | None = None

    @classmethod
    def record(cls, snapshots: Iterable[Snapshot], every: int = 1) -> Trajectory:
        """Run a sampler to its end and keep one snapshot in ``every``, and the last."""
        kept: list[Snapshot] = []
        last = None
        for index, snapshot in enumerate(snapshots):
            last = snapshot
            if index % every == 0:
                kept.append(snapshot)
        if last is None:
            raise ValueError("A trajectory needs at least one snapshot.")
        if kept[-1] is not last:
            kept.append(last)
        positions = np.stack([snapshot.position for snapshot in kept]).astype(np.float32)
        return cls(positions, np.array([snapshot.time for snapshot in kept]))
