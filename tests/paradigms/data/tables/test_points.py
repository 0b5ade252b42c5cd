"""A table of horrors: each gives points with notes, or one sentence."""

import time
from importlib import resources

import numpy as np
import pytest
from sklearn.datasets import load_breast_cancer, load_iris, load_wine

from paradigms.data.bad_data import BadData
from paradigms.data.dataset_spec import DatasetSpec
from paradigms.data.drawn_points import quantise
from paradigms.data.tables import read_points
from paradigms.data.tables.columns import guess_columns
from paradigms.data.tables.points import table_to_points
from paradigms.data.tables.reading import read_table
from paradigms.data.tables.writing import write_csv


def in_table_units(points):
    return points.transform.back(points.X)


def assert_comes_back(points, X):
    """Each number to 1/16,000 of its axis, as promised."""
    error = np.abs(in_table_units(points) - X).max(axis=0)
    assert (error <= np.ptp(X, axis=0) / 16_000).all(), error


PLAIN = "a,b,kind\n1,2,cat\n3.5,-4,dog\n5,6e1,cat\n"
PLAIN_X = [[1, 2], [3.5, -4], [5, 60]]


@pytest.mark.parametrize(
    "source",
    [
        PLAIN,
        PLAIN.encode(),
        b"\xef\xbb\xbf" + PLAIN.encode(),
        "\ufeff" + PLAIN,
        PLAIN.encode("utf-16"),
        PLAIN.replace("\n", "\r\n"),
        PLAIN.replace("\n", "\r"),
        PLAIN.replace(",", ", "),
        PLAIN.replace(",", ";"),
        PLAIN.replace(",", "\t"),
        PLAIN.replace(",", "   "),
        PLAIN.replace(",", ";").replace(".", ","),
        PLAIN.replace(",", " ").replace(".", ","),
        PLAIN.replace(",", "\t").replace(".", ","),
        PLAIN.split("\n", 1)[1],
        PLAIN.rstrip(),
        "\n\n" + PLAIN.replace("\n", "\n\n"),
        "# " + PLAIN,
        '"a","b","kind"\n"1","2","cat"\n"3.5","-4","dog"\n"5","6e1","cat"\n',
        "kind,a,b\ncat,1,2\ndog,3.5,-4\ncat,5,60\n",
        PLAIN.replace("a", "a\0"),
        "id,a,b,kind\n1,1,2,cat\n2,3.5,-4,dog\n3,5,60,cat\n",
        "a,b,note,species\n1,2,u,cat\n3.5,-4,v,dog\n5,60,w,cat\n",
    ],
)
def test_the_same_table_however_it_is_written(source):
    points = read_points(source)
    assert_comes_back(points, np.array(PLAIN_X))
    assert points.class_names == ("cat", "dog") and points.class_indices.tolist() == [0, 1, 0]


def test_latin_1():
    assert read_points("x,y,ort\n1,2,Köln\n3,5,Ulm\n".encode("latin-1")).class_names == ("Köln", "Ulm")


def test_names_are_quoted_and_cleaned():
    text = 'x,y,label\n1,2,"a, ""b"""\n3,4,"two\nlines"\n5,7,' + "z" * 99 + "\n"
    assert read_points(text).class_names == ('a, "b"', "two lines", "z" * 24)


@pytest.mark.parametrize(
    ("header", "row", "expected"),
    [
        ("x,y", "1.5,2.5", (0, 1, None)),
        ("x1,x2,y", "1.5,2.5,1", (0, 1, 2)),
        ("target,u,v", "1,2.5,3.5", (1, 2, 0)),
        ("u,v,w", "1.5,2.5,3.5", (0, 1, None)),
        ("u,v,name", "1.5,2.5,p", (0, 1, 2)),
    ],
)
def test_the_guess(header, row, expected):
    rows = [row, row.replace(".5", ".7"), row.replace(".5", ".9")]
    assert guess_columns(read_table("\n".join([header, *rows]))) == expected


def test_a_guess_leaves_out_row_numbers_and_constants():
    rows = [f"{i},7,{np.sin(i):.3f},{np.cos(i):.3f},{i % 2}" for i in range(50)]
    assert guess_columns(read_table("\n".join([",unit,p,q,cluster", *rows]))) == (2, 3, 4)


@pytest.mark.parametrize(
    "source",
    [
        "",
        b"",
        " \n \n",
        ",,,\n,,",
        "x,y,label\n",
        "x\n1\n2\n3\n",
        "1\n2\n",
        "one,two\nthree,four\n",
        "only text in here",
        "x,y\nnan,nan\n",
        "x,y\n1,\n2,\n",
        'x,y\n1,"2' + "x" * 200_000,
        b"\x00" * 50,
        bytes(range(256)) * 20,
        b"\x89PNG\r\n\x1a\n" + bytes(1000),
        "1,2\n" * 1_500_000,
        "1," * 1_000_000,
        b"1,2\n" * 1_500_000,
        "x,y,label\n1e308,1e308,a\n-1e308,2e200,b\n",
    ],
)
def test_what_cannot_be_used_is_one_sentence(source):
    with pytest.raises(BadData, match=r"^[A-Z][^\n]+\.$"):
        read_points(source)


def test_fifty_megabytes_are_refused_at_once():
    source, start = b"1,2\n" * 12_500_000, time.perf_counter()
    with pytest.raises(BadData, match="5 MB"):
        read_points(source)
    assert time.perf_counter() - start < 0.1


