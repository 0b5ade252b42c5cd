"""Why sampling is hard: the ways that need no chain, what stops each, and the way out."""

import streamlit as st

from pages.parts import cached, drawing, subjects
from pages.parts.chart import chart
from pages.parts.keeper import keep_points, name_points
from pages.parts.story import heading, tell, words
from paradigms.experiments.curse_of_dimension import curse_of_dimension
from paradigms.figures.drawing import curse

name_points(used=subjects.is_fitted())
tell("why", "lead")
with st.expander(words("why", "signs")):
    tell("why", "signs text")
subject = subjects.pick_subject()

if subject:
    heading("why", "inverse")
    drawing.inverse(subject)

    heading("why", "rejection")
    drawing.rejection(subject)

    heading("why", "importance")
    drawing.importance(subject)

heading("why", "curse")
found = cached.once(curse_of_dimension)
tell("why", "curse text", n=f"{found.n:,}", none=str(found.first_without))
told = {"few": "2", "many": "6"}
darts = {f"darts_{name}": drawing.percent(found.accepted[int(d) - 1]) for name, d in told.items()}
worth = {f"worth_{name}": drawing.percent(found.worth[int(d) - 1]) for name, d in told.items()}
chart(curse(found), words("why", "curse curve", **told, **darts, **worth), key="curse")

heading("why", "way out")
tell("why", "way out text")
st.page_link("sample/langevin.py", label=words("why", "go on"))

keep_points()
