"""The curse of dimension in direct sampling, measured once for everybody."""

from __future__ import annotations

from pages.parts.charts.chart import chart, no_chart_yet
from pages.parts.computing.place import place
from pages.parts.computing.results import computed
from pages.parts.text.numbers import percent
from pages.parts.text.story import tell, words
from paradigms.experiments.sample.curse_of_dimension import curse_of_dimension
from paradigms.figures import drawing


def curse() -> None:
    """The shares that were measured, beside their formulas."""
    with place("curse", no_chart_yet):
        found = computed("balls and weights", curse_of_dimension)
        tell("why", "curse text", n=f"{found.n:,}", none=str(found.first_without))
        told = {"few": "2", "many": "6"}
        darts = {f"darts_{name}": percent(found.accepted[int(d) - 1]) for name, d in told.items()}
        worth = {f"worth_{name}": percent(found.effective[int(d) - 1]) for name, d in told.items()}
        chart(drawing.curse(found), words("why", "curse curve", **told, **darts, **worth), key="curse")
