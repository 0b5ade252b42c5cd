"""Rejection sampling: uniform proposals below an envelope, kept where they lie below the density."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from paradigms import grid
from paradigms.cards import SamplerCard
from paradigms.protocols import Density
from paradigms.trajectory import Snapshot

# The envelope over the highest value on the grid, since a peak may lie between two of its places.
ENVELOPE_MARGIN = 1.02


def rejection(
    target: Density,
    start: np.ndarray,
    *,
    half_width: float = 4.0,
    envelope: float | None = None,
    n_steps: int = 10_000,
    rng: np.random.Generator,
) -> Iterator[Snapshot]:
    """Propose x uniform in the square of ``half_width`` and a height u M, u ~ U(0, 1); accept if u M < p(x).

    What is accepted is distributed as p, however it is normalised, within the square. M = ``envelope`` must
    be at least max p; without one it is that of :func:`flat_log_envelope`. The target has ``score_samples``
    for two columns. Each of ``start (n, 2)`` proposes until it is accepted, at most ``n_steps`` times, and
    stays where it is until then; snapshots carry its last ``proposal (n, 2)`` and whether that was
    ``accepted (n,)``; ``time`` counts steps. Raises ValueError where p rises above M.

    von Neumann (1951), Various techniques used in connection with random digits.
    """
    position = np.array(start, dtype=float)
    yield Snapshot(0, 0.0, position)
    log_m = flat_log_envelope(target, half_width) if envelope is None else np.log(envelope)
    accepted = np.zeros(len(position), dtype=bool)
    proposal = position.copy()
    for step in range(1, n_steps + 1):
        waiting = np.flatnonzero(~accepted)
        if len(waiting) == 0:
            return
        proposal = proposal.copy()
        proposal[waiting] = rng.uniform(-half_width, half_width, (len(waiting), 2))
        log_density = target.score_samples(proposal[waiting])
        if log_density.max() > log_m:
            raise ValueError("The density rises above the envelope; a higher one is needed.")
        below = np.log1p(-rng.random(len(waiting))) < log_density - log_m
        accepted = accepted.copy()
        accepted[waiting[below]] = True
        position = np.where(accepted[:, None], proposal, position)
        yield Snapshot(step, float(step), position, proposal=proposal, accepted=accepted)


def flat_log_envelope(target: Density, half_width: float) -> float:
    """log M, M a little above max p over the square of that ``half_width``.

    The maximum is that over the centres of a grid's cells, and over finer grids round the highest of them,
    between which a narrow peak may stand.
    """
    axis = grid.axis(400, half_width)
    log_density = grid.log_density(target, axis, axis)
    rows, columns = np.unravel_index(np.argsort(log_density, axis=None)[-50:], log_density.shape)
    fine = np.linspace(-1, 1, 11) * (axis[1] - axis[0])
    around = np.stack(np.meshgrid(fine, fine), axis=-1).reshape(-1, 2)
    places = np.column_stack([axis[columns], axis[rows]])[:, None] + around
    highest = max(log_density.max(), target.score_samples(places.reshape(-1, 2)).max())
    return float(highest + np.log(ENVELOPE_MARGIN))


CARD = SamplerCard(
    title="Rejection",
    estimator=rejection,
    estimates=r"x \sim p(x)",
    source="von Neumann (1951), Various techniques used in connection with random digits",
    controls=(),
    rank=2,
    family="direct",
    asks=(Density,),
)
