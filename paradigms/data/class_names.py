"""Names of classes and columns as they may come from outside."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence

from paradigms.data.dataset import CLASS_LETTERS

LONGEST_NAME, LONGEST_LABEL = 24, 480


def cleaned(name: object, longest: int = LONGEST_NAME) -> str:
    """One line of at most so many visible characters, without control characters or direction marks."""
    # A cell may hold megabytes: what lies far behind the cut is not looked at.
    spaced = " ".join(str(name)[:LONGEST_LABEL].split())
    visible = "".join(letter for letter in spaced if not unicodedata.category(letter).startswith("C"))
    return visible[:longest].strip()


def shortened(names: Sequence[str]) -> dict[str, str]:
    """A name of at most 24 letters for each of the different names, and a different one for each.

    Where two would be cut to the same, both ends are kept; where these are alike too, they are numbered.
    """
    half = (LONGEST_NAME - 1) // 2
    cut = {name: name[:LONGEST_NAME].strip() for name in names}
    ends = {name: f"{name[:half]}…{name[-half:]}" for name in names}
    found: dict[str, str] = {}
    for name in names:
        alike = sum(other == cut[name] for other in cut.values()) > 1
        short = ends[name] if alike and len(name) > LONGEST_NAME else cut[name]
        number = 2
        while short in found.values():
            short, number = f"{name[: LONGEST_NAME - 4].strip()} {number}", number + 1
        found[name] = short
    return found


def completed(names: tuple[str, ...], letters: tuple[str, ...] = CLASS_LETTERS) -> tuple[str, ...]:
    """The names, and a letter for each further class: its own, or the first that names no class yet."""
    found = list(names)
    for own in letters[len(names) :]:
        found.append(next(letter for letter in (own, *CLASS_LETTERS) if letter not in found))
    return tuple(found)
