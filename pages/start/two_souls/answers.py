"""What both models make of one place: a sentence, and the numbers behind it."""

from __future__ import annotations

import streamlit as st

from pages.parts.text.numbers import UNKNOWN, log_density, percent, rounded
from pages.parts.text.places import told
from pages.parts.text.story import heading, plain, tell, words
from pages.parts.workspace import pointing, state
from paradigms.fits.assessment import Assessment
from paradigms.fits.point_reading import FAMILIAR, PointReading, read_point


def answer(
    function: Assessment | None,
    distribution: Assessment | None,
    class_names: tuple[str, ...],
) -> str | None:
    """The answer at the place last pointed at, or how to point; answers with the verdict, if there is one."""
    with st.container(key="probe"):
        heading("playground", "probe heading")
        at = pointing.probe()
        if distribution and not distribution.density:
            tell("playground", "no density to ask")
            return None
        if at is None:
            tell("playground", "probe prompt")
            return None
        if distribution is None:
            tell("playground", "nothing to ask yet")
            return None
        reading = read_point(function, distribution, at)
        _sentence(reading, at, class_names)
        _numbers(reading, distribution.density.kind, class_names)
        return reading.verdict


def _sentence(reading: PointReading, at: tuple[float, float], class_names: tuple[str, ...]) -> None:
    class_index, p = _likeliest(reading.function_probabilities or reading.bayes_probabilities)
    values = {
        **dict(zip("xy", told(at, state.units()), strict=True)),
        "class": class_names[class_index],
        "p": f"{p:.2f}",
        "k": str(reading.n_at_most_as_likely),
        "n": str(reading.n_held_out),
        "threshold": percent(FAMILIAR, 0),
    }
    tell("playground", reading.verdict, **values)
    if reading.posterior_also_sure:
        class_index, p = _likeliest(reading.bayes_probabilities)
        tell("playground", "posterior also sure", p=f"{p:.2f}", **{"class": class_names[class_index]})


def _likeliest(probabilities: dict[int, float]) -> tuple[int, float]:
    return max(probabilities.items(), key=lambda item: item[1])


def _numbers(reading: PointReading, density_kind: str, class_names: tuple[str, ...]) -> None:
    class_indices = list(reading.bayes_probabilities)
    names = [plain(f"p({class_names[class_index]}|x)") for class_index in class_indices]
    familiarity = percent(reading.familiarity) if reading.n_held_out else UNKNOWN
    by_function = reading.function_probabilities or {}
    function = [_probability(by_function.get(class_index)) for class_index in class_indices]
    bayes = [_probability(reading.bayes_probabilities[class_index]) for class_index in class_indices]
    rows = [
        ["", *names, "ln p(x)", "familiarity"],
        ["---"] * (len(class_indices) + 3),
        [":orange[function]", *function, UNKNOWN, UNKNOWN],
        [":blue[distribution]", *bayes, log_density(reading.log_density, density_kind), familiarity],
    ]
    table = "\n".join(f"| {' | '.join(row)} |" for row in rows)
    st.markdown(table, help=words("playground", "familiarity"))


def _probability(value: float | None) -> str:
    return rounded(value, 3)
