"""Tables that are easily misread: each once was."""

import numpy as np
import pytest

from paradigms.data.bad_data import BadData
from paradigms.data.dataset import Dataset
from paradigms.data.tables import read_points
from paradigms.data.tables.sums import n_sums
from paradigms.data.tables.writing import write_csv


def rows(*lines):
    return "\n".join(line.replace(" ", ",") for line in lines)


def first_point(points):
    return points.transform.back(points.X)[0].round(2).tolist()


def test_a_country_or_a_street_is_no_sum():
    states = rows("code x y", "DE 1.5 2.5", "FR 2.5 1.5", "NO 3.5 3.5", "DE 4 1", "SE 2 2", "SE 3 1")
    points = read_points(states)
    assert len(points.X) == 6 and "SE" in points.class_names
    means = rows("kind a b", "nice 1.5 2", "mean 2.5 3", "nice 3 1", "mean 2 2", "mean 4 5")
    assert len(read_points(means).X) == 5 and read_points(means).class_names == ("mean", "nice")
    assert len(read_points("street,a,b\nOak Street,1.5,2\nElm Way,2.5,3\nMean Street,3.5,2\n").X) == 3


def test_sums_are_left_out_with_a_word_for_each():
    body = [["A", "2", "30"], ["B", "4", "10"], ["C", "6", "20"]]
    feet = [["Total:", "12", "60"], ["Mean", "4", "20"], ["SD", "2", "10"]]
    assert n_sums(body + feet) == 3 and n_sums(body) == 0
    assert n_sums([*body, ["Total", "13", "61"]]) == 0, "no sum of these"


def test_long_names_that_begin_alike_stay_two_classes():
    long = "Iris versicolor subspecies"
    text = f"x,y,species\n1.5,2,{long} alpha\n2.5,3,{long} beta\n3,1,Iris\n"
    names = read_points(text).class_names
    assert len(names) == 3 and all(len(name) <= 24 for name in names)
    assert read_points("x,y,key\n1,2.5,C # major\n2,3.5,C # minor\n3,1.5,C # major\n").class_names == (
        "C # major",
        "C # minor",
    )


@pytest.mark.parametrize("word", ["x", "City", "type", "date", "label"])
def test_the_first_row_of_a_table_without_names_is_a_point(word):
    points = read_points(rows(f"1.5 2.5 {word}", "2.5 3.5 o", "3.1 1.1 o", "2.2 0.7 o"))
    assert len(points.X) == 4 and points.column_names[0] == "column 1"


@pytest.mark.parametrize(
    "table",
    [
        rows("2019 2020 region", "500 600 N", "810 870 S", "1120 1140 S"),
        rows("2019 2020", "1550 1600", "1700 1800", "2770 1900", "3000 2500"),
        rows("2019 2020 region", "55.5 60.1 N", "57.5 61.1 S", "51.5 59.1 N"),
    ],
)
def test_years_above_what_is_no_year_are_names(table):
    points = read_points(table)
    assert points.column_names[:2] == ("2019", "2020") and len(points.X) == len(table.split("\n")) - 1


@pytest.mark.parametrize("blanks", [" ", "  ", "   "])
def test_decimal_commas_between_blanks(blanks):
    lines = ["1,5 2,5 a", "2,5 3,5 b", "3,5 4,5 b", "0,5 2,25 a"]
    points = read_points("\n".join(line.replace(" ", blanks) for line in lines))
    assert first_point(points) == [1.5, 2.5] and points.class_names == ("a", "b")


def test_no_column_is_taken_twice():
    assert read_points("x,y,k\n5,7,a\n").column_names == ("x", "y", "k")
    with pytest.raises(BadData, match="two columns of numbers"):
        read_points("x,y,k\n5,7,a\n6,8,b\n7,3,a\n", label="x")
    with pytest.raises(BadData, match="two columns"):
        read_points("a,k\n5,p\n6,q\n", x="a")


@pytest.mark.parametrize(
    "values", [[1e16, 1e16 + 2, 1e16 + 4], [0.1, 0.10000000000000002, 0.10000000000000003]]
)
def test_numbers_that_lie_closer_than_can_be_written_leave_no_cell_empty(values):
    points = read_points("\n".join(["x,y", *(f"{value!r},{i}" for i, value in enumerate(values))]))
    X = np.vstack([points.X, [[0.3, 1.0], [-1.2, 2.0]]])
    written = write_csv(Dataset(X, np.zeros(len(X), dtype=int), ("A",)), points.units)
    assert all(cell for row in written.splitlines() for cell in row.split(","))


