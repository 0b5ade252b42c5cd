"""How a recording is played."""

from __future__ import annotations

import zlib
from typing import Any

from paradigms.experiments.sample.motion import Motion
from paradigms.scene.scene import Timeline


def timeline(recorded: Motion, time_label: str, **settings: Any) -> Timeline:
    """The id is a name for the player that changes with the frames, and with nothing else."""
    path = recorded.trajectory
    identity = f"{zlib.crc32(path.positions.tobytes()):08x}"
    settings.setdefault("times", tuple(path.times.tolist()))
    return Timeline(id=identity, time_label=time_label, **settings)
