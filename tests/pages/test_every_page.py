"""What holds of every page of the manifest, and of the manifest itself."""

from pathlib import Path

import pytest
import streamlit as st

from pages import chapters
from pages.parts.workspace import declared

FOLDER = Path(__file__).parents[2] / "pages"


def test_every_page_that_there_is_stands_in_the_manifest_once():
    files = [*FOLDER.glob("*/*.py"), *FOLDER.glob("*/*/page.py")]
    there = [path.relative_to(FOLDER).as_posix() for path in files if path.parts[-2] != "parts"]
    assert sorted(page.path for page in chapters.PAGES) == sorted(there)


def test_addresses_and_titles_are_told_apart_and_one_page_is_the_first():
    for names in zip(*((page.address, page.title, page.icon) for page in chapters.PAGES), strict=True):
        assert len(set(names)) == len(chapters.PAGES)
    assert chapters.PAGES[0].address == ""


def test_chapters_hold_together():
    by_chapter = [page for pages in chapters.by_chapter().values() for page in pages]
    assert by_chapter == list(chapters.PAGES), "a chapter that is taken up again would hide its first pages"


@pytest.fixture
def menu(monkeypatch):
    """What stands in the navigation: chapter to titles."""
    shown, navigation = {}, st.navigation

    def noted(sections, **options):
        shown.update({chapter: [page.title for page in pages] for chapter, pages in sections.items()})
        return navigation(sections, **options)

    monkeypatch.setattr(st, "navigation", noted)
    return shown


@pytest.mark.parametrize("page", chapters.PAGES, ids=lambda page: page.path)
def test_a_page_opens_under_its_title_and_tells_something(visit, menu, page):
    visitor = visit(page.path)
    assert [title.value for title in visitor.at.title] == [page.heading or page.title]
    assert page.title in menu[page.chapter]
    assert visitor.text and visitor.planes


@pytest.mark.parametrize("page", chapters.PAGES, ids=lambda page: page.path)
def test_no_plane_is_mounted_under_the_name_of_a_setting(visit, page):
    """What the browser sends of a plane stands in the session under its key, as what is set does."""
    chapters.import_sections()
    ids = [component.proto.id for component in visit(page.path).at.get("bidi_component")]
    keys = {whole.split("-", 2)[2] for whole in ids}
    assert "draw" in keys and not keys & set(declared.settings())
