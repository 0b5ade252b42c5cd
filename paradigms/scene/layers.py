"""The layers of a scene, and how each is told to the browser; how it is painted is the browser's affair.

Fields are arrays over cell centres of [-4, 4]², row 0 at the lowest y. Points are quantised over the plane's
lattice, [-8, 8]², so that a stray one outside the visible square keeps its place.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Any, ClassVar, Literal, Protocol

import numpy as np

from paradigms.contract import CONTRACT
from paradigms.scene.quantised import Quantised

Hue = Literal["function", "distribution", "truth", "anomaly"]
LineStyle = Literal["thin", "dashed", "solid"]

DENSITY_FLOOR = 60.0  # a picture of log p goes this far below its peak; only pictures floor a log
HELD_OUT, RINGED, SAMPLED, SUPPORTING = (
    CONTRACT["point_flags"][flag] for flag in ("held_out", "ringed", "sampled", "supporting")
)
DISC, RING, CROSS = map(CONTRACT["particle_shapes"].index, ("disc", "ring", "cross"))


class Layer(Protocol):
    """One of the kinds that the contract names."""

    kind: ClassVar[str]

    def header(self) -> dict[str, Any]:
        """The layer's part of the header, with its arrays in it."""
        ...


@dataclass(frozen=True, eq=False)
class Probability:
    """p(y|x) as ``values (H, W, K)``; channel k belongs to the class in ``class_indices[k]``."""

    kind: ClassVar[str] = "probability"
    values: np.ndarray
    class_indices: tuple[int, ...]
    id: str = "probability"
    visible: bool = True

    @cached_property
    def _quantised(self) -> Quantised:
        return Quantised.of(np.moveaxis(self.values, -1, 0), 0.0, 1.0)

    def header(self) -> dict[str, Any]:
        return {
            "id": self.id,
            "values": self._quantised,
            "slots": self.class_indices,
            "visible": self.visible,
        }


@dataclass(frozen=True, eq=False)
class Density:
    """log p(x) as ``values (H, W)``, floored below its peak; or another value, named by its ``label``.

    The tone is exp(½ (value − peak)). A field with an empty label says nothing where it is pointed at.
    """

    kind: ClassVar[str] = "density"
    values: np.ndarray
    id: str = "density"
    visible: bool = True
    label: str = "ln p(x)"

    @cached_property
    def _quantised(self) -> Quantised:
        peak = float(self.values.max())
        return Quantised.of(self.values, peak - DENSITY_FLOOR, peak)

    def header(self) -> dict[str, Any]:
        return {"id": self.id, "values": self._quantised, "visible": self.visible, "label": self.label}


@dataclass(frozen=True)
class Contour:
    """Lines of equal value of the density layer ``field``."""

    kind: ClassVar[str] = "contour"
    field: str
    levels: tuple[float, ...]
    hue: Hue
    style: LineStyle

    def header(self) -> dict[str, Any]:
        return vars(self)


@dataclass(frozen=True)
class Boundary:
    """Where the likeliest class of the probability layer ``field`` changes."""

    kind: ClassVar[str] = "boundary"
    field: str
    hue: Hue
    style: LineStyle

    def header(self) -> dict[str, Any]:
        return vars(self)


@dataclass(frozen=True, eq=False)
class Points:
    """Points ``xy (n, 2)`` of ``class_indices (n,)``; ``flags (n,)`` are sums of HELD_OUT, RINGED, …"""

    kind: ClassVar[str] = "points"
    xy: np.ndarray
    class_indices: np.ndarray
    flags: np.ndarray | int = 0
    faded: bool = False

    def header(self) -> dict[str, Any]:
        flags = np.broadcast_to(np.asarray(self.flags, dtype=np.uint8), (len(self.xy),))
        return {
            "xy": Quantised.on_the_lattice(self.xy),
            "slots": np.asarray(self.class_indices, dtype=np.uint8),
            "flags": flags if flags.any() else None,
            "faded": self.faded,
        }


@dataclass(frozen=True, eq=False)
class Arrows:
    """A vector field: ``uv (n, 2)`` drawn at ``xy (n, 2)``."""

    kind: ClassVar[str] = "arrows"
    xy: np.ndarray
    uv: np.ndarray
    hue: Hue

    def header(self) -> dict[str, Any]:
        return {"xy": self.xy.astype(np.float32), "uv": self.uv.astype(np.float32), "hue": self.hue}


@dataclass(frozen=True, eq=False)
class Particles:
    """Points that move: ``positions (frames, n, 2)``; in ink without ``class_indices`` and without a hue.

    ``fields (F, H, W)`` in [0, 1] lie behind them; frame t shows ``fields[field_of_frame[t]]``. ``shapes
    (frames, n)`` are DISC, RING or CROSS. ``phases`` are those of steps that are taken apart, as (first
    frame, "score" | "noise" | "path" | …, whether a step begins): each is drawn until the step ends.
    """

    kind: ClassVar[str] = "particles"
    positions: np.ndarray
    class_indices: np.ndarray | None = None
    fields: np.ndarray | None = None
    field_of_frame: tuple[int, ...] = ()
    hue: Hue | None = None
    shapes: np.ndarray | None = None
    phases: tuple[tuple[int, str, bool], ...] = ()

    @cached_property
    def _quantised(self) -> Quantised:
        return Quantised.on_the_lattice(self.positions)

    def header(self) -> dict[str, Any]:
        fields = None
        if self.fields is not None:
            tones = np.rint(255 * np.clip(self.fields, 0.0, 1.0)).astype(np.uint8)
            fields = {"values": tones, "frame": self.field_of_frame}
        return {
            "positions": self._quantised,
            "slots": None if self.class_indices is None else np.asarray(self.class_indices, dtype=np.uint8),
            "fields": fields,
            "hue": self.hue,
            "shapes": None if self.shapes is None else self.shapes.astype(np.uint8),
            "phases": self.phases,
        }


@dataclass(frozen=True)
class Probe:
    """The place that was pointed at."""

    kind: ClassVar[str] = "probe"
    at: tuple[float, float]

    def header(self) -> dict[str, Any]:
        return vars(self)
