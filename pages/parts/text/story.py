"""The words of the app live in assets/text; pages fill the measured numbers in."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from typing import Any

import streamlit as st

TEXT = Path(__file__).parents[3] / "assets" / "text"


def tell(page: str, section: str, **values: str) -> None:
    """Show one section of a page's text. Values are shown as text, whatever a visitor put into them."""
    st.markdown(words(page, section, **{name: plain(value) for name, value in values.items()}))


def no_words_yet(dimmed: str, **_standing: Any) -> None:
    """The place of a text whose numbers are still computed, and why it is not there."""
    st.caption(dimmed)


def heading(page: str, section: str) -> None:
    """The same as a heading, which those who listen to a page can jump to."""
    st.markdown(f"## {words(page, section)}")


def plain(text: str) -> str:
    """Text as markdown that reads as that text: nothing in it is a link, a formula or an emphasis.

    Streamlit looks for addresses, icons and dashes once more in the finished text, where no backslash is
    left; word joiners, which have no width, keep it from finding any.
    """
    apart = re.sub(r"(?=[/@])|(?<=-)(?=-)|(?<=www)(?=\.)", "\u2060", text, flags=re.IGNORECASE)
    return re.sub(r"([\\`*_{}\[\]()#+.!|<>~$:&-])", r"\\\1", apart)


def words(page: str, section: str, **values: str) -> str:
    """The section ``## section`` of a text, with every ``[[name]]`` replaced by its value.

    ``page`` is a path below assets/text without its ending; a bare name is a page.
    Raises KeyError for a section that is not there, or a value that was not given.
    """
    text = _sections(page if "/" in page else f"pages/{page}")[section]
    return re.sub(r"\[\[(\w+)\]\]", lambda match: values[match[1]], text)


def sections(page: str) -> list[str]:
    """The names of the sections of a text."""
    return list(_sections(page if "/" in page else f"pages/{page}"))


@cache
def _sections(path: str) -> dict[str, str]:
    parts = re.split(r"^## +(.+)$", (TEXT / f"{path}.md").read_text(encoding="utf-8"), flags=re.MULTILINE)
    return {title.strip(): body.strip() for title, body in zip(parts[1::2], parts[2::2], strict=True)}
