"""A scene as one byte string for the browser: the header's length, the header as JSON, then its arrays."""

from __future__ import annotations

import json
import struct
from dataclasses import asdict
from typing import Any

import numpy as np

from paradigms.contract import CONTRACT
from paradigms.data.class_names import completed
from paradigms.scene.axes import named_axes
from paradigms.scene.quantised import Quantised
from paradigms.scene.scene import Picture, Scene

_ALIGNMENT = 8


def packed(scene: Scene) -> bytes:
    """The message of a scene; what is as the contract says it is by default is left out.

    Raises
    ------
    ValueError
        Where a number is not finite, which JSON cannot say.
    """
    groups = {
        "picture": _picture(scene.picture),
        "drawing": vars(scene.drawing),
        "probing": vars(scene.probing),
        "status": vars(scene.status),
    }
    header = {"name": scene.name}
    for group, defaults in CONTRACT["header"].items():
        if told := _differing(groups[group], defaults):
            header[group] = told
    return framed(header)


def _picture(picture: Picture) -> dict[str, Any]:
    timeline = picture.timeline
    return {
        "alt": picture.alt,
        "class_names": list(completed(picture.class_names)),
        "axes": [{"name": name, **asdict(axis)} for name, axis in named_axes(picture.units)],
        "units": picture.units and picture.units.to_json(),
        "layers": [
            {"kind": layer.kind, **_differing(layer.header(), CONTRACT["layers"][layer.kind]["defaults"])}
            for layer in picture.layers
        ],
        "timeline": timeline and _differing(timeline.header(), CONTRACT["timeline"]["defaults"]),
    }


def _differing(values: dict[str, Any], defaults: dict[str, Any]) -> dict[str, Any]:
    """Those of the values that are not as by default; arrays always are others."""
    plain = {name: list(value) if type(value) is tuple else value for name, value in values.items()}
    return {
        name: value
        for name, value in plain.items()
        if name not in defaults or isinstance(value, np.ndarray) or value != defaults[name]
    }


def framed(header: dict[str, Any]) -> bytes:
    """Four bytes of header length (little-endian), the header as JSON, then the arrays that it holds.

    In the place of an array stands by what the browser finds it again: offset, shape and type, and for
    quantised values their scale and shift.
    """
    parts: list[bytes] = []
    length = 0

    def described(node: Any) -> Any:
        nonlocal length
        if isinstance(node, Quantised):
            return {**described(node.stored), "scale": node.scale, "shift": node.shift}
        if isinstance(node, np.ndarray):
            data = node.tobytes()
            data += bytes(-len(data) % _ALIGNMENT)
            descriptor = {"offset": length, "shape": list(node.shape), "dtype": node.dtype.name}
            parts.append(data)
            length += len(data)
            return descriptor
        if isinstance(node, dict):
            return {name: described(value) for name, value in node.items()}
        if isinstance(node, list | tuple):
            return [described(value) for value in node]
        return node

    encoded = json.dumps(described(header), separators=(",", ":"), allow_nan=False).encode()
    return b"".join([struct.pack("<I", len(encoded)), encoded, *parts])
