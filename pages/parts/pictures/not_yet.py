"""The planes of a page about the visitor's own distribution, while that is fitted or learns."""

from __future__ import annotations

from collections.abc import Callable

from pages.parts.models.learned import Learned
from pages.parts.text.story import words


def show_not_yet(learned: Learned, show: Callable[..., None]) -> None:
    """``show(dimmed=…, …)`` the planes without what is to come, as often as there is news of it."""
    if learned.job:  # its progress and its buttons stand above
        show(dimmed=words("waiting", "learning"))
    else:
        learned.show(lambda _nothing, dimmed, **standing: show(dimmed=dimmed, **standing))
