"""A bare session, and every setting of every page."""

import pytest
import streamlit

from pages import chapters
from pages.parts.workspace.declared import settings


@pytest.fixture
def session(monkeypatch):
    """A bare session; toasts are collected in ``session.toasts``."""

    class Session(dict):
        def __init__(self):
            super().__init__()
            self.toasts = []

    held = Session()
    monkeypatch.setattr(streamlit, "session_state", held)
    monkeypatch.setattr(streamlit, "toast", held.toasts.append)
    return held


@pytest.fixture(scope="session")
def declared():
    """Every setting that there is, by name."""
    chapters.import_sections()
    return settings()
