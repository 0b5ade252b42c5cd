"""Everything dear, computed once: keys are frozen specs, values are immutable."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable
from typing import Any

import streamlit as st

from jobs import lanes
from pages.parts.computing.results import computed
from paradigms.data.dataset import Dataset
from paradigms.data.dataset_spec import DatasetSpec
from paradigms.fits.assessment import (
    DistributionAssessment,
    FunctionAssessment,
    assess_distribution,
    assess_function,
)
from paradigms.fits.fitting import FAILED, NO_POINTS
from paradigms.fits.specs import ModelSpec
from paradigms.protocols import CannotFit

_KEYS = {DatasetSpec: lambda spec: spec.digest}


@st.cache_resource(max_entries=200, show_spinner=False, hash_funcs=_KEYS)
def dataset(spec: DatasetSpec) -> Dataset:
    return spec.dataset()


def function(choice: ModelSpec, spec: DatasetSpec) -> tuple[FunctionAssessment | None, str | None]:
    """A classifier fitted to the training points and assessed; or None, and a sentence why not.

    It is fitted beside the page; raises what ``computed`` raises.
    """
    data = dataset(spec)
    return computed(data, _fitted, data, lane=lanes.fits, assess=assess_function, choice=choice)


def distribution(choice: ModelSpec, spec: DatasetSpec) -> tuple[DistributionAssessment | None, str | None]:
    """A joint model fitted to the training points and assessed; or None, and a sentence why not.

    It is fitted beside the page; raises what ``computed`` raises.
    """
    data = dataset(spec)
    return computed(data, _fitted, data, lane=lanes.fits, assess=assess_distribution, choice=choice)


@st.cache_resource(max_entries=50, show_spinner=False, hash_funcs=_KEYS)
def truth(spec: DatasetSpec) -> DistributionAssessment:
    """The truth of a preset, held to the same test as its estimates."""
    return assess_distribution(dataset(spec).truth, dataset(spec), seconds=0.0)


@st.cache_resource(max_entries=200, show_spinner=False, hash_funcs=_KEYS)
def bayes_error(spec: DatasetSpec) -> float:
    """The share of points on which the best boundary there is still errs."""
    return dataset(spec).truth.bayes_error()


def _fitted(data: Dataset, *, assess: Callable, choice: ModelSpec) -> tuple[Any, str | None]:
    X, y = data.train
    if len(X) == 0:
        return None, NO_POINTS
    try:
        started = time.perf_counter()
        model = choice.create().fit(X, y)
        return assess(model, data, time.perf_counter() - started), None
    except CannotFit as problem:
        return None, str(problem)
    except (ValueError, ArithmeticError):
        logging.getLogger("two_souls").exception("%s could not be fitted", choice)
        return None, FAILED
