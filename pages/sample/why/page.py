"""Why sampling is hard: the ways that need no chain, what stops each, and the way out."""

import streamlit as st

from pages.parts.data.stored_points import keep_points, name_points
from pages.parts.models import targets
from pages.parts.text.story import heading, tell, words
from pages.sample.why import density_planes, direct_sampling
from pages.sample.why.curse_of_dimension import curse

name_points(used=targets.is_fitted())
tell("why", "lead")
with st.expander(words("why", "signs")):
    tell("why", "signs text")
subject, learned = targets.pick_subject()

if subject:
    heading("why", "inverse")
    direct_sampling.inverse(subject)

    heading("why", "rejection")
    direct_sampling.rejection(subject)

    heading("why", "importance")
    direct_sampling.importance(subject)
elif learned:
    density_planes.not_yet(learned)

heading("why", "curse")
curse()

heading("why", "way out")
tell("why", "way out text")
st.page_link("sample/langevin/page.py", label=words("why", "go on"))

keep_points()
