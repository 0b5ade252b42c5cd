"""What a model is: its idea, what it optimises, and the rest folded away."""

from __future__ import annotations

import streamlit as st

from pages.parts.text.story import tell, words
from paradigms import registry

FOLDED = {
    "models": "What it models",
    "sample": "To draw a point",
    "score": "To score a point",
    "fails": "When it fails",
    "paper": "Where to read more",
}


def about_model(name: str) -> None:
    """The idea in words, the objective with its formula, and the model's other texts behind one click."""
    tell(f"models/{name}", "idea")
    tell(f"models/{name}", "objective")
    with st.expander(f"About: {registry.cards()[name].title}"):
        texts = [f"**{title}.** {words(f'models/{name}', section)}" for section, title in FOLDED.items()]
        st.markdown("\n\n".join(texts))
