"""Points as the plane sends and shows them: 16 bits a coordinate over [-8, 8], one byte a class index.

What comes from a browser is not trusted: whatever does not decode is refused with BadData.
"""

from __future__ import annotations

import base64
import binascii

import numpy as np

from paradigms.contract import CONTRACT
from paradigms.data.bad_data import BadData
from paradigms.data.dataset import MAX_CLASSES, MAX_POINTS
from paradigms.grid import HALF_WIDTH

HALF_RANGE = float(CONTRACT["lattice"]["half_range"])  # of the lattice; what is drawn lies on the plane
STEP = 2 * HALF_RANGE / CONTRACT["lattice"]["steps"]
_BYTES_PER_POINT = 5


def quantise(X: np.ndarray) -> np.ndarray:
    """``X (..., 2)`` in plane units as uint16 ``(..., 2)``, to the nearest step; beyond ±8 to the edge."""
    return np.rint((np.clip(X, -HALF_RANGE, HALF_RANGE) + HALF_RANGE) / STEP).astype("<u2")


def restore(quantised: np.ndarray) -> np.ndarray:
    """Plane units from uint16."""
    return np.asarray(quantised, dtype=np.float64) * STEP - HALF_RANGE


def pack(X: np.ndarray, class_indices: np.ndarray) -> bytes:
    """All points in one byte string: the quantised coordinates, then the class indices. Raises BadData."""
    X, class_indices = np.asarray(X, dtype=np.float64).reshape(-1, 2), np.asarray(class_indices)
    if not np.isfinite(X).all():
        raise BadData("Some coordinates are missing or infinite.")
    if class_indices.size and (class_indices.min() < 0 or class_indices.max() >= MAX_CLASSES):
        raise BadData(f"The plane has room for {MAX_CLASSES} classes.")
    return _checked(quantise(X).tobytes(), class_indices.astype(np.uint8).tobytes())


def unpack(packed: bytes) -> tuple[np.ndarray, np.ndarray]:
    """``X (n, 2)`` in plane units and class indices ``(n,)`` from :func:`pack`'s bytes. Raises BadData."""
    n, rest = divmod(len(packed), _BYTES_PER_POINT)
    if rest:
        raise BadData("The drawing is damaged: its length is not that of whole points.")
    _checked(packed[: 4 * n], packed[4 * n :])
    xy = np.frombuffer(packed, dtype="<u2", count=2 * n).reshape(n, 2)
    return restore(xy), np.frombuffer(packed, dtype=np.uint8, offset=4 * n).astype(np.int64)


def decode(snapshot: object) -> bytes:
    """The packed points of the plane's snapshot ``{"xy": base64, "slots": base64, …}``. Raises BadData."""
    if not isinstance(snapshot, dict):
        raise BadData("The drawing did not arrive whole.")
    packed = _checked(_decoded(snapshot.get("xy")), _decoded(snapshot.get("slots")))
    if (np.abs(unpack(packed)[0]) > HALF_WIDTH).any():
        raise BadData("The drawing has a point outside the plane, where none can be drawn.")
    return packed


def encode(packed: bytes) -> dict[str, str]:
    """The same snapshot for the way out."""
    n = len(packed) // _BYTES_PER_POINT
    parts = {"xy": packed[: 4 * n], "slots": packed[4 * n :]}
    return {name: base64.b64encode(part).decode("ascii") for name, part in parts.items()}


def _decoded(text: object) -> bytes:
    # Four characters carry three bytes; far longer ones are refused before they are decoded.
    if not isinstance(text, str) or len(text) > 8 * _BYTES_PER_POINT * MAX_POINTS:
        raise BadData("The drawing did not arrive whole.")
    try:
        return base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError):
        raise BadData("The drawing is damaged: it is not base64.") from None


def _checked(xy: bytes, class_indices: bytes) -> bytes:
    if len(xy) != 4 * len(class_indices):
        raise BadData("The drawing is damaged: it has not one label for each point.")
    if len(class_indices) > MAX_POINTS:
        raise BadData(f"There are {len(class_indices):,} points, and the limit is {MAX_POINTS:,}.")
    if class_indices and max(class_indices) >= MAX_CLASSES:
        raise BadData(f"The drawing has a point of an unknown class; the plane has room for {MAX_CLASSES}.")
    return xy + class_indices
