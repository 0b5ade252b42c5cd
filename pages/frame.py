"""The frame round every page: navigation, the look, and the data that all pages share."""

import sys
from pathlib import Path

import streamlit as st

ROOT = Path(__file__).parents[1]
if str(ROOT) not in sys.path:  # a test or another server may start this file by itself
    sys.path.insert(0, str(ROOT))

from pages import chapters  # noqa: E402

icon = str(ROOT / "assets" / "images" / "icon.svg")
st.set_page_config(page_title="Two Souls", page_icon=icon, layout="wide")
st.html(ROOT / "assets" / "style.css")
entries = {
    entry: st.Page(
        entry.path,
        title=entry.title,
        icon=f":material/{entry.icon}:",
        url_path=entry.address,
        default=not entry.address,
    )
    for entry in chapters.PAGES
}
menu = {chapter: [entries[entry] for entry in group] for chapter, group in chapters.by_chapter().items()}
page = st.navigation(menu, position="top")
entry = chapters.at(page.url_path)
st.title(entry.heading or entry.title, anchor=False)

# The title stands before the models are imported, which takes seconds on a cold server.
from pages.parts.computing import waits  # noqa: E402
from pages.parts.data.data_bar import data_bar  # noqa: E402
from pages.parts.workspace import arrival, share, state  # noqa: E402

waits.of_visitor().begin_run()
arrival.arrive(chapters.import_sections)
state.adopt_drawing()
if entry.data_bar == "plane":
    data_bar()
else:
    share.share_button()
share.keep_address(entry.address)
arrival.say_what_became_of_it()
page.run()
share.correct_address(entry.address, "at_the_end")
waits.of_visitor().end_run()
