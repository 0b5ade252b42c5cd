"""Rejection sampling: throw darts under an envelope, and keep those that land under the density."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from paradigms import grid
from paradigms.cards import Card
from paradigms.protocols import DensityModel
from paradigms.trajectory import Snapshot

LID = (
    1.02  # the envelope over the highest value on the grid, since a peak may lie between two places looked at
)


def rejection(
    target: DensityModel,
    start: np.ndarray,
    *,
    half_width: float = 4.0,
    envelope: float | None = None,
    n_steps: int = 10_000,
    rng: np.random.Generator,
) -> Iterator[Snapshot]:
    """A dart falls anywhere in the square of ``half_width``, at a height u M; it stays if u M < p(x).

    What stays is distributed as p, however it is normalised, within the square. M = ``envelope`` must be at
    least max p; without one it is looked for on a grid, and on finer ones round the highest cells. The
    target has ``score_samples`` for two columns. Each of ``start (n, 2)`` is one dart that is thrown again
    until it stays, at most ``n_steps`` times; snapshots carry where it fell, ``proposal (n, 2)``, and whether
    it has stayed so far, ``accepted (n,)``; one that is refused lies where it lay before. ``time`` counts
    throws. Raises ValueError where p rises above M.

    von Neumann (1951), Various techniques used in connection with random digits.
    """
    position = np.array(start, dtype=float)
    yield Snapshot(0, 0.0, position)
    log_envelope = _highest(target, half_width) + np.log(LID) if envelope is None else np.log(envelope)
    stayed = np.zeros(len(position), dtype=bool)
    proposal = position.copy()
    for step in range(1, n_steps + 1):
        thrown = np.flatnonzero(~stayed)
        if len(thrown) == 0:
            return
        proposal = proposal.copy()
        proposal[thrown] = rng.uniform(-half_width, half_width, (len(thrown), 2))
        log_density = target.score_samples(proposal[thrown])
        if log_density.max() > log_envelope:
            raise ValueError("The density rises above the envelope; a higher one is needed.")
        kept = thrown[np.log1p(-rng.random(len(thrown))) < log_density - log_envelope]
        stayed[kept] = True
        position = np.where(stayed[:, None], proposal, position)
        yield Snapshot(step, float(step), position, proposal=proposal, accepted=stayed.copy())


def _highest(target: DensityModel, half_width: float) -> float:
    """log max p over the square: a narrow peak may stand between the centres of the first grid's cells."""
    axis = grid.axis(400, half_width)
    log_density = grid.log_density(target, axis, axis)
    rows, columns = np.unravel_index(np.argsort(log_density, axis=None)[-50:], log_density.shape)
    fine = np.linspace(-1, 1, 11) * (axis[1] - axis[0])
    around = np.stack(np.meshgrid(fine, fine), axis=-1).reshape(-1, 2)
    places = np.column_stack([axis[columns], axis[rows]])[:, None] + around
    return max(log_density.max(), target.score_samples(places.reshape(-1, 2)).max())


CARD = Card(
    title="Rejection",
    estimator=rejection,
    estimates=r"x \sim p(x)",
    source="von Neumann (1951), Various techniques used in connection with random digits",
    controls=(),
    rank=2,
)
