"""The distribution that samplers draw from: a formula, or the visitor's own, fitted to the points."""

from __future__ import annotations

from typing import NamedTuple

import streamlit as st

from pages.parts.computing.place import place
from pages.parts.computing.results import computed, recorded
from pages.parts.models import pickers
from pages.parts.models.learned import Learned, learn
from pages.parts.models.target_settings import EXACT, FITTED, TARGET, is_fitted, titles
from pages.parts.text.numbers import percent, rounded
from pages.parts.text.story import no_words_yet, tell, words
from pages.parts.training.waiting import wait_for_training
from pages.parts.workspace import state
from paradigms import grid, registry
from paradigms.data.tables.units import Units
from paradigms.densities.delayed_acceptance import DelayedAcceptance
from paradigms.densities.tabulated_density import TabulatedDensity
from paradigms.evaluation.table_error import table_error
from paradigms.experiments.sample.walks import Target, chain_samplers
from paradigms.fits.assessment import RESOLUTION, Assessment
from paradigms.protocols import Denoiser, Density, DifferentiableDensity, Sampleable, can


class Subject(NamedTuple):
    """A target: its ``density``, and the ``truth`` that draws are compared with.

    ``name`` says which it is; ``quick_density`` is what is painted, ``denoiser`` its noised selves.
    """

    name: str
    density: Density | DifferentiableDensity
    truth: Sampleable
    quick_density: Density | DifferentiableDensity
    denoiser: Denoiser

    def for_sampler(self, name: str) -> Target:
        """What a sampler of that name is handed."""
        return self.denoiser if chain_samplers()[name].anneals else self.density

    @property
    def samplers(self) -> list[str]:
        """The chains whose sampler finds all that it asks for."""
        return [name for name, card in chain_samplers().items() if card.can_run_on(self.for_sampler(name))]


def units() -> Units | None:
    """Those of the visitor's own data, where the subject is fitted to them: a formula has none."""
    return state.units() if is_fitted() else None


def pick_subject(*, to_walk: bool = False) -> tuple[Subject | None, Learned | None]:
    """A formula, or the visitor's own fitted distribution; with a choice how to accept steps over that.

    While that is still fitted or learns there is none, and how it stands comes with it.
    """
    name = TARGET.widget(format_func=titles().get)
    if name != FITTED:
        st.caption(registry.targets()[name].hard)
        target = registry.targets()[name].distribution
        return Subject(name, target, target, target, denoiser=recorded(name, tabulated, target)), None
    choice = pickers.pick(pickers.DISTRIBUTION)
    estimator = registry.cards()[choice.name].estimator
    slopes_only = can(estimator, DifferentiableDensity, Denoiser)
    if choice.name not in pickers.densities() and not (to_walk and slopes_only):
        st.warning(words("langevin", "no density"))  # said before it is taught for nothing
        return None, None
    learned = learn("distribution", choice)
    assessment = learned.assessment
    if learned.refusal:
        st.warning(learned.refusal)
    if learned.job and not learned.job.finished:
        wait_for_training("distribution", learned.job)
    if learned.is_under_way:
        return None, learned
    if assessment and assessment.density:
        return _fitted(assessment, to_walk), None
    if assessment:
        tell("langevin", "slopes only")
        name, model = assessment.digest, assessment.model
        return Subject(name, density=model, truth=model, quick_density=model, denoiser=model), None
    return None, None


def _fitted(assessment: Assessment, to_walk: bool) -> Subject:
    """Slopes come from the picture's table; steps are accepted by the model itself where that is quick."""
    name, model, table = assessment.digest, assessment.model, assessment.density.table
    if not to_walk:
        return Subject(name, density=table, truth=model, quick_density=table, denoiser=table)
    with place("table_error", no_words_yet):
        error = computed(name, table_error, model, table)
        shown = {"value": rounded(error.value, 4), "slope": percent(error.gradient)}
        tell("langevin", "table", n=str(len(assessment.density.log_joint)), **shown)
    if not EXACT.widget():
        return Subject(name, density=table, truth=model, quick_density=table, denoiser=table)
    density, name = recorded(name, DelayedAcceptance, model, table), f"{name}, accepted exactly"
    return Subject(name, density=density, truth=model, quick_density=table, denoiser=table)


def tabulated(target: Density) -> TabulatedDensity:
    """A formula on the picture's grid, whose noised densities are known."""
    axis = grid.axis(RESOLUTION)
    return TabulatedDensity(grid.log_density(target, axis, axis), grid.HALF_WIDTH)
