"""3,000 particles × 200 frames in our player, by itself on a page."""

import sys
from pathlib import Path

import streamlit as st

ROOT = Path(__file__).parents[1]
if str(ROOT) not in sys.path:
    sys.path.insert(0, str(ROOT))

from benchmarks.animation import many_particles  # noqa: E402
from pages.parts.component.plane import plane  # noqa: E402
from pages.parts.pictures.timelines import timeline  # noqa: E402
from paradigms.scene.layers import Particles  # noqa: E402
from paradigms.scene.scene import Scene  # noqa: E402

st.set_page_config(page_title="The player", layout="centered")
motion = many_particles()
positions = motion.trajectory.positions
scene = Scene(
    name="animation",
    alt=f"{positions.shape[1]} particles",
    layers=(Particles(positions),),
    class_names=("A",),
    revision=0,
    timeline=timeline(motion, "time"),
)
plane(scene, key="animation")
