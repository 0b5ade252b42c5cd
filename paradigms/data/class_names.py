"""Names of classes and columns as they may come from outside."""

from __future__ import annotations

import unicodedata

from paradigms.data.dataset import CLASS_LETTERS

LONGEST_NAME = 24


def cleaned(name: object) -> str:
    """One line of at most 24 visible characters, without control characters or direction marks."""
    # A cell may hold megabytes: what lies far behind the cut is not looked at.
    spaced = " ".join(str(name)[: 20 * LONGEST_NAME].split())
    visible = "".join(letter for letter in spaced if not unicodedata.category(letter).startswith("C"))
    return visible[:LONGEST_NAME].strip()


def completed(names: tuple[str, ...], letters: tuple[str, ...] = CLASS_LETTERS) -> tuple[str, ...]:
    """The names, and a letter for each further slot: its own, or the first that names no class yet."""
    found = list(names)
    for own in letters[len(names) :]:
        found.append(next(letter for letter in (own, *CLASS_LETTERS) if letter not in found))
    return tuple(found)
