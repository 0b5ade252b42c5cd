"""One picture of the plane: layers, what may be done with it, and its timeline."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field
from typing import Any

from paradigms.data.class_names import completed
from paradigms.data.tables.units import Units
from paradigms.scene.axes import named_axes
from paradigms.scene.layers import Layer
from paradigms.scene.payload import Payload


@dataclass(frozen=True)
class Timeline:
    """How particles are played: one entry of ``times`` a frame, and a curve under the scrubber.

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
    curve_label: str = ""
    curve: tuple[float, ...] = ()
    curve_is_log: bool = False
    captions: tuple[tuple[int, str] | tuple[int, str, str], ...] = ()
    terms: tuple[tuple[str, str], ...] = ()
    trail: int = 6
    trails: bool = False
    marks: tuple[tuple[int, str], ...] = ()

    def header(self) -> dict[str, Any]:
        curve = {"label": self.curve_label, "values": list(self.curve), "log": self.curve_is_log}
        return {
            "id": self.id,
            "frames": len(self.times),
            "times": list(self.times),
            "time_label": self.time_label,
            "seconds": self.seconds,
            "loop": self.loop,
            "autoplay": self.autoplay,
            "curve": curve if self.curve else None,
            "captions": [list(caption) for caption in self.captions],
            "terms": [list(term) for term in self.terms],
            "trail": self.trail,
            "trails": self.trails,
            "marks": [list(mark) for mark in self.marks],
        }


@dataclass(frozen=True, eq=False)
class Scene:
    """What one plane shows. ``alt`` says it in words; ``revision`` is that of the points it shows, and
    ``origin`` the revision that these were drawn on.

    ``class_names`` name the first slots, letters the rest; ``units`` are those of the table that the points
    came from, None for plane units; ``dimmed`` is a sentence laid over a veiled picture;
    ``answer`` are a few words about the place that was pointed at, shown in the picture; ``status`` says how
    a training stands, spoken when it changes, and while it is ``busy`` nothing else is; when ``reveal``
    changes, the page scrolls to the plane, for it was just asked for.
    """

    name: str
    alt: str
    layers: tuple[Layer, ...]
    class_names: tuple[str, ...]
    revision: int
    units: Units | None = None
    origin: int = 0
    commit: str = ""
    drawn: bool = False
    draw: bool = False
    probe: bool = False
    dimmed: str | None = None
    answer: str | None = None
    status: str = ""
    busy: bool = False
    reveal: int = 0
    timeline: Timeline | None = None
    limit: int = field(default=5000)

    def to_bytes(self) -> bytes:
        payload = Payload()
        header = {
            "name": self.name,
            "alt": self.alt,
            "revision": self.revision,
            "origin": self.origin,
            "commit": self.commit,
            "drawn": self.drawn,
            "draw": self.draw,
            "probe": self.probe,
            "dimmed": self.dimmed,
            "answer": self.answer,
            "status": self.status,
            "busy": self.busy,
            "reveal": self.reveal,
            "limit": self.limit,
            "classes": [{"name": name} for name in completed(self.class_names)],
            "axes": [{"name": name, **asdict(axis)} for name, axis in named_axes(self.units)],
            "units": self.units and self.units.to_json(),
            "layers": [layer.pack(payload) for layer in self.layers],
            "timeline": self.timeline.header() if self.timeline else None,
        }
        return payload.framed(header)
