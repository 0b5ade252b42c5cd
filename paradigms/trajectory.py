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


def eased(share: np.ndarray) -> np.ndarray:
    """A share of a way, from 0 to 1, that sets off and arrives slowly: 3s² − 2s³."""
    return share**2 * (3 - 2 * share)


def until_lost(
    snapshots: Iterable[Snapshot], far: float, *, with_paths: bool = False
) -> tuple[list[Snapshot], str | None]:
    """All snapshots of a run, or those until its particles were lost (FloatingPointError), and why.

    Positions are kept within ±``far``, since single precision has no room for more; paths only if asked for.
    """
    kept: list[Snapshot] = []
    # Far out a slope may leave the range of numbers: the proposal is refused, or the walk ends in a sentence.
    with np.errstate(over="ignore", invalid="ignore"):
        try:
            for snapshot in snapshots:  # one at a time: those before a failure are kept
                position, path = np.clip(snapshot.position, -far, far), snapshot.path if with_paths else None
                kept.append(snapshot._replace(position=position, path=path))
        except FloatingPointError as lost:
            return kept, str(lost)
    return kept, None


def share_accepted(snapshots: Iterable[Snapshot]) -> float | None:
    """Of the proposals; None where there were none."""
    shares = [snapshot.accepted.mean() for snapshot in snapshots if snapshot.accepted is not None]
    return float(np.mean(shares)) if shares else None


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
