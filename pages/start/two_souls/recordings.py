"""The ways from noise to data that can be watched: what each needs of a model, its settings, its timeline."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

import numpy as np

from pages.parts.computing.results import computed
from pages.parts.text.fewer import say_if_fewer
from pages.parts.text.story import words
from pages.parts.workspace import state
from pages.parts.workspace.setting import Setting
from pages.start.two_souls.langevin_recording import record_langevin
from paradigms.experiments.sample.learned_maps import flow, latent_map, slices
from paradigms.experiments.sample.motion import N_PARTICLES, Motion, diffusion
from paradigms.fits.assessment import Assessment
from paradigms.grid import HALF_WIDTH
from paradigms.protocols import Denoiser, DifferentiableDensity, LatentMap, VelocityField, can
from paradigms.scene.axes import named_axes
from paradigms.scene.timeline import Curve, Timeline

SMALLEST_SHOWN_NOISE = 0.01  # the logarithmic curve has no room for zero
WAY_BACK = Setting(
    "diffusion_sampler",
    "ddpm",
    words("playground", "way back"),
    look="segmented_control",
    required=True,
    choices=("ddpm", "probability_flow"),
    format_func=lambda name: words("playground", f"way back, {name}"),
)


class Way(NamedTuple):
    """``record`` draws its settings and answers with the frames (``computed``) and how they are played."""

    label: str
    able: Callable[[Assessment], bool]
    record: Callable[[Assessment], tuple[Motion, Timeline]]


def _has_slope(assessment: Assessment) -> bool:
    return assessment.density is not None or can(assessment.model, DifferentiableDensity)


def _diffusion(assessment: Assessment) -> tuple[Motion, Timeline]:
    name = WAY_BACK.widget()
    motion = computed(assessment.digest, diffusion, assessment.model, state.dataset().train[0], name=name)
    say_if_fewer("particles", motion.trajectory.positions.shape[1], N_PARTICLES)
    (turn,) = motion.turns
    noise_levels = tuple(np.maximum(motion.trajectory.times, SMALLEST_SHOWN_NOISE).tolist())
    return motion, Timeline.of(
        motion.trajectory,
        "σ",
        seconds=10.0,
        curve=Curve("noise level σ", noise_levels, log=True),
        captions=((0, "The way in: noise is added"), (turn, "The way back: noise is taken away")),
        marks=((turn, "pure noise"),),
    )


def _flow(assessment: Assessment) -> tuple[Motion, Timeline]:
    motion = computed(assessment.digest, flow, assessment.model)
    return motion, Timeline.of(motion.trajectory, "time", seconds=6.0, captions=((0, "From noise to data"),))


def _map(assessment: Assessment) -> tuple[Motion, Timeline]:
    motion = computed(assessment.digest, latent_map, assessment.model)
    starts, n = (0, *motion.turns), len(motion.turns) + 1
    names = [f"Layer {layer} of {n}" for layer in range(1, n + 1)] if n > 1 else ["From code to point"]
    captions = tuple(zip(starts, names, strict=True))
    return motion, Timeline.of(motion.trajectory, "stage", seconds=6.0, captions=captions)


def _slices(assessment: Assessment) -> tuple[Motion, Timeline]:
    motion, marginal = computed(assessment.digest, slices, assessment.density.log_density, HALF_WIDTH)
    (name, axis), _ = named_axes(state.units())
    label = f"p({name}) on the plane" + (", per plane unit" if state.units() else "")
    times, curve = tuple(axis.back(motion.trajectory.times).tolist()), Curve(label, tuple(marginal.tolist()))
    return motion, Timeline.of(motion.trajectory, name, seconds=10.0, times=times, curve=curve)


WAYS = {
    "langevin": Way("Watch Langevin", _has_slope, record_langevin),
    "diffusion": Way("Watch diffusion", lambda about: can(about.model, Denoiser), _diffusion),
    "flow": Way("Watch the flow", lambda about: can(about.model, VelocityField), _flow),
    "slices": Way("Watch the slices", lambda about: about.density is not None, _slices),
    "map": Way("Watch the map", lambda about: can(about.model, LatentMap), _map),
}
