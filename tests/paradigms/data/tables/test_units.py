"""Units that a browser kept come back as they were; forged ones are refused."""

import json

import pytest

from paradigms.data.bad_data import BadData
from paradigms.data.tables.transform import Axis, Transform
from paradigms.data.tables.units import Units

UNITS = Units("age", "people", "bought", Transform(Axis(54.0, 10.3), Axis(4.5, 0.5, logarithmic=True)))


@pytest.mark.parametrize("units", [UNITS, Units("x", "y", None, Transform())])
def test_they_come_back_as_they_were(units):
    assert Units.from_json(json.loads(json.dumps(units.to_json()))) == units


def forged(**changes):
    told = UNITS.to_json()
    told["transform"]["x"] |= changes
    return told


@pytest.mark.parametrize(
    "told",
    [None, 7, "units", [], {}, {"transform": None}, {**UNITS.to_json(), "transform": {"x": 1, "y": 2}}]
    + [forged(scale=scale) for scale in (0, -1, 1e300, float("nan"), float("inf"), "wide", None, [1])]
    + [forged(shift=shift) for shift in (1e300, float("nan"), {}, 10**400)]
    + [forged(logarithmic=True, shift=shift) for shift in (301, -500)],
)
def test_forged_ones_are_refused(told):
    with pytest.raises(BadData, match=r"^[A-Z].+\.$"):
        Units.from_json(told)


def test_names_are_cleaned():
    told = UNITS.to_json() | {"x": "a\u202eb" * 40, "y": " ", "label": None}
    units = Units.from_json(told)
    assert len(units.x) <= 24 and "\u202e" not in units.x and (units.y, units.label) == ("x₂", None)
