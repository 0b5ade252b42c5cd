"""Why sampling is hard: the ways that need no chain, what stops each, and the way out."""

import streamlit as st

from pages.parts import drawing, not_yet, subjects
from pages.parts.curse import curse
from pages.parts.keeper import keep_points, name_points
from pages.parts.story import heading, tell, words

name_points(used=subjects.is_fitted())
tell("why", "lead")
with st.expander(words("why", "signs")):
    tell("why", "signs text")
subject, fit = subjects.pick_subject()

if subject:
    heading("why", "inverse")
    drawing.inverse(subject)

    heading("why", "rejection")
    drawing.rejection(subject)

    heading("why", "importance")
    drawing.importance(subject)
elif fit:
    not_yet.draws(fit)

heading("why", "curse")
curse()

heading("why", "way out")
tell("why", "way out text")
st.page_link("sample/langevin.py", label=words("why", "go on"))

keep_points()
