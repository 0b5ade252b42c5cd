"""What both models make of one place: a sentence, and the numbers behind it."""

from __future__ import annotations

import streamlit as st

from pages.parts import state
from pages.parts.numbers import rounded
from pages.parts.story import plain, tell
from paradigms.evaluation.assessment import DistributionAssessment, FunctionAssessment
from paradigms.evaluation.point_reading import PointReading, read_point


def answer(
    function: FunctionAssessment | None,
    distribution: DistributionAssessment | None,
    class_names: tuple[str, ...],
) -> None:
    """The answer at the place last pointed at, or how to point."""
    with st.container(key="probe"):
        tell("playground", "probe heading")
        at = state.probe()
        if at is None or function is None or distribution is None:
            tell("playground", "probe prompt")
            return
        reading = read_point(function, distribution, at)
        name = class_names[reading.function_class]
        tell(
            "playground",
            reading.verdict,
            x=rounded(at[0]),
            y=rounded(at[1]),
            p=f"{reading.sureness:.2f}",
            familiarity=f"{100 * reading.familiarity:.1f} %",
            **{"class": name},
        )
        if reading.posterior_also_sure:
            bayes = class_names[reading.bayes_class]
            tell("playground", "posterior also sure", p=f"{reading.bayes_sureness:.2f}", **{"class": bayes})
        _numbers(reading, class_names)


def _numbers(reading: PointReading, class_names: tuple[str, ...]) -> None:
    names = [plain(f"p({class_names[slot]}|x)") for slot in reading.slots]
    rows = [
        "| | " + " | ".join(names) + " | ln p(x) | familiarity |",
        "|---" * (len(names) + 3) + "|",
        "| :orange[function] | " + _row(reading.function_probabilities) + " | — | — |",
        "| :blue[distribution] | "
        + _row(reading.bayes_probabilities)
        + f" | {rounded(reading.log_density)} | {100 * reading.familiarity:.1f} % |",
    ]
    st.markdown("\n".join(rows))


def _row(probabilities: tuple[float, ...]) -> str:
    return " | ".join(f"{value:.3f}" for value in probabilities)
