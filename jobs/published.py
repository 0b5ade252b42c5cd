"""What a training has published so far, which is all that a page sees of it; and the ends that are known."""

from __future__ import annotations

from dataclasses import dataclass

from jobs.store import results
from paradigms.fits.assessment import Assessment
from paradigms.fits.fitting import Look
from paradigms.fits.specs import FitSpec


@dataclass(frozen=True)
class Published:
    """What a page may show of a training: the last look at it, and what put an end to it, if anything."""

    look: Look | None = None
    problem: str | None = None

    @property
    def assessment(self) -> Assessment | None:
        return self.look and self.look.assessment


def known_end(spec: FitSpec) -> Published | None:
    """What such a training has come to, where anybody has gone through it and it is still kept."""
    return results.get(_key(spec))


def keep_end(spec: FitSpec, end: Published) -> None:
    """What such a training has come to, for whoever asks next."""
    results.put(_key(spec), end)


def _key(spec: FitSpec) -> tuple[str, str]:
    return "training", spec.digest
