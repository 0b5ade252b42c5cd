"""The layers of a scene. Each knows how to pack itself; how it is painted is the browser's affair.

Fields are arrays over cell centres of [-4, 4]², row 0 at the lowest y. Points are quantised over [-8, 8],
so that a stray one outside the visible square keeps its place.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, Literal, Protocol

import numpy as np

from paradigms.scene.payload import Payload, Quantised

Hue = Literal["function", "distribution", "truth", "anomaly"]
LineStyle = Literal["thin", "dashed", "solid"]

POINT_EXTENT = 8.0
DENSITY_FLOOR = 60.0  # a picture of log p goes this far below its peak; only pictures floor a log
HELD_OUT, RINGED, SAMPLED, SUPPORTING = 1, 2, 4, 8
DISC, RING, CROSS = 0, 1, 2  # shapes of particles


class Layer(Protocol):
    def pack(self, payload: Payload) -> dict[str, Any]:
        """Put the arrays into the payload and answer with the layer's part of the header."""
        ...


@dataclass(frozen=True, eq=False)
class Probability:
    """p(y|x) as ``values (H, W, K)``; channel k belongs to the class in ``slots[k]``."""

    values: np.ndarray
    slots: tuple[int, ...]
    id: str = "probability"
    visible: bool = True

    @cached_property
    def _quantised(self) -> Quantised:
        return Quantised.of(np.moveaxis(self.values, -1, 0), 0.0, 1.0)

    def pack(self, payload: Payload) -> dict[str, Any]:
        return {
            "kind": "probability",
            "id": self.id,
            "values": payload.add_quantised(self._quantised),
            "slots": list(self.slots),
            "visible": self.visible,
            "half_width": 4,
        }


@dataclass(frozen=True, eq=False)
class Density:
    """log p(x) as ``values (H, W)``, floored below its peak; or another value, named by its ``label``.

    The tone is exp(½ (value − peak)). A field with an empty label says nothing where it is pointed at.
    """

    values: np.ndarray
    id: str = "density"
    visible: bool = True
    label: str = "ln p(x)"

    @cached_property
    def _quantised(self) -> Quantised:
        peak = float(self.values.max())
        return Quantised.of(self.values, peak - DENSITY_FLOOR, peak)

    def pack(self, payload: Payload) -> dict[str, Any]:
        return {
            "kind": "density",
            "id": self.id,
            "values": payload.add_quantised(self._quantised),
            "visible": self.visible,
            "label": self.label,
            "half_width": 4,
        }


@dataclass(frozen=True)
class Contour:
    """Lines of equal value of the density layer ``field``."""

    field: str
    levels: tuple[float, ...]
    hue: Hue
    style: LineStyle

    def pack(self, payload: Payload) -> dict[str, Any]:
        return {"kind": "contour", **vars(self), "levels": list(self.levels)}


@dataclass(frozen=True)
class Boundary:
    """Where the likeliest class of the probability layer ``field`` changes."""

    field: str
    hue: Hue
    style: LineStyle

    def pack(self, payload: Payload) -> dict[str, Any]:
        return {"kind": "boundary", **vars(self)}


@dataclass(frozen=True, eq=False)
class Points:
    """Labelled points ``xy (n, 2)``, ``slots (n,)``; ``flags (n,)`` are sums of HELD_OUT, RINGED, …"""

    xy: np.ndarray
    slots: np.ndarray
    flags: np.ndarray | int = 0
    faded: bool = False

    def pack(self, payload: Payload) -> dict[str, Any]:
        flags = np.broadcast_to(np.asarray(self.flags, dtype=np.uint8), (len(self.xy),))
        return {
            "kind": "points",
            "xy": payload.add_quantised(Quantised.of(self.xy, -POINT_EXTENT, POINT_EXTENT)),
            "slots": payload.add(np.asarray(self.slots, dtype=np.uint8)),
            "flags": payload.add(flags),
            "faded": self.faded,
            "size": None,
        }


@dataclass(frozen=True, eq=False)
class Arrows:
    """A vector field: ``uv (n, 2)`` drawn at ``xy (n, 2)``."""

    xy: np.ndarray
    uv: np.ndarray
    hue: Hue

    def pack(self, payload: Payload) -> dict[str, Any]:
        return {
            "kind": "arrows",
            "xy": payload.add(self.xy.astype(np.float32)),
            "uv": payload.add(self.uv.astype(np.float32)),
            "hue": self.hue,
        }


@dataclass(frozen=True, eq=False)
class Particles:
    """Points that move: ``positions (frames, n, 2)``; in ink where neither ``slots`` nor a hue colours them.

    ``fields (F, H, W)`` in [0, 1] lie behind them; frame t shows ``fields[field_of_frame[t]]``. ``shapes
    (frames, n)`` are DISC, RING or CROSS. ``legs`` are the parts of steps that are taken apart, as (first
    frame, "slope" | "noise" | "path" | …, whether a step begins): each is drawn until the step ends.
    """

    positions: np.ndarray
    slots: np.ndarray | None = None
    fields: np.ndarray | None = None
    field_of_frame: tuple[int, ...] = field(default=())
    hue: Hue | None = None
    shapes: np.ndarray | None = None
    legs: tuple[tuple[int, str, bool], ...] = ()

    @cached_property
    def _quantised(self) -> Quantised:
        return Quantised.of(self.positions, -POINT_EXTENT, POINT_EXTENT)

    def pack(self, payload: Payload) -> dict[str, Any]:
        fields = None
        if self.fields is not None:
            tones = np.rint(255 * np.clip(self.fields, 0.0, 1.0)).astype(np.uint8)
            fields = {"values": payload.add(tones), "frame": list(self.field_of_frame)}
        slots = None if self.slots is None else payload.add(np.asarray(self.slots, dtype=np.uint8))
        return {
            "kind": "particles",
            "positions": payload.add_quantised(self._quantised),
            "slots": slots,
            "fields": fields,
            "hue": self.hue,
            "shapes": None if self.shapes is None else payload.add(self.shapes.astype(np.uint8)),
            "legs": [list(leg) for leg in self.legs],
        }


@dataclass(frozen=True)
class Probe:
    """The place that was pointed at."""

    at: tuple[float, float]

    def pack(self, payload: Payload) -> dict[str, Any]:
        return {"kind": "probe", "at": list(self.at)}
