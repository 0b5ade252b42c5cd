"""The one door to a fitted model: ``learned = learn(...)``, and ``learned.show(draw)``."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import streamlit as st

from jobs import lanes
from jobs.fitted import NO_POINTS, fitted
from jobs.training import Job
from pages.parts.computing.place import place
from pages.parts.computing.results import CannotCompute, GivenUp, StillComputing, computed
from pages.parts.training.jobs_of_visitor import job_for
from pages.parts.training.trainer import watch_training
from pages.parts.workspace import state
from paradigms import registry
from paradigms.fits.assessment import Assessment
from paradigms.fits.specs import FitSpec, ModelSpec
from paradigms.protocols import Trainable, can

Draw = Callable[..., None]  # draw(assessment or None, why there is none or None, **standing)


@dataclass(frozen=True)
class Learned:
    """What a model has learned of the visitor's data so far, or why it has not.

    ``job`` is its training where it learns in steps; one that stopped early may have both, the last good
    state and the ``refusal``. What is still fitted has neither, and stands in ``_awaited``.
    """

    side: str
    assessment: Assessment | None = None
    refusal: str | None = None
    job: Job | None = None
    _awaited: Exception | None = None

    @property
    def is_under_way(self) -> bool:
        """Whether it is being fitted, or trained."""
        return self._awaited is not None or (self.job is not None and self.job.running)

    def run(self) -> None:
        """Let it learn on, where it learns in steps."""
        if self.job:
            self.job.run()

    def value(self) -> Assessment | None:
        """What was fitted, if it could be. Raises what ``computed`` raises: stand in a ``place``."""
        if self._awaited:
            raise self._awaited
        return self.assessment

    def show(self, draw: Draw) -> None:
        """``draw`` what there is, again and again while it learns or is fitted; never on the page's time."""
        if self.job:
            watch_training(self.side, self.job, self.assessment, draw)
            return
        with place(self.side, lambda dimmed, **standing: draw(None, dimmed, **standing), doing="fitting"):
            assessment = self.value()
            with st.container():
                draw(assessment, self.refusal)


def learn(side: str, model: ModelSpec, *, at_once: bool = True) -> Learned:
    """Fit or train the model on the visitor's data; ``side`` names its place on the page.

    Unless ``at_once``, a training waits for its button; what anybody has trained before is there at once.
    """
    spec = FitSpec(model, state.spec())
    if not learns_in_steps(model):
        try:
            return Learned(side, *computed(spec.digest, fitted, spec, lane=lanes.fits))
        except (StillComputing, GivenUp, CannotCompute) as awaited:
            return Learned(side, _awaited=awaited)
    if len(state.dataset()) == 0:
        return Learned(side, refusal=NO_POINTS)
    job = job_for(side, spec, at_once)
    return Learned(side, job.latest().assessment, job.latest().problem, job)


def learns_in_steps(model: ModelSpec) -> bool:
    return can(registry.cards()[model.name].estimator, Trainable)
