"""How much memory a result takes, nearly: its arrays, and what else it is made of."""

from __future__ import annotations

import sys
from typing import Any

import numpy as np


def size_in_bytes(value: Any) -> int:
    """Each object is counted once; what is written in C and is no array, as its own ``__sizeof__`` says."""
    total, seen, to_look_at = 0, set(), [value]
    while to_look_at:
        one = to_look_at.pop()
        if id(one) in seen or isinstance(one, type) or (callable(one) and hasattr(one, "__code__")):
            continue
        seen.add(id(one))
        if isinstance(one, np.ndarray):
            to_look_at.append(one.base)
            total += 0 if isinstance(one.base, np.ndarray) else one.nbytes
            continue
        total += sys.getsizeof(one) + getattr(one, "nbytes", 0)  # a tensor is larger than what it says
        if isinstance(one, dict):
            to_look_at.extend(one.values())
        elif isinstance(one, (list, tuple, set, frozenset)):
            to_look_at.extend(one)
        elif not isinstance(one, (str, bytes, int, float)):
            to_look_at.append(getattr(one, "__dict__", None))
            to_look_at.append(getattr(one, "__self__", None))
    return total
