"""What a table comes to crosses to a worker and back, and so does the sentence why it came to nothing."""

import pickle

import numpy as np
import pytest

from jobs import tables
from paradigms.data.tables.points import table_to_points
from paradigms.data.tables.reading import read_table

TEXT = "length,width,kind\n1,4,a\n2,5,b\n3,9,a\n"


def test_a_table_and_its_points_are_those_of_the_readers():
    (table, no_problem) = pickle.loads(pickle.dumps(tables.table(TEXT)))
    assert no_problem is None and table.columns == read_table(TEXT).columns
    how = {"x": 0, "y": 1, "label": 2, "equal_scales": True}
    (points, no_problem) = pickle.loads(pickle.dumps(tables.points(table, **how)))
    expected = table_to_points(read_table(TEXT), **how)
    assert no_problem is None and points.units == expected.units and points.notes == expected.notes
    np.testing.assert_array_equal(points.X, expected.X)
    np.testing.assert_array_equal(points.class_indices, expected.class_indices)


@pytest.mark.parametrize(
    "work",
    [lambda: tables.table("x\n1\n2\n"), lambda: tables.points(read_table(TEXT), x=2, y=1, label=None)],
)
def test_what_cannot_be_used_is_a_sentence(work):
    nothing, problem = work()
    assert nothing is None and problem[0].isupper() and problem.endswith(".")
