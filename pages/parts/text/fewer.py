"""To say that there are fewer of something than usual, and why."""

from __future__ import annotations

from pages.parts.text.story import tell


def say_if_fewer(what: str, n: int, usual: int) -> None:
    """``what`` are particles, draws or samples."""
    if n < usual:
        tell("waiting", f"fewer {what}", n=f"{n:,}", usual=f"{usual:,}")
