"""The numbers of classes as a network is told them: the same whatever the classes are called."""

from __future__ import annotations

import numpy as np


def order_of_appearance(class_index: np.ndarray) -> np.ndarray:
    """For each class 0..K−1 its rank by first appearance, ``(K,)``: a numbering that no renaming changes."""
    _, first = np.unique(class_index, return_index=True)
    return np.argsort(np.argsort(first))
