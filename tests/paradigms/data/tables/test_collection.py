"""All tables of the collection, each read as a careful person would, or refused with a true sentence."""

import numpy as np
import pytest

from benchmarks.table_judge import FOLDER, WRONG, expectations, verdict_on_points, verdict_on_refusal
from paradigms.data.bad_data import BadData
from paradigms.data.tables import read_points

EXPECTED = expectations()
UNLIKE_AXES = ["comma_plain.csv", "user_id.csv", "unlike_units.csv", "whole_and_different.csv"]


def is_utf_8(name):
    try:
        return bool((FOLDER / name).read_bytes().decode("utf-8"))
    except UnicodeDecodeError:
        return False


def answer(name, source=None, **choice):
    outcomes = EXPECTED[name]
    try:
        points = read_points((FOLDER / name).read_bytes() if source is None else source, **choice)
    except BadData as refusal:
        return verdict_on_refusal(str(refusal), outcomes)
    return verdict_on_points(points, outcomes)


@pytest.mark.parametrize("name", EXPECTED)
def test_the_table_is_read_as_it_is_meant(name):
    word, why = answer(name)
    assert word != WRONG, why


def test_every_file_has_an_expectation():
    assert {path.name for path in FOLDER.iterdir()} == {*EXPECTED, "expected.json"}


@pytest.mark.parametrize("name", [name for name in EXPECTED if is_utf_8(name)])
def test_pasted_text_is_read_as_the_file_is(name):
    assert answer(name, (FOLDER / name).read_bytes().decode("utf-8")) == answer(name)


def test_columns_by_name_and_by_place():
    source = (FOLDER / "penguins.csv").read_bytes()
    by_name = read_points(source, x="flipper_length_mm", y="body_mass_g", label="sex")
    by_place = read_points(source, x=4, y=5, label=6)
    assert by_name.column_names == by_place.column_names == ("flipper_length_mm", "body_mass_g", "sex")
    assert set(by_name.class_names) == {"male", "female"}
    np.testing.assert_array_equal(by_name.X, by_place.X)
    ends = by_name.transform.back(by_name.X)[[0, -1]]
    np.testing.assert_allclose(ends, [[181, 3750], [180, 3600]], atol=0.2)


def test_an_identifier_is_a_coordinate_for_who_asks():
    points = read_points((FOLDER / "id_capital.csv").read_bytes(), x="ID", y="size")
    assert points.column_names[:2] == ("ID", "size")
    assert np.ptp(points.transform.back(points.X)[:, 0]) == pytest.approx(11, abs=0.01)


@pytest.mark.parametrize("choice", [{"x": "no such column"}, {"y": 99}, {"label": "no such column"}])
def test_a_column_that_is_not_there(choice):
    with pytest.raises(BadData, match=r"(?i)column"):
        read_points((FOLDER / "comma_plain.csv").read_bytes(), **choice)


def test_a_column_of_words_is_named_in_the_refusal():
    with pytest.raises(BadData, match="kind"):
        read_points((FOLDER / "comma_plain.csv").read_bytes(), x="kind", y="length")


@pytest.mark.parametrize("name", ["latitude_longitude.csv", "airports.csv", "comma_plain.csv"])
def test_equal_scales_are_equal(name):
    points = read_points((FOLDER / name).read_bytes(), equal_scales=True)
    units = points.transform.back(np.array([[1.0, 1.0]])) - points.transform.back(np.zeros((1, 2)))
    assert units[0, 0] == pytest.approx(units[0, 1])
    assert np.abs(points.X).max() <= 4


@pytest.mark.parametrize("name", UNLIKE_AXES)
def test_each_axis_is_filled_by_itself(name):
    X = read_points((FOLDER / name).read_bytes()).X
    assert (np.ptp(X, axis=0) > 4).all()
