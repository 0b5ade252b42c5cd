"""The workspace: all that differs from what everybody sees first, as plain data, and the one door to it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any, Self

from pages.parts.workspace import data_settings, declared, link, state
from pages.parts.workspace.link_details import (
    CLASS_NAMES,
    SETTINGS,
    SPLIT_SEED,
    UNITS,
    drawn_points,
    known_settings,
)
from paradigms.data.bad_data import BadData
from paradigms.data.compact_points import compressed
from paradigms.data.dataset_spec import DatasetSpec
from paradigms.data.tables.units import Units


@dataclass(frozen=True)
class Workspace:
    """``settings`` by name, models and their parameters among them; the ``drawn`` points, where they are no
    preset, with the ``units`` of the table that they were drawn on; and the address of the ``page``.

    ``left_out`` names what a link told that is not known here, or cannot be.
    """

    settings: Mapping[str, Any] = field(default_factory=dict)
    drawn: DatasetSpec | None = None
    units: Units | None = None
    page: str = ""
    left_out: tuple[str, ...] = field(default=(), compare=False)

    @classmethod
    def read(cls, page: str = "") -> Self:
        """What the visitor has made so far."""
        settings, spec = dict(sorted(declared.changed())), state.spec()
        return cls(settings, None, None, page) if spec.preset else cls(settings, spec, state.units(), page)

    def apply(self, *, on_arrival: bool = False) -> None:
        """Put it in place; settings that it does not name stay as they are.

        ``on_arrival`` the session is fresh, and whatever the tab itself remembers may still come after it.
        """
        self._set()
        of_a_preset = any(one.name in self.settings for one in data_settings.OF_A_PRESET)
        spec = self.drawn or (data_settings.preset_spec() if of_a_preset else state.spec())
        if on_arrival:
            state.begin_with(spec, self.units)
        elif self.drawn or of_a_preset:
            state.replace_data(spec, self.units)
            self._set()  # what other points had made forgotten

    def _set(self) -> None:
        known = declared.settings()
        for name, value in self.settings.items():
            known[name].set(value)

    def is_in_place(self) -> bool:
        """Whether all that it names stands as it says."""
        known = declared.settings()
        same_points = self.drawn is None or self.drawn == state.spec()
        return same_points and all(known[name].value == value for name, value in self.settings.items())

    @property
    def fitting_a_link(self) -> Self:
        """The same, without the points where they are too many for a link, or lie outside the plane."""
        try:
            fits = len(self.word) <= link.LONGEST
        except BadData:
            fits = False
        return self if fits else replace(self, drawn=None, units=None)

    @cached_property
    def word(self) -> str:
        """What stands for it in an address; ``fitting_a_link`` bounds its length."""
        details: dict[str, Any] = {SETTINGS: dict(self.settings)} if self.settings else {}
        if self.drawn is None:
            return link.encoded(details, b"")
        if self.drawn.class_names != DatasetSpec(None, drawn=self.drawn.drawn).class_names:
            details[CLASS_NAMES] = list(self.drawn.class_names)
        if self.units:
            details[UNITS] = self.units.to_json()
        if self.drawn.seed:
            details[SPLIT_SEED] = self.drawn.seed
        return link.encoded(details, compressed(self.drawn.drawn))

    def encode(self) -> str:
        """Its address, behind the app's own."""
        return f"{self.page}?{link.PARAMETER}={self.word}" if self.word else self.page

    @classmethod
    def decode(cls, address: str) -> Self:
        """The workspace of an address, every part of it checked. Raises BadLink."""
        page, _, query = address.partition("?")
        word = dict(part.partition("=")[::2] for part in query.split("&")).get(link.PARAMETER, "")
        return cls.of_word(word, page)

    @classmethod
    def of_word(cls, word: str, page: str = "") -> Self:
        """The same, of the word that stands in the address. Raises BadLink."""
        if not word:
            return cls(page=page)
        details, points = link.read(word)
        drawn, units = drawn_points(details, points) if points else (None, None)
        settings, left_out = known_settings(details)
        return cls(settings, drawn, units, page, left_out)
