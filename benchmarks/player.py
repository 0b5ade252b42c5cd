"""A server that shows one animation and nothing else: `streamlit run benchmarks/player.py`."""

from pathlib import Path

import streamlit as st
from starlette.routing import Mount
from starlette.staticfiles import StaticFiles

ROOT = Path(__file__).parents[1]

app = st.App(
    ROOT / "benchmarks" / "player_page.py",
    routes=[Mount("/assets", StaticFiles(directory=ROOT / "assets"))],
)
