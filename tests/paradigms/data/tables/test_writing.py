"""What came in goes out: the points on the plane under the table's names, in its numbers."""

import csv
import io

import numpy as np
import pytest

from paradigms.data.dataset_spec import DatasetSpec
from paradigms.data.tables import read_points
from paradigms.data.tables.writing import write_csv


def out(points):
    data = DatasetSpec.of_points(points.X, points.class_indices, points.class_names).dataset()
    return list(csv.reader(io.StringIO(write_csv(data, points.units))))


def test_short_numbers_come_out_as_they_came_in():
    rows = [
        ["age", "income", "bought"],
        ["22", "31000", "no"],
        ["25.5", "142000", "no"],
        ["31", "58250", "yes"],
    ]
    assert out(read_points("\n".join(map(",".join, rows)))) == rows


@pytest.mark.parametrize("scale", [1e-9, 1.0, 1e12])
def test_all_numbers_come_out_to_a_sixteen_thousandth_of_their_axis(scale):
    X = np.random.default_rng(0).normal(size=(200, 2)) * [scale, 3 * scale]
    text = "\n".join(["u,v", *(f"{x!r},{y!r}" for x, y in X.tolist())])
    header, *rows = out(read_points(text))
    assert header == ["u", "v", "label"]
    written = np.array([[float(cell) for cell in row[:2]] for row in rows])
    assert (np.abs(written - X) <= np.ptp(X, axis=0) / 16_000).all()


def test_logarithmic_axes_come_out_in_numbers():
    values = 9e6 / np.arange(1, 101) ** 1.3
    text = "\n".join(["people,area", *(f"{value:.0f},{i % 10}" for i, value in enumerate(values))])
    written = np.array([float(row[0]) for row in out(read_points(text))[1:]])
    np.testing.assert_allclose(written, values.round(), rtol=3e-4)


def test_numbers_that_lie_on_no_lattice_are_written_whole():
    data = DatasetSpec("moons", size=20).dataset()
    header, *rows = csv.reader(io.StringIO(write_csv(data)))
    assert header == ["x1", "x2", "label"]
    np.testing.assert_array_equal([[float(cell) for cell in row[:2]] for row in rows], data.X)
    assert [row[2] for row in rows] == [data.class_names[class_index] for class_index in data.y]


def test_a_drawing_comes_back_to_its_own_places():
    spec = DatasetSpec.of_points(np.random.default_rng(3).uniform(-4, 4, (300, 2)), np.arange(300) % 4)
    again = read_points(write_csv(spec.dataset()))
    np.testing.assert_array_equal(again.X, spec.dataset().X)
