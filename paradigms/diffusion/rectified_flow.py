"""Rectified flow: the velocity along straight lines between the starts and the ends of another flow."""

from __future__ import annotations

import numpy as np

from paradigms.densities.softmax_sums import softmax_sums

_BLOCK = 256  # points answered at a time


class RectifiedFlow:
    """v(x, t) = E[x₁ − x₀ | (1 − t)x₀ + tx₁ = x] over pairs of a flow's ``starts`` and ``ends``, ``(m, d)``.

    The pairs of a flow seldom cross on their straight lines as those of chance do, so that nearly every place
    has one direction, and keeps it. Here the mean is no network's but taken over the pairs themselves (kernel
    regression; Nadaraya 1964, Watson 1964):

        v(x, t) = Σᵢ wᵢ (x₁ᵢ − x₀ᵢ),  wᵢ ∝ exp(−|x − (1 − t)x₀ᵢ − tx₁ᵢ|²/2h²),  h = ``width``.

    The bias: neighbours within h share a direction, so that in a single step two points come no nearer than
    they were, an edge is as soft as h, and between two islands some particles stop half-way; later steps mend
    it. With 1,000 to 4,000 pairs of a mixture on the plane h = 0.05 costs one step less than 0.005 of energy
    distance, 0.15 up to 0.025; local lines in place of the mean are no better. Far from all pairs the nearest
    one leads. In single precision, enough for h of 0.01 and more. Raises ValueError where starts and ends do
    not match, there are none, or the width is not positive.

    Liu, Gong and Liu (2023), Flow straight and fast: learning to generate and transfer data with rectified
    flow, algorithm 1 with its reflow, whose pairs come from a flow in the place of chance.
    """

    def __init__(self, starts: np.ndarray, ends: np.ndarray, width: float = 0.05) -> None:
        self.starts, self.ends = np.asarray(starts, dtype=np.float32), np.asarray(ends, dtype=np.float32)
        self.width = float(width)
        if self.starts.ndim != 2 or self.starts.shape != self.ends.shape or len(self.starts) == 0:
            raise ValueError(f"Pairs are two (m, d) arrays, not {self.starts.shape} and {self.ends.shape}.")
        if not self.width > 0:
            raise ValueError(f"The width must be positive; it is {width}.")

    def velocity(self, X: np.ndarray, time: float, y: np.ndarray | None = None) -> np.ndarray:
        """dx/dt as ``(n, d)`` for ``X (n, d)``; y is ignored."""
        time, precision = float(time), self.width**-2
        seen = (1 - time) * self.starts + time * self.ends
        # log wᵢ up to a constant of x: (x·xᵢ − |xᵢ|²/2)/h², as one matrix product.
        seen_by = precision * np.vstack([seen.T, -0.5 * (seen**2).sum(axis=1)])
        directions = np.column_stack([self.ends - self.starts, np.ones(len(seen), dtype=np.float32)])
        points = np.column_stack([X, np.ones(len(X))]).astype(np.float32)
        velocity = np.empty(np.shape(X))
        for start in range(0, len(X), _BLOCK):
            rows = slice(start, start + _BLOCK)
            logits = points[rows] @ seen_by
            logits -= logits.max(axis=1, keepdims=True)
            sums = softmax_sums(logits, directions)
            velocity[rows] = sums[:, :-1] / sums[:, -1:]
        return velocity
