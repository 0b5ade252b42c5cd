"""What trainings have come to, kept for whoever asks for the same next: another page, another visitor."""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import dataclass

from paradigms.data.dataset_spec import DatasetSpec
from paradigms.fits.assessment import Assessment
from paradigms.fits.fitting import Assess, Look
from paradigms.fits.specs import ModelSpec

MOST_KEPT = 100


@dataclass(frozen=True)
class Published:
    """What a page may show of a training: the last look at it, and what put an end to it, if anything."""

    look: Look | None = None
    problem: str | None = None

    @property
    def assessment(self) -> Assessment | None:
        return self.look and self.look.assessment


_kept: OrderedDict[tuple, Published] = OrderedDict()


def get(choice: ModelSpec, spec: DatasetSpec, assess: Assess) -> Published | None:
    """The end of such a training, if one is known."""
    return _kept.get((choice, spec, assess))


def keep(choice: ModelSpec, spec: DatasetSpec, assess: Assess, published: Published) -> None:
    """The end of a training under all that it depends on; the oldest ones are forgotten."""
    _kept[choice, spec, assess] = published
    while len(_kept) > MOST_KEPT:
        _kept.popitem(last=False)