def test_crushed_axes_are_told_or_logarithmic():
    incomes = [20_000, 25_000, 28_000, 31_000, 35_000, 41_000, 52_000, 61_000, 1_000_000, 250_000_000]
    points = read_points(
        "\n".join(["income,age", *(f"{income},{20 + i * i % 7}" for i, income in enumerate(incomes))])
    )
    assert points.transform.x.logarithmic and len(points.X) == 10
    mixed = [1.2, 1.3, 1.1, 1.4, 1.25, 1.15, 1.35, 1.22, 1.31, -500, 3000]
    points = read_points("\n".join(["a,b", *(f"{value},{i * i % 7}" for i, value in enumerate(mixed))]))
    assert len(points.X) < 11 or any("in one place" in note for note in points.notes)


def test_what_a_point_before_three_digits_means_is_told_where_it_is_open():
    notes = read_points("Ort;Einwohner;Autos\nA;12.345;1.105\nB;23.456;2.210\nC;34.567;1.310\n").notes
    assert sum("leaves open what its point means" in note for note in notes) == 2
    assert not any("leaves open" in note for note in read_points("a,b\n1.250,3.125\n2.750,4.500\n").notes)


def test_whole_numbers_that_are_all_different_come_after_measurements():
    rng = np.random.default_rng(0)
    body = zip(
        rng.permutation(900)[:40], rng.normal(size=40), rng.normal(size=40), ["p", "q"] * 20, strict=True
    )
    text = "\n".join(["customer,w,h,k", *(f"{c},{w:.2f},{h:.2f},{k}" for c, w, h, k in body)])
    assert read_points(text).column_names == ("w", "h", "k")


@pytest.mark.parametrize("numbers", [[1, 1, 2, 2, 3, 3], [5, 6, 7, 5, 6, 7, 5, 6], [0, 1, 2] * 10])
def test_a_last_column_of_few_whole_numbers_is_the_label(numbers):
    text = "\n".join(["sl,sw,k", *(f"{i * 7 % 11}.5,{i * i % 13}.25,{k}" for i, k in enumerate(numbers))])
    assert read_points(text).column_names == ("sl", "sw", "k")


def test_an_outcome_is_no_coordinate():
    text = "\n".join(["hours,score,passed", *(f"{i},{40 + i * i % 37}.5,{int(i > 5)}" for i in range(1, 13))])
    assert read_points(text).column_names == ("hours", "score", "passed")


def test_json_by_rows_with_words_for_keys():
    towns = '{"Oslo": {"a": 1.5, "b": 2.5}, "Rome": {"a": 2.5, "b": 0.5}, "Bern": {"a": 3.5, "b": 1.5}}'
    assert read_points(towns).column_names[:2] == ("a", "b") and len(read_points(towns).X) == 3
    assert read_points('{"x": [1, 2, 3], "y": [4, 6, 5], "name": "test"}').column_names[:2] == ("x", "y")
    assert read_points("[[1.5, 2.5, 'a'], [2.5, 1.5, 'b'], [3, 3, 'a']]").class_names == ("a", "b")


@pytest.mark.parametrize("separator", [":", "~", "^"])
def test_rare_separators(separator):
    points = read_points("x,y,k\n1.5,2,a\n2.5,3,b\n3,1,a\n".replace(",", separator))
    assert points.column_names == ("x", "y", "k") and first_point(points) == [1.5, 2]


def test_a_sentence_with_two_numbers_is_no_table():
    with pytest.raises(BadData):
        read_points("I have 2 cats and 3 dogs")


def test_labels_with_a_unit_keep_it():
    text = "x,y,engine\n1.5,2,4 cylinders\n2.5,3,6 cylinders\n3,1,4 cylinders\n"
    assert read_points(text).class_names == ("4 cylinders", "6 cylinders")
    assert read_points("x,y,class\n1.5,2,1.0\n2.5,3,2\n3,1,1\n").class_names == ("1", "2")
