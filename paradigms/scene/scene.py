"""What one plane shows and what may be done with it, as plain records; ``message`` packs them."""

from __future__ import annotations

from dataclasses import dataclass, field

from paradigms.data.tables.units import Units
from paradigms.scene.layers import Layer
from paradigms.scene.timeline import Timeline


@dataclass(frozen=True, eq=False)
class Picture:
    """What is seen: ``layers`` from the bottom up, which ``alt`` says in words.

    ``class_names`` name the first classes, letters the rest; ``units`` are those of the table that the points
    came from, None for plane units. The ``timeline`` plays the particles, where there are any.
    """

    alt: str
    layers: tuple[Layer, ...] = ()
    class_names: tuple[str, ...] = ()
    units: Units | None = None
    timeline: Timeline | None = None


@dataclass(frozen=True)
class Drawing:
    """How the plane stands to the visitor's points.

    Attributes
    ----------
    draw
        Whether they can be drawn on this plane.
    drawn
        Whether they were drawn by hand: they are no preset any more.
    revision
        That of the points, which counts every change of them.
    origin
        The revision put in place by the server (a preset, a table) that the points were drawn on; their
        class names and units are that one's.
    commit
        The browser's name for the stroke that made this revision; empty where the server made it.
    """

    draw: bool = False
    drawn: bool = False
    revision: int = 0
    origin: int = 0
    commit: str = ""


@dataclass(frozen=True)
class Probing:
    """Whether a place of the plane can be asked about, and the ``answer`` that is shown in the picture."""

    probe: bool = False
    answer: str | None = None


@dataclass(frozen=True)
class Status:
    """How what is shown stands.

    Attributes
    ----------
    dimmed
        A sentence laid over the picture, which is dimmed beneath it; None where it is shown as it is.
    status
        How a training or a computation stands, spoken when it changes.
    busy
        Whether there is more to come: meanwhile only ``status`` is spoken.
    reveal
        How often the plane was asked for: when it grows, the page scrolls to the plane.
    """

    dimmed: str | None = None
    status: str = ""
    busy: bool = False
    reveal: int = 0


@dataclass(frozen=True, eq=False)
class Scene:
    """One plane, found by its ``name`` in the browser."""

    name: str
    picture: Picture
    drawing: Drawing = field(default_factory=Drawing)
    probing: Probing = field(default_factory=Probing)
    status: Status = field(default_factory=Status)
