"""How the frames of a trajectory are played."""

from __future__ import annotations

import zlib
from dataclasses import dataclass
from typing import Any

from paradigms.trajectory import Trajectory


@dataclass(frozen=True)
class Curve:
    """A number of each frame, drawn over the scrubber; on a logarithmic scale where ``log`` says so."""

    label: str
    values: tuple[float, ...]
    log: bool = False


@dataclass(frozen=True)
class Timeline:
    """One entry of ``times`` a frame, and a ``curve`` over the scrubber where there is one.

    ``id`` names the animation: the player starts anew when it changes and keeps its place otherwise. A
    caption is (first frame, words) or (first frame, words, part); the ``terms`` of a formula are (text,
    part), and those of the part that a caption names are lit while it stands. A ``trail`` shows where
    particles were that many frames ago, where the visitor switches it on or ``trails`` says so.
    """

    id: str
    times: tuple[float, ...]
    time_label: str
    seconds: float = 8.0
    loop: bool = False
    autoplay: bool = True
    curve: Curve | None = None
    captions: tuple[tuple[int, str] | tuple[int, str, str], ...] = ()
    terms: tuple[tuple[str, str], ...] = ()
    trail: int = 6
    trails: bool = False
    marks: tuple[tuple[int, str], ...] = ()

    @classmethod
    def of(cls, trajectory: Trajectory, time_label: str, **settings: Any) -> Timeline:
        """A trajectory's times, and an id that changes with its frames and with nothing else."""
        settings.setdefault("times", tuple(trajectory.times.tolist()))
        return cls(f"{zlib.crc32(trajectory.positions.tobytes()):08x}", time_label=time_label, **settings)

    def header(self) -> dict[str, Any]:
        """The timeline as the browser reads it."""
        return {
            "id": self.id,
            "frames": len(self.times),
            "times": self.times,
            "time_label": self.time_label,
            "seconds": self.seconds,
            "loop": self.loop,
            "autoplay": self.autoplay,
            "curve": self.curve and vars(self.curve),
            "captions": self.captions,
            "terms": self.terms,
            "trail": self.trail,
            "trails": self.trails,
            "marks": self.marks,
        }