@pytest.mark.slow
def test_five_megabytes_are_read_points():
    points = read_points("0.5,1.25,a\n1.5,0.25,b\n" * 220_000)
    assert len(points.X) == 5000


@pytest.mark.parametrize("lines", [1, 3, 50])
def test_wild_rows_do_not_hide_the_good_ones(lines):
    wild = ["1,2,3,4,5", "x,y,a", "nan,1,a", "1,inf,a", "1e308,1,a", "1e999,1,a", "", "3", "4,", '"', "1,2,"]
    good = [f"{i / 7},{i % 5},{'ab'[i % 2]}" for i in range(200)]
    points = read_points("\n".join(["p,q,label", *good[:100], *wild[:-2] * lines, *good[100:]]))
    kept = in_table_units(points)
    assert len(kept) == 200 + lines  # 1,2,3,4,5 has two numbers and the label 3
    assert any("without two usable numbers were left out" in note for note in points.notes)


def test_rows_without_a_label_are_left_out_and_counted():
    points = read_points("x,y,label\n1,2,a\n3,4,\n5,6,b\n7,9,\n")
    assert len(points.X) == 2 and "2 rows without a label were left out." in points.notes


def test_no_label_is_one_class():
    points = read_points("1.5,2\n2.5,7\n3.5,1\n")
    assert points.class_names == ("A",) and points.class_indices.tolist() == [0, 0, 0]


def test_numeric_labels_are_one_class_however_they_are_written():
    text = "x,y,class\n1.5,2,10\n2.5,7,9\n3.5,1,9.0\n"
    assert read_points(text).class_names == ("9", "10")


def test_a_missing_label_may_be_written_nan():
    points = read_points("x,y,class\n1.5,2,1.0\n2.5,7,nan\n3.5,1,0.0\n4.5,3,1.0\n")
    assert points.class_names == ("0", "1") and len(points.X) == 3


def test_the_four_largest_classes_are_kept():
    names = "a" * 9 + "b" * 2 + "c" * 8 + "d" * 7 + "e" * 6 + "f" * 3
    points = read_points(
        "\n".join(["x,y,label", *(f"{i / 3},{i * i},{name}" for i, name in enumerate(names))])
    )
    assert points.class_names == ("a", "c", "d", "e") and len(points.X) == 30
    assert any("6 classes" in note and "5 rows" in note for note in points.notes)


def test_too_many_rows_become_a_seeded_sample():
    rng = np.random.default_rng(0)
    text = "\n".join(f"{a},{b}" for a, b in rng.normal(size=(20_000, 2)).tolist())
    points, again = read_points(text), read_points(text)
    assert points.X.shape == (5000, 2) and any("20,000" in note for note in points.notes)
    np.testing.assert_array_equal(points.X, again.X)
    table = read_table(text)
    assert (table_to_points(table, 0, 1, seed=1).X != points.X).any()


@pytest.mark.parametrize(("x", "y", "label"), [(0, 9, None), (-1, 1, None), (0, 1, 3)])
def test_columns_that_do_not_exist(x, y, label):
    with pytest.raises(BadData, match="column"):
        table_to_points(read_table(PLAIN), x, y, label)


def test_csv_out_and_in_is_the_same_data():
    for spec in (DatasetSpec("four_blobs", label_noise=0.1), DatasetSpec("imbalanced", size=50)):
        dataset = spec.dataset()
        points = read_points(write_csv(dataset))
        np.testing.assert_array_equal(quantise(points.X), quantise(dataset.X))
        np.testing.assert_array_equal(points.class_indices, dataset.y)
        assert points.class_names == dataset.class_names and points.notes == ()


def test_a_class_without_points_takes_no_class_index():
    spec = DatasetSpec.of_points([[-2, 0], [2, 0], [0, 2], [1, -2]], [3, 1, 3, 1])
    points = read_points(write_csv(spec.dataset()))
    assert points.class_indices.tolist() == [1, 0, 1, 0] and points.class_names == ("B", "D")
    rows = ["x,y,label", *(f"{i}.5,{i * i % 7},{'ab'[i % 2]}" for i in range(10)), "NaN,3,c", "4,,c", "?,1,d"]
    assert read_points("\n".join(rows)).class_names == ("a", "b")


def test_awkward_names_are_quoted_on_the_way_out():
    names = ('say "a", b', "semi;colon")
    dataset = DatasetSpec.of_points([[-2, 0], [2, 0.5], [0, 2]], [0, 1, 0], names).dataset()
    assert read_points(write_csv(dataset)).class_names == names


@pytest.mark.parametrize(
    ("load", "name"), [(load_iris, "iris"), (load_wine, "wine_data"), (load_breast_cancer, "breast_cancer")]
)
def test_the_files_of_scikit_learn(load, name):
    loaded = load()
    source = resources.files("sklearn.datasets.data").joinpath(f"{name}.csv").read_bytes()
    points = read_points(source)
    assert len(points.X) == len(loaded.target)
    assert set(points.class_names) == set(loaded.target_names.tolist())
    told = [points.class_names[class_index] for class_index in points.class_indices]
    assert told == loaded.target_names[loaded.target].tolist()
    assert_comes_back(points, loaded.data[:, :2])
