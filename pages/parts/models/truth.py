"""The truth behind a preset, where it is known."""

from __future__ import annotations

from jobs import fitted
from pages.parts.computing.results import recorded
from paradigms.data.dataset_spec import DatasetSpec
from paradigms.fits.assessment import Assessment


def truth(spec: DatasetSpec) -> Assessment:
    """The truth of a preset, held to the same test as its estimates."""
    return recorded(spec.digest, fitted.truth, spec)


def bayes_error(spec: DatasetSpec) -> float:
    """The share of points on which the best boundary there is still errs."""
    return recorded(spec.digest, _bayes_error, spec)


def _bayes_error(spec: DatasetSpec) -> float:
    return spec.dataset().truth.bayes_error()
