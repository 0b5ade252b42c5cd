"""Which density the pages on sampling are about, and how steps over a fitted one are accepted."""

from __future__ import annotations

from pages.parts.text.story import words
from pages.parts.workspace.setting import Setting
from paradigms import registry

FITTED = "fitted"


def titles() -> dict[str, str]:
    """Those of the formulas by name, and of the visitor's own distribution."""
    formulas = {name: target.title for name, target in registry.targets().items()}
    return formulas | {FITTED: "Your own distribution"}


TARGET = Setting("walk_target", lambda: next(iter(titles())), "The density", choices=titles)
EXACT = Setting("walk_exact", True, words("langevin", "exact"))


def is_fitted() -> bool:
    """Whether it is the visitor's own distribution, and no formula."""
    return TARGET.value == FITTED
