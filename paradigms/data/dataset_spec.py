"""Which data set: a small frozen description that is the key of every cache."""

from __future__ import annotations

import base64
import hashlib
import json
import math
from dataclasses import dataclass, fields
from functools import cached_property
from typing import Self

import numpy as np

from paradigms import registry
from paradigms.data import drawn_points
from paradigms.data.bad_data import BadData
from paradigms.data.class_names import cleaned, completed
from paradigms.data.dataset import CLASS_LETTERS, MAX_CLASSES, MAX_POINTS, Dataset

MIN_PRESET_POINTS = MAX_CLASSES
MAX_LABEL_NOISE = 0.5
MAX_SEED = 2**31 - 1


@dataclass(frozen=True)
class DatasetSpec:
    """Either a preset with its settings, or drawn points (``preset`` None, ``drawn`` the packed points).

    ``noise`` and ``balance`` None stand for the preset's own and are replaced by them, so that equal data
    have equal specs; a number out of range is moved to the end of its range. Where points are drawn, only
    the seed (of the split) counts. ``class_names`` left empty are the preset's, or letters. Raises BadData.
    """

    preset: str | None = "moons"
    size: int = 400
    noise: float | None = None
    balance: float | None = None
    label_noise: float = 0.0
    seed: int = 0
    drawn: bytes | None = None
    class_names: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        if (self.preset is None) == (self.drawn is None):
            raise BadData("A data set is either a preset or drawn points.")
        settings = self._preset_settings() if self.drawn is None else self._drawn_settings()
        settings["seed"] = int(_within(self.seed, 0, MAX_SEED, "seed"))
        for name, value in settings.items():
            object.__setattr__(self, name, value)

    @classmethod
    def of_points(
        cls, X: np.ndarray, class_indices: np.ndarray, class_names: tuple[str, ...] = (), seed: int = 0
    ) -> DatasetSpec:
        """The spec of points ``X (n, 2)`` in plane units; they are rounded to the plane's 16-bit steps."""
        return cls(None, drawn=drawn_points.pack(X, class_indices), class_names=tuple(class_names), seed=seed)

    def dataset(self) -> Dataset:
        if self.drawn is not None:
            return Dataset(*drawn_points.unpack(self.drawn), self.class_names, seed=self.seed)
        truth = registry.presets()[self.preset].truth(self.noise, self.balance, self.label_noise)
        return Dataset(*truth.draw(self.size, self.seed), self.class_names, truth, self.seed)

    @cached_property
    def digest(self) -> str:
        """A short name of the content, the same in every process."""
        content = repr([getattr(self, field.name) for field in fields(self)])
        return hashlib.sha256(content.encode()).hexdigest()[:16]

    def to_json(self) -> str:
        """All fields by name, sorted; the drawn points in base64."""
        content = {field.name: getattr(self, field.name) for field in fields(self)}
        if self.drawn is not None:
            content["drawn"] = base64.b64encode(self.drawn).decode()
        return json.dumps(content, sort_keys=True, ensure_ascii=False, separators=(",", ":"))

    @classmethod
    def from_json(cls, text: str) -> Self:
        """The spec that ``to_json`` wrote. Raises BadData, in words that name what is wrong."""
        try:
            content = json.loads(text)
            if content.get("drawn") is not None:
                content["drawn"] = base64.b64decode(content["drawn"], validate=True)
            content["class_names"] = tuple(content.get("class_names", ()))
            return cls(**content)
        except BadData:
            raise
        except (ValueError, TypeError, AttributeError, RecursionError):
            raise BadData("This is no description of a data set.") from None

    def _preset_settings(self) -> dict:
        preset = registry.presets().get(self.preset)
        if preset is None:
            raise BadData(f"There is no preset called “{str(self.preset)[:40]}”.")
        noise = preset.noise if self.noise is None else self.noise
        balance = preset.balance if self.balance is None else self.balance
        return {
            "size": int(_within(self.size, MIN_PRESET_POINTS, MAX_POINTS, "size")),
            "noise": _within(noise, *preset.noise_range, "noise"),
            "balance": None if balance is None else _within(balance, *preset.balance_range, "balance"),
            "label_noise": _within(self.label_noise, 0.0, MAX_LABEL_NOISE, "label noise"),
            "class_names": _names(self.class_names, preset.class_names),
        }

    def _drawn_settings(self) -> dict:
        X, class_indices = drawn_points.unpack(self.drawn)
        letters = CLASS_LETTERS[: int(class_indices.max()) + 1 if len(class_indices) else 1]
        return {
            "size": len(X),
            "noise": None,
            "balance": None,
            "label_noise": 0.0,
            "class_names": _names(self.class_names, letters),
        }


def _names(given: tuple[str, ...], needed: tuple[str, ...]) -> tuple[str, ...]:
    """The given names, completed for classes that have none."""
    if len(given) > MAX_CLASSES:
        raise BadData(f"There are {len(given)} classes, and the plane has room for {MAX_CLASSES}.")
    names = tuple(cleaned(name) or letter for name, letter in zip(given, CLASS_LETTERS, strict=False))
    return completed(names, needed)


def _within(value: float, low: float, high: float, what: str) -> float:
    try:
        value = float(value)
    except (TypeError, ValueError, OverflowError):
        value = math.nan
    if math.isnan(value):
        raise BadData(f"The {what} must be a finite number.")
    return min(max(value, low), high)
