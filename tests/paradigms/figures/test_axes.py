"""Curves over a coordinate, in the numbers of the column that it came from."""

import numpy as np
import plotly.graph_objects as go
import pytest

from paradigms.data.tables.transform import Axis
from paradigms.figures.axes import in_units, with_axes


def curve():
    figure = go.Figure().add_scatter(x=np.array([-1.0, 0.0, 1.0]), y=[1, 2, 3], name="p(x₁)")
    return with_axes(figure, "x₁", "density")


@pytest.mark.parametrize(
    "axis, numbers, kind",
    [(Axis(100.0, 10.0), [90, 100, 110], "linear"), (Axis(2.0, 1.0, True), [10, 100, 1000], "log")],
)
def test_a_curve_stands_over_the_tables_numbers(axis, numbers, kind):
    figure = in_units(curve(), "height", axis)
    np.testing.assert_allclose(figure.data[0].x, numbers)
    assert figure.layout.xaxis.type == kind and figure.layout.xaxis.title.text == "height"
    assert figure.data[0].name == "p(height)" and list(figure.data[0].y) == [1, 2, 3]
    assert figure.layout.yaxis.title.text == "density, per plane unit"


def test_a_name_is_shown_as_it_is():
    figure = in_units(curve(), "<b>5 $x$ & \\1", Axis())
    assert figure.layout.xaxis.title.text == "&lt;b&gt;5 &#36;x&#36; &amp; \\1"
    assert figure.data[0].name == "p(&lt;b&gt;5 &#36;x&#36; &amp; \\1)"
