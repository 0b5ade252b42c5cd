"""Snapshots, which a sampler yields after each of its steps, and their recording as a Trajectory."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np


class Snapshot(NamedTuple):
    """The state of all particles after one step. Each field means the same in every sampler.

    ``step`` counts from 0, the start. ``time`` is the clock of the process that is simulated: the sum of a
    dynamics' step sizes, the noise level σ of a diffusion, the t of a flow; where there is none that all
    particles share, it counts steps. ``position (n, d)`` is what the step has come to.

    Where the algorithm has them: ``proposal (n, d)`` is where each particle last proposed to go, and
    ``accepted (n,)`` whether it moved there; ``path (m, n, d)`` are the places of one integration of a
    dynamics within the step, from its start to its end.

    ``phases`` are the parts of the step in order, as (name, positions) pairs: the positions ``(n, d)`` that
    the part leads to, or ``(m, n, d)``, all that it leads through. "score" adds the gradient's term and
    "noise" the random one, "path" leads along lines, "slice" to a draw on a line, "choice" accepts the
    proposal or refuses it, "swap" exchanges states.
    """

    step: int
    time: float
    position: np.ndarray
    proposal: np.ndarray | None = None
    accepted: np.ndarray | None = None
    path: np.ndarray | None = None
    phases: tuple[tuple[str, np.ndarray], ...] = ()


def eased(share: np.ndarray) -> np.ndarray:
    """The cubic smoothstep 3s² − 2s³ of s in [0, 1]: a motion that sets off and arrives slowly."""
    return share**2 * (3 - 2 * share)


def until_lost(
    snapshots: Iterable[Snapshot], far: float, *, with_phases: bool = False
) -> tuple[list[Snapshot], str | None]:
    """All snapshots of a run, or those until it diverged (FloatingPointError), and why.

    Positions are kept within ±``far``, since single precision has no room for more; phases only if asked for,
    and paths never.
    """
    kept: list[Snapshot] = []
    # Far out a gradient may leave the range of numbers: its proposal is refused, or the run ends there.
    with np.errstate(over="ignore", invalid="ignore"):
        try:
            for snapshot in snapshots:  # one at a time: those before a failure are kept
                phases = snapshot.phases if with_phases else ()
                position = np.clip(snapshot.position, -far, far)
                kept.append(snapshot._replace(position=position, path=None, phases=phases))
        except FloatingPointError as diverged:
            return kept, str(diverged)
    return kept, None


def share_accepted(snapshots: Iterable[Snapshot]) -> float | None:
    """The mean acceptance rate of the proposals; None where there were none."""
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
