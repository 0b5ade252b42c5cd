"""Joint training of several densities, one for each class, step by step."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

import numpy as np

from paradigms.protocols import CannotFit, Trainable
from paradigms.training import Progress


def side_by_side(
    densities: Sequence[Trainable], points: Sequence[np.ndarray], labels: Sequence[Any]
) -> Iterator[Progress]:
    """One step of each density on its own points, again and again; the losses are means over them."""
    for progress in zip(*map(_steps, densities, points, labels), strict=True):
        losses = {name: np.mean([each.losses[name] for each in progress]) for name in progress[0].losses}
        yield Progress(progress[0].step, progress[0].n_steps, losses)


@contextmanager
def class_named(label: Any) -> Iterator[None]:
    """Whoever cannot be fitted in here says which class it was about."""
    try:
        yield
    except CannotFit as reason:
        raise CannotFit(f"Class {label}: {reason}") from reason


def _steps(density: Trainable, points: np.ndarray, label: Any) -> Iterator[Progress]:
    with class_named(label):
        yield from density.fit_steps(points)
