"""The frame round every page: navigation, the look, and the data that all pages share."""

import sys
from pathlib import Path

import streamlit as st

ROOT = Path(__file__).parents[1]
if str(ROOT) not in sys.path:  # a test or another server may start this file by itself
    sys.path.insert(0, str(ROOT))

icon = str(ROOT / "assets" / "images" / "icon.svg")
st.set_page_config(page_title="Two Souls", page_icon=icon, layout="wide")
st.html(ROOT / "assets" / "style.css")
page = st.navigation(
    {
        "Play": [st.Page("play/playground.py", title="Playground", icon=":material/gesture:", default=True)],
        "Imagine": [st.Page("imagine/density.py", title="Density", icon=":material/landscape:")],
        "Sample": [
            st.Page("sample/why.py", title="Why sampling is hard", icon=":material/target:"),
            st.Page("sample/langevin.py", title="Langevin and friends", icon=":material/conversion_path:"),
            st.Page("sample/diffusion.py", title="Diffusion and flows", icon=":material/blur_on:"),
        ],
    },
    position="top",
)
st.title(
    page.title if page.title != "Playground" else "Two Souls: a function and a distribution", anchor=False
)

# The title stands before the models are imported, which takes seconds on a cold server.
from pages.parts import state, waits  # noqa: E402
from pages.parts.data_bar import data_bar  # noqa: E402

waits.of_visitor().begin_run()
state.adopt_drawing()
data_bar()
page.run()
waits.of_visitor().end_run()
