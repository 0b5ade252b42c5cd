"""A fit as work for a worker: its assessment, or the sentence that says why there is none."""

from __future__ import annotations

import logging

from paradigms.data.dataset_spec import DatasetSpec
from paradigms.fits.assessment import Assessment, assess
from paradigms.fits.fitting import fit
from paradigms.fits.specs import FitSpec
from paradigms.protocols import CannotFit

COULD_NOT_BE_FITTED = (
    "This model could not be fitted to these points. Your points are kept; try another model or setting."
)
NO_POINTS = "There are no points yet. Draw some, or go back to the preset."


def fitted(spec: FitSpec) -> tuple[Assessment | None, str | None]:
    """The model that ``spec`` describes, fitted and assessed; or None, and why not."""
    if len(spec.data.dataset()) == 0:
        return None, NO_POINTS
    try:
        return fit(spec), None
    except CannotFit as problem:
        return None, str(problem)
    except (ValueError, ArithmeticError):
        logging.getLogger("two_souls").exception("%s could not be fitted", spec.model)
        return None, COULD_NOT_BE_FITTED


def truth(spec: DatasetSpec) -> Assessment:
    """The truth of a preset, held to the same test as its estimates."""
    data = spec.dataset()
    return assess(data.truth, data, of=spec)


def bayes_error(spec: DatasetSpec) -> float:
    """The share of points on which the best boundary there is still errs, where the truth is known."""
    return spec.dataset().truth.bayes_error()
