"""Density: every distribution on the same points, side by side, and the truth where it is known."""

import streamlit as st

from pages.parts import cached, panels, pickers, state
from pages.parts.cached import ModelChoice
from pages.parts.numbers import density_numbers
from pages.parts.story import tell

data, spec = state.dataset(), state.spec()
tell("density", "lead")
tell("density", "formula")
densities = pickers.distributions()
shown = [
    (name, card.title, *cached.distribution(ModelChoice(name), spec)) for name, card in densities.items()
]
if data.truth is not None:
    shown.insert(0, ("truth", "The truth", cached.truth(spec), None))

for start in range(0, len(shown), 3):
    for column, (name, title, assessment, refusal) in zip(
        st.columns(3, gap="medium"), shown[start:], strict=False
    ):
        with column:
            st.markdown(f"**{title}**")
            panels.density_panel(name, title, data, assessment, refusal)
            if assessment:
                density_numbers(assessment)
            tell(*(("density", "truth") if name == "truth" else (f"models/{name}", "objective")))

tell("density", "contours")
