"""What a model is: its idea, what it optimises, and the rest folded away."""

from __future__ import annotations

import streamlit as st

from pages.parts.text.story import tell, words
from paradigms import registry

FOLDED = ("models", "sample", "score", "fails", "paper")


def about_model(name: str) -> None:
    """The idea in words, the objective with its formula, and the model's other texts behind one click."""
    tell(f"models/{name}", "idea")
    tell(f"models/{name}", "objective")
    with st.expander(words("playground", "about", title=registry.cards()[name].title)):
        titles = {section: words("playground", f"about {section}") for section in FOLDED}
        texts = [f"**{titles[section]}.** {words(f'models/{name}', section)}" for section in FOLDED]
        st.markdown("\n\n".join(texts))
