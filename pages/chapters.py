"""The manifest of pages in the order of the course: a new page is its file, its text, and a line here."""

from __future__ import annotations

import importlib
from itertools import groupby
from pathlib import Path
from typing import Literal, NamedTuple


class PageEntry(NamedTuple):
    """``path`` is the file beneath pages/, ``address`` what stands behind the slash in the browser.

    ``title`` stands in the menu and in the tab, ``heading`` over the page where that is another one.
    ``data_bar`` is what the page learns from.
    """

    chapter: str
    path: str
    address: str
    title: str
    icon: str
    heading: str = ""
    data_bar: Literal["plane", "none"] = "plane"


PAGES = (
    PageEntry(
        "Play",
        "start/two_souls/page.py",
        "",
        "Playground",
        "gesture",
        heading="Two Souls: a function and a distribution",
    ),
    PageEntry("Imagine", "imagine/density/page.py", "density", "Density", "landscape"),
    PageEntry("Sample", "sample/why/page.py", "why", "Why sampling is hard", "target"),
    PageEntry("Sample", "sample/langevin/page.py", "langevin", "Langevin and friends", "conversion_path"),
    PageEntry("Sample", "sample/diffusion/page.py", "diffusion", "Diffusion and flows", "blur_on"),
)


def at(address: str) -> PageEntry:
    """The page at that address. Raises KeyError."""
    return {page.address: page for page in PAGES}[address]


def by_chapter() -> dict[str, list[PageEntry]]:
    """The pages of each chapter, in the order of the course."""
    return {chapter: list(pages) for chapter, pages in groupby(PAGES, key=lambda page: page.chapter)}


def import_sections() -> None:
    """The sections beside each page, and the parts: with them all settings that there are are declared."""
    pages = Path(__file__).parent
    for path in sorted(pages.glob("*/*/*.py")):
        if path.name != "page.py":
            importlib.import_module(".".join(("pages", *path.relative_to(pages).with_suffix("").parts)))
