"""Arrays for the browser: quantised, aligned, one after the other in one byte string."""

from __future__ import annotations

import json
import struct
from typing import Any, NamedTuple

import numpy as np


class Quantised(NamedTuple):
    """Real values as unsigned integers: ``shift + scale * stored``, to half a ``scale``."""

    stored: np.ndarray
    scale: float
    shift: float

    @classmethod
    def of(cls, values: np.ndarray, low: float, high: float, dtype: type = np.uint16) -> Quantised:
        """Values of [low, high] over the whole range of ``dtype``; values outside are clipped."""
        steps = np.iinfo(dtype).max
        scale = (high - low) / steps if high > low else 1.0
        return cls(np.clip(np.rint((values - low) / scale), 0, steps).astype(dtype), scale, low)


class Payload:
    """Collects arrays; each ``add`` answers with the descriptor by which the browser finds it again."""

    _ALIGNMENT = 8

    def __init__(self) -> None:
        self._parts: list[bytes] = []
        self._length = 0

    def add(self, array: np.ndarray, scale: float = 1.0, shift: float = 0.0) -> dict[str, Any]:
        """Store an array as it is; its values are read as ``shift + scale * stored``."""
        data = np.ascontiguousarray(array).tobytes()
        data += bytes(-len(data) % self._ALIGNMENT)
        descriptor = {
            "offset": self._length,
            "shape": list(array.shape),
            "dtype": array.dtype.name,
            "scale": scale,
            "shift": shift,
        }
        self._parts.append(data)
        self._length += len(data)
        return descriptor

    def add_quantised(self, values: Quantised) -> dict[str, Any]:
        """Store quantised values, with how to read them."""
        return self.add(values.stored, scale=values.scale, shift=values.shift)

    def framed(self, header: dict[str, Any]) -> bytes:
        """Four bytes of header length (little-endian), the header as JSON, then the arrays."""
        encoded = json.dumps(header, separators=(",", ":"), allow_nan=False).encode()
        return b"".join([struct.pack("<I", len(encoded)), encoded, *self._parts])
