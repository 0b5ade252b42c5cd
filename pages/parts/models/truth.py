"""The truth behind a preset, where it is known."""

from __future__ import annotations

from jobs import fitted, lanes
from pages.parts.computing.results import computed
from paradigms.data.dataset_spec import DatasetSpec
from paradigms.fits.assessment import Assessment


def truth(spec: DatasetSpec) -> Assessment:
    """The truth of a preset, held to the same test as its estimates.

    Raises what ``computed`` raises: stand in a ``place``.
    """
    return computed(spec.digest, fitted.truth, spec, lane=lanes.fits)
