"""The shapes that the quality of samples is measured on; each draws n points of the plane.

They are the usual ones of the field, and not the app's presets: those have classes and a blur of their own,
and the app's checkerboard fills both colours of squares.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from paradigms.evaluation.quality import QualityScale

Draw = Callable[[int, np.random.Generator], np.ndarray]


def moons(n: int, rng: np.random.Generator) -> np.ndarray:
    """Two half circles of radius 1 with noise 0.05, as in scikit-learn's make_moons."""
    angle, second = np.pi * rng.random(n), rng.random(n) < 0.5
    X = np.column_stack([np.cos(angle), np.sin(angle)])
    X[second] = [1.0, 0.5] - X[second]
    return X + 0.05 * rng.standard_normal((n, 2))


def eight_gaussians(n: int, rng: np.random.Generator) -> np.ndarray:
    """Eight Gaussians of deviation 0.2 on a circle of radius 2."""
    angle = np.pi / 4 * rng.integers(8, size=n)
    return 2 * np.column_stack([np.cos(angle), np.sin(angle)]) + 0.2 * rng.standard_normal((n, 2))


def checkerboard(n: int, rng: np.random.Generator) -> np.ndarray:
    """The eight dark squares of a board of four by four."""
    x = rng.uniform(-2, 2, n)
    y = rng.random(n) - 2 * rng.integers(2, size=n) + np.floor(x) % 2
    return np.column_stack([x, y])


def swiss_roll(n: int, rng: np.random.Generator) -> np.ndarray:
    """A spiral of one and a half turns with noise, as the roll of scikit-learn seen from the side."""
    angle = 1.5 * np.pi * (1 + 2 * rng.random(n))
    return np.column_stack([angle * np.cos(angle), angle * np.sin(angle)]) / 5 + 0.1 * rng.standard_normal(
        (n, 2)
    )


def letter(n: int, rng: np.random.Generator) -> np.ndarray:
    """A capital R drawn with a brush: a stem, a bowl and a leg."""
    angles = np.linspace(np.pi / 2, -np.pi / 2, 13)
    bowl = np.column_stack([1.2 * np.cos(angles), 1.0 + np.sin(angles)])
    strokes = np.vstack([[[0, -2], [0, 2]], bowl, [[0, 0], [1.3, -2]]])
    starts, lengths = strokes[:-1], np.linalg.norm(np.diff(strokes, axis=0), axis=1)
    chosen = rng.choice(len(starts), size=n, p=lengths / lengths.sum())
    along = rng.random((n, 1))
    return starts[chosen] + along * (strokes[1:] - starts)[chosen] + 0.1 * rng.standard_normal((n, 2))


TUNED_ON: dict[str, Draw] = {"moons": moons, "checkerboard": checkerboard, "swiss roll": swiss_roll}
UNTOUCHED: dict[str, Draw] = {"eight Gaussians": eight_gaussians, "letter": letter}
FIRST_FOUR = ("moons", "eight Gaussians", "checkerboard", "swiss roll")  # what something is promised for
SHAPES: dict[str, Draw] = {name: (TUNED_ON | UNTOUCHED)[name] for name in (*FIRST_FOUR, "letter")}

N_POINTS = 8000  # to learn from
N_SAMPLES = 5000  # compared with as many fresh points


def points(name: str, seed: int, n: int = N_POINTS) -> np.ndarray:
    """What the training with that seed sees of a shape, ``(n, 2)``; it draws other random numbers itself."""
    return SHAPES[name](n, np.random.default_rng([n, seed]))


def scales() -> dict[str, QualityScale]:
    """How samples of each shape are judged: against eight sets of fresh points, lest floors be luck."""
    rng = np.random.default_rng(12345)
    return {name: QualityScale([draw(N_SAMPLES, rng) for _ in range(8)]) for name, draw in SHAPES.items()}
