"""Slow motion on the plane: phases as arrows and shapes, the formula over the timeline, its term lit."""

from __future__ import annotations

from typing import Any

import numpy as np

from pages.parts.computing.results import computed
from pages.parts.text.story import words
from paradigms.experiments.sample.motion import Motion
from paradigms.experiments.sample.slow_motion import N_STEPS, Phase, slow_motion
from paradigms.experiments.sample.walks import Target, chain_samplers
from paradigms.scene.layers import Particles
from paradigms.scene.timeline import Timeline

SECONDS = 40.0


def phase_by_phase(of: str, density: Target, about: dict[str, Any]) -> tuple[Motion, Particles, Timeline]:
    """``about`` names the sampler, its settings and the seed."""
    found, name = computed(of, slow_motion, density, **about), about["name"]
    phases = tuple((phase.frame, phase.name, phase.begins_step) for phase in found.phases)
    steps = np.cumsum([phase.begins_step for phase in found.phases])
    captions = tuple(
        _caption(name, phase, k, found.states.shape[1]) for phase, k in zip(found.phases, steps, strict=True)
    )
    path, terms = found.motion.trajectory, tuple(chain_samplers()[name].formula)
    timeline = Timeline.of(path, "", seconds=SECONDS, terms=terms, captions=captions)
    return found.motion, Particles(path.positions, shapes=found.states, phases=phases), timeline


def _caption(sampler: str, phase: Phase, step: int, n_chains: int) -> tuple[int, str, str]:
    counts = {"goes": str(phase.n_gone or "none"), "stays": str(n_chains - phase.n_gone)}
    said = words(f"samplers/{sampler}", f"phase {phase.name}", **counts)
    counted = words("langevin", "step", k=str(step), n=str(N_STEPS))
    return phase.frame and phase.frame + 1, f"{counted}. {said}", phase.name
