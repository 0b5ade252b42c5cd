"""3,000 particles × 200 frames in our player, by itself on a page."""

import sys
from pathlib import Path

import streamlit as st

ROOT = Path(__file__).parents[1]
if str(ROOT) not in sys.path:
    sys.path.insert(0, str(ROOT))

from benchmarks.animation import many_particles  # noqa: E402
from pages.parts.pictures.scenes import show_scene  # noqa: E402
from paradigms.scene.layers import Particles  # noqa: E402
from paradigms.scene.timeline import Timeline  # noqa: E402

st.set_page_config(page_title="The player", layout="centered")
motion = many_particles()
path = motion.trajectory
layers, timeline = (Particles(path.positions),), Timeline.of(path, "time")
show_scene("animation", f"{path.positions.shape[1]} particles", layers, None, timeline=timeline)
