"""Slice sampling along random directions, by stepping out and shrinkage."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from paradigms.cards import Control, SamplerCard, Term
from paradigms.protocols import Density
from paradigms.trajectory import Snapshot


def slice_sampler(
    target: Density,
    start: np.ndarray,
    *,
    width: float = 1.0,
    max_widths: int = 10,
    n_steps: int = 100,
    rng: np.random.Generator,
) -> Iterator[Snapshot]:
    """Draw a height y ~ U(0, p(x)), then x' uniform on the slice {x + t u : p(x + t u) ≥ y}, u a direction.

    The direction u is uniform on the sphere, drawn anew for every particle and step and independent of x, so
    that p is stationary: (x, y) is uniform below p before and after. Stepping out: an interval of length
    ``width``, laid over x at random, grows at both ends by ``width`` until they lie outside the slice or it
    is ``max_widths`` of these long. Shrinkage: draw from the interval until the draw lies in the slice; each
    that does not becomes the interval's end on its side of x. Nothing is refused; a poor ``width`` only costs
    evaluations.

    The target has ``score_samples``, up to a constant; each of ``start (n, d)`` is a chain of its own. A
    chain that starts where p is 0 stays there until a draw finds mass. The first snapshot is the start;
    ``time`` counts steps. Of the phases "path" leads to both ends of the interval and back, and "slice"
    through all draws from it.

    Neal (2003), Slice sampling: figures 3 (stepping out, with its limit m) and 5 (shrinkage); along
    directions at random instead of one coordinate after the other: MacKay (2003), Information theory,
    inference, and learning algorithms, section 29.7.
    """
    position = np.array(start, dtype=float)
    n, d = position.shape
    log_density = target.score_samples(position)
    yield Snapshot(0, 0.0, position)
    for step in range(1, n_steps + 1):
        direction = rng.standard_normal((n, d))
        direction /= np.linalg.norm(direction, axis=1, keepdims=True)
        line = _Line(target, position, direction)
        log_height = log_density + np.log1p(-rng.random(n))
        first = -width * rng.random(n)
        n_left = rng.integers(max_widths, size=n)
        left = line.stepped_out(first, -width, n_left, log_height)
        right = line.stepped_out(first + width, width, max_widths - 1 - n_left, log_height)
        out_and_back = np.stack([line.at(left), line.at(right), position])
        draws, log_density = line.shrunk(left, right, log_height, rng)
        position = draws[-1]
        phases = ("path", out_and_back), ("slice", np.stack(draws))
        yield Snapshot(step, float(step), position, phases=phases)


class _Line:
    """The lines x + t u through ``origin (n, d)`` along ``direction (n, d)``, one a chain, t ``(n,)``."""

    def __init__(self, target: Density, origin: np.ndarray, direction: np.ndarray) -> None:
        self.target, self.origin, self.direction = target, origin, direction

    def at(self, t: np.ndarray) -> np.ndarray:
        return self.origin + t[:, None] * self.direction

    def stepped_out(
        self, end: np.ndarray, stride: float, n_strides: np.ndarray, log_height: np.ndarray
    ) -> np.ndarray:
        """One end of each interval ``(n,)``, moved by ``stride`` at most ``n_strides (n,)`` times."""
        end, left_over = end.copy(), n_strides.copy()
        inside = np.flatnonzero(left_over > 0)
        while len(inside):
            places = self.origin[inside] + end[inside, None] * self.direction[inside]
            inside = inside[self.target.score_samples(places) >= log_height[inside]]
            end[inside] += stride
            left_over[inside] -= 1
            inside = inside[left_over[inside] > 0]
        return end

    def shrunk(
        self, left: np.ndarray, right: np.ndarray, log_height: np.ndarray, rng: np.random.Generator
    ) -> tuple[list[np.ndarray], np.ndarray]:
        """The draws from the intervals, ``(n, d)`` each, the last within the slices; and log p there."""
        left, right, t = left.copy(), right.copy(), np.zeros(len(left))
        log_density, draws = np.empty(len(left)), []
        outside = np.arange(len(left))
        while len(outside):
            t[outside] = rng.uniform(left[outside], right[outside])
            draws.append(self.at(t))
            log_density[outside] = self.target.score_samples(draws[-1][outside])
            outside = outside[log_density[outside] < log_height[outside]]
            below = t[outside] < 0
            left[outside[below]], right[outside[~below]] = t[outside[below]], t[outside[~below]]
        # From where p is 0 any draw would do; only one that has found mass is taken.
        draws[-1] = self.at(np.where(np.isneginf(log_density), 0.0, t))
        return draws, log_density


CARD = SamplerCard(
    title="Slice sampling",
    estimator=slice_sampler,
    estimates=r"x \sim p(x)",
    source="Neal (2003), Slice sampling",
    controls=(
        Control(
            "width", "Width w", low=0.05, high=5.0, scale="log", help="A bad one only costs evaluations."
        ),
        Control("n_steps", "Steps", low=10, high=1000, step=10),
    ),
    rank=9,
    family="chain",
    asks=(Density,),
    formula=(
        Term("y ~ U(0, p(x)),"),
        Term("out along a line until p < y", "path"),
        Term(",  then"),
        Term("x′ ~ U(what is left of it), until p(x′) > y", "slice"),
    ),
    n_particles=200,
    chain_length=400,
)
