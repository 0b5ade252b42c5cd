"""Everything dear, computed once: keys are frozen specs, values are immutable."""

from __future__ import annotations

import time
from dataclasses import dataclass
from typing import Any

import streamlit as st

from paradigms import registry
from paradigms.bayes_rule import BayesRule
from paradigms.data.dataset import Dataset
from paradigms.data.dataset_spec import DatasetSpec
from paradigms.evaluation.assessment import (
    DistributionAssessment,
    FunctionAssessment,
    assess_distribution,
    assess_function,
)
from paradigms.protocols import CannotFit


@dataclass(frozen=True)
class ModelChoice:
    """A model by name, with the parameters that differ from its defaults."""

    name: str
    parameters: tuple[tuple[str, Any], ...] = ()

    def create(self) -> Any:
        """The unfitted model; a density that is blind to classes comes lifted by Bayes' rule."""
        model = registry.create(self.name, **dict(self.parameters))
        return BayesRule(model) if self.name in registry.lifted() else model


@dataclass(frozen=True)
class Refusal:
    """Why a model could not be fitted: one sentence for people."""

    reason: str


_KEYS = {DatasetSpec: lambda spec: spec.digest, ModelChoice: repr}


@st.cache_resource(max_entries=200, show_spinner=False, hash_funcs=_KEYS)
def dataset(spec: DatasetSpec) -> Dataset:
    return spec.dataset()


@st.cache_resource(max_entries=200, show_spinner=False, hash_funcs=_KEYS)
def function(choice: ModelChoice, spec: DatasetSpec) -> FunctionAssessment | Refusal:
    """A classifier fitted to the training points, and what the page shows of it."""
    return _assessed(assess_function, choice, dataset(spec))


@st.cache_resource(max_entries=200, show_spinner=False, hash_funcs=_KEYS)
def distribution(choice: ModelChoice, spec: DatasetSpec) -> DistributionAssessment | Refusal:
    """A joint model fitted to the training points, and what the page shows of it."""
    return _assessed(assess_distribution, choice, dataset(spec))


def _assessed(assess: Any, choice: ModelChoice, data: Dataset) -> Any:
    X, y = data.train
    if len(X) == 0:
        return Refusal("There are no points yet. Draw some, or choose a preset.")
    try:
        started = time.perf_counter()
        model = choice.create().fit(X, y)
        return assess(model, data, time.perf_counter() - started)
    except CannotFit as problem:
        return Refusal(str(problem))
    except (ValueError, ArithmeticError) as problem:
        return Refusal(f"This model could not be fitted to these points ({problem}). Your points are kept.")
