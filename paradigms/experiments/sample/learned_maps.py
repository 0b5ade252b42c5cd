"""Learned transport maps, recorded: the flow of a velocity, a latent map, conditionals slice by slice."""

from __future__ import annotations

import numpy as np

from paradigms.experiments.sample.motion import N_PARTICLES, Motion
from paradigms.progress import Report, reported, unreported
from paradigms.protocols import LatentMap, VelocityField
from paradigms.samplers.inverse_cdf import quantile_of_cells
from paradigms.samplers.velocity_flow import velocity_flow
from paradigms.trajectory import Trajectory, eased

LATENT_REACH = 2.5  # the grid reaches as many standard deviations of z: 98 % of each coordinate lie within
N_IN_SLICE = 60
N_LINES, N_ALONG = 11, 41  # lines of the grid each way, and dots on a line


def flow(model: VelocityField, *, n_frames: int = 60, seed: int = 0, report: Report = unreported) -> Motion:
    """The flow of the model's velocity from N(0, I) at time 0 to data at time 1, each point for a class.

    Heun's rule from frame to frame: two velocities, second order; see ``velocity_flow``.
    """
    rng = np.random.default_rng(seed)
    labels = rng.choice(model.classes_, size=N_PARTICLES, p=np.exp(model.class_log_prior_))
    start = rng.standard_normal((N_PARTICLES, 2))
    snapshots = velocity_flow(model, start, n_steps=n_frames - 1, y=labels)
    return Motion(Trajectory.record(reported(snapshots, n_frames, report)), class_indices=labels)


def latent_map(model: LatentMap, *, n_frames: int = 49) -> Motion:
    """A grid in the space of codes z, and where the model maps it through its stages, for every class.

    Between the stages of ``model.warp`` every dot moves in a straight line, which is drawn and not learned; a
    flow has a stage for each layer. ``times`` count the stages.
    """
    grid = _grid(model.latent_dimension)
    labels = np.repeat(model.classes_, len(grid))
    stages = model.warp(np.tile(grid, (len(model.classes_), 1)), labels)
    times = np.linspace(0, len(stages) - 1, n_frames)
    before = np.minimum(times.astype(int), len(stages) - 2)
    share = times - before
    shown = eased(share)[:, None, None]  # slow at each stage, so that it can be seen
    positions = (1 - shown) * stages[before] + shown * stages[before + 1]
    turns = tuple(int(np.searchsorted(times, stage)) for stage in range(1, len(stages) - 1))
    return Motion(Trajectory(positions.astype(np.float32), times), turns=turns, class_indices=labels)


def slices(log_density: np.ndarray, half_width: float, *, n_frames: int = 80) -> tuple[Motion, np.ndarray]:
    """The slices p(x₂ | x₁) of a density on a grid, ``(H, W)``, left to right; and p(x₁) at each, ``(f,)``.

    What lies beside the grid counts for nothing: p is made to integrate to 1 over it.
    A particle stands at each of N_IN_SLICE evenly spaced quantiles of the slice, so that they crowd where it
    is dense, and moves with its quantile. ``times`` are the places x₁. Columns with less than a thousandth of
    the highest marginal are passed over: nobody knows what is there.
    """
    density = np.exp(log_density.astype(float) - log_density.max())
    width = 2 * half_width / density.shape[1]
    marginal = density.sum(axis=0) / (density.sum() * width)
    seen = np.flatnonzero(marginal > 1e-3 * marginal.max())
    columns = seen[np.linspace(0, len(seen) - 1, n_frames).round().astype(int)]
    levels = (np.arange(N_IN_SLICE) + 0.5) / N_IN_SLICE
    positions = np.empty((n_frames, N_IN_SLICE, 2), dtype=np.float32)
    for frame, column in enumerate(columns):
        masses = np.broadcast_to(density[:, column], (N_IN_SLICE, len(density)))
        positions[frame, :, 1] = -half_width + width * quantile_of_cells(masses, levels)
        positions[frame, :, 0] = -half_width + width * (column + 0.5)
    return Motion(Trajectory(positions, positions[:, 0, 0].astype(float))), marginal[columns]


def _grid(latent_dimension: int) -> np.ndarray:
    """Dots on the lines of a grid over the first two coordinates of z (on one line where there is one)."""
    along = np.linspace(-LATENT_REACH, LATENT_REACH, N_ALONG)
    if latent_dimension == 1:
        return np.linspace(-LATENT_REACH, LATENT_REACH, N_LINES * N_ALONG)[:, None]
    across, fine = np.meshgrid(np.linspace(-LATENT_REACH, LATENT_REACH, N_LINES), along)
    lines = np.column_stack([across.ravel(), fine.ravel()])
    both_ways = np.concatenate([lines, lines[:, ::-1]])
    return np.pad(both_ways, ((0, 0), (0, latent_dimension - 2)))
