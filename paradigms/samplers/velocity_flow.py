"""The ODE of a flow, dx/dt = v(x, t) from noise to data, by Euler's or Heun's rule."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

import numpy as np

from paradigms.cards import Control, SamplerCard
from paradigms.protocols import VelocityField
from paradigms.trajectory import Snapshot


def velocity_flow(
    field: VelocityField,
    start: np.ndarray,
    *,
    n_steps: int = 20,
    method: str = "heun",
    y: np.ndarray | None = None,
    rng: np.random.Generator | None = None,
) -> Iterator[Snapshot]:
    """Solve dx/dt = v(x, t) from time 0 to time 1 in ``n_steps`` equal steps.

    ``start (n, d)`` lies at time 0, where the ``field`` has its noise; with labels ``y (n,)``, each point is
    led to its class. ``method`` is "euler" (one velocity a step) or "heun" (two, second order; the last
    step is Euler's, since a velocity towards the clean point, (x̂ − x)/(1 − t), has no value at time 1: it
    goes just there). ``rng`` is not used. The first snapshot is the start; ``time`` is the flow's own. Raises
    ValueError for another method, and for fewer steps than one.

    Lipman et al. (2023), Flow matching for generative modeling, eq. 1; Liu, Gong and Liu (2023), Flow
    straight and fast: learning to generate and transfer data with rectified flow, algorithm 1.
    """
    if method not in ("heun", "euler"):
        raise ValueError(f'method must be "heun" or "euler"; it is {method!r}.')
    if n_steps < 1:
        raise ValueError(f"A flow needs at least one step; it has {n_steps}.")
    position = np.array(start, dtype=float)
    yield Snapshot(0, 0.0, position)
    for step, (now, then) in enumerate(pairwise(np.linspace(0.0, 1.0, n_steps + 1).tolist()), start=1):
        velocity = field.velocity(position, now, y)
        if method == "heun" and then < 1:
            arrival = position + (then - now) * velocity
            velocity = (velocity + field.velocity(arrival, then, y)) / 2
        position = position + (then - now) * velocity
        yield Snapshot(step, then, position)


CARD = SamplerCard(
    title="Flow ODE",
    estimator=velocity_flow,
    estimates=r"x_1 \sim p(x)",
    source="Lipman et al. (2023), Flow matching for generative modeling",
    controls=(
        Control("n_steps", "Steps", low=1, high=200, step=1),
        Control("method", "Solver", options=("heun", "euler"), help="Heun looks ahead once in each step."),
    ),
    rank=90,
    family="flow",
    asks=(VelocityField,),
)
