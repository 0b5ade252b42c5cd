"""Steps taken apart on the plane: phases and shapes, the formula over the timeline, its term lit."""

from __future__ import annotations

from typing import Any

import numpy as np

from pages.parts.computing.results import computed
from pages.parts.text.story import words
from paradigms.experiments.sample.motion import Motion
from paradigms.experiments.sample.slow_motion import N_STEPS, Part, slow_motion
from paradigms.scene.layers import Particles
from paradigms.scene.timeline import Timeline

SECONDS = 40.0


def taken_apart(of: str, density: Any, about: dict[str, Any]) -> tuple[Motion, Particles, Timeline]:
    """``about`` names the sampler, its settings and the seed."""
    found = computed(of, slow_motion, density, **about)
    phases = tuple((part.frame, part.name, part.begins) for part in found.parts)
    begun = np.cumsum([part.begins for part in found.parts])
    captions = tuple(
        _caption(part, k, found.states.shape[1]) for part, k in zip(found.parts, begun, strict=True)
    )
    path, terms = found.motion.trajectory, _terms(about["name"])
    timeline = Timeline.of(path, "", seconds=SECONDS, terms=terms, captions=captions)
    return found.motion, Particles(path.positions, shapes=found.states, phases=phases), timeline


def _terms(sampler: str) -> tuple[tuple[str, str], ...]:
    """The formula in its terms: a line for each, "part: text", the part being empty where none acts."""
    lines = (line.split(":", 1) for line in words("langevin", f"terms {sampler}").splitlines())
    return tuple((text.strip(), part.strip("- ")) for part, text in lines)


def _caption(part: Part, step: int, n_chains: int) -> tuple[int, str, str]:
    said = words("langevin", f"part {part.name}")
    if part.n_gone is not None:
        goes, stays = str(part.n_gone), str(n_chains - part.n_gone)
        if part.name == "choice":
            said = words("langevin", "choice counted", goes=goes, stays=stays)
        elif part.n_gone:
            said = words("langevin", "swap counted", goes=goes)
        else:
            said = words("langevin", "no swap")
    counted = words("langevin", "step", k=str(step), n=str(N_STEPS))
    return part.frame and part.frame + 1, f"{counted}. {said}", part.name
