"""Drawn points in as few bytes as a link has room for; their order, and every bit of them, is kept.

    bits a point = 15 (x₁) + 15 (x₂) + ⌈log₂(number of classes)⌉

What is drawn lies on the plane, [-4, 4]², which is half of the lattice of ``drawn_points`` on each axis.
"""

from __future__ import annotations

import numpy as np

from paradigms.data.bad_data import BadData
from paradigms.data.dataset import MAX_POINTS
from paradigms.data.drawn_points import quantise
from paradigms.grid import HALF_WIDTH

_LOWEST = int(quantise(np.array([-HALF_WIDTH]))[0])
_BITS = 15  # a coordinate
_CLASS_BITS = (0, 1, 2, 2)  # by the last class that there is a point of


def compressed(packed: bytes) -> bytes:
    """The bytes of ``drawn_points.pack``, each point in 30 to 32 bits behind one byte that says how many.

    Raises BadData for a point that lies outside the plane, where none can be drawn.
    """
    n = len(packed) // 5
    xy = np.frombuffer(packed, dtype="<u2", count=2 * n).astype(int).reshape(n, 2) - _LOWEST
    class_indices = np.frombuffer(packed, dtype=np.uint8, offset=4 * n)
    if n and (xy.min() < 0 or xy.max() >> _BITS):
        raise BadData("A point lies outside the plane, where none can be drawn.")
    width = _CLASS_BITS[int(class_indices.max(initial=0))]
    bits = [_bits(xy[:, 0], _BITS), _bits(xy[:, 1], _BITS), _bits(class_indices, width)]
    return bytes([width]) + np.packbits(np.concatenate(bits, axis=1)).tobytes()


def expanded(compact: bytes) -> bytes:
    """What ``compressed`` was given. Raises BadData for bytes that it cannot have made."""
    width = compact[0] if compact else -1
    if width not in _CLASS_BITS or len(compact) > 1 + 4 * MAX_POINTS:
        raise BadData("The points did not arrive whole.")
    each = 2 * _BITS + width
    bits = np.unpackbits(np.frombuffer(compact, dtype=np.uint8, offset=1))
    n, rest = divmod(len(bits), each)
    if rest > 7 or bits[n * each :].any():
        raise BadData("The points did not arrive whole.")
    points = bits[: n * each].reshape(n, each)
    xy = np.stack([_number(points[:, :_BITS]), _number(points[:, _BITS : 2 * _BITS])], axis=1) + _LOWEST
    class_indices = _number(points[:, 2 * _BITS :])
    return xy.astype("<u2").tobytes() + class_indices.astype(np.uint8).tobytes()


def _bits(values: np.ndarray, width: int) -> np.ndarray:
    """Numbers ``(n,)`` in binary ``(n, width)``, the highest bit first."""
    return ((values[:, None] >> np.arange(width)[::-1]) & 1).astype(np.uint8)


def _number(bits: np.ndarray) -> np.ndarray:
    """The numbers ``(n,)`` that are written in binary."""
    return bits.astype(int) @ (1 << np.arange(bits.shape[1])[::-1])
