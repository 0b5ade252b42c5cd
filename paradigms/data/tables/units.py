"""What the columns of a table are called, and how its numbers lie on the plane."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any

from paradigms.data.bad_data import BadData
from paradigms.data.class_names import cleaned
from paradigms.data.tables.transform import Axis, Transform

_LARGEST = 2e150  # what an import lets in, and its range


@dataclass(frozen=True)
class Units:
    """The names of the columns that became x₁, x₂ and the label (None: there was none)."""

    x: str
    y: str
    label: str | None
    transform: Transform

    def to_json(self) -> dict[str, Any]:
        """For a browser to keep."""
        return asdict(self)

    @classmethod
    def from_json(cls, told: Any) -> Units:
        """What a browser kept, which is not trusted. Raises BadData."""
        try:
            x, y = (_axis(told["transform"][name]) for name in ("x", "y"))
            label = told["label"]
            if not all(isinstance(name, str) for name in (told["x"], told["y"], label or "")):
                raise TypeError("a name is no text")
            names = cleaned(told["x"]) or "x₁", cleaned(told["y"]) or "x₂", cleaned(label or "") or None
        except (KeyError, TypeError, ValueError, OverflowError):
            raise BadData("The units of the points did not arrive whole.") from None
        return cls(*names, Transform(x, y))


def _axis(told: dict[str, Any]) -> Axis:
    shift, scale = float(told["shift"]), float(told["scale"])
    if not (abs(shift) <= _LARGEST and 0 < scale <= _LARGEST):
        raise ValueError("no axis")
    logarithmic = told["logarithmic"] is True
    if logarithmic and abs(shift) + 8 * scale > 300:
        raise ValueError("beyond what a number can hold")
    return Axis(shift, scale, logarithmic)
