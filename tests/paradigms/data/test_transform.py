"""One shift and one scale that neither an outlier nor a single spot can spoil."""

import numpy as np
import pytest

from paradigms.data.comma_separated import Table
from paradigms.data.imported_points import table_to_points
from paradigms.data.transform import Transform

CLOUD = np.random.default_rng(0).normal(size=(500, 2))


def _points(X):
    return table_to_points(Table(("x", "y"), [[repr(value) for value in row] for row in X.tolist()]), 0, 1)


@pytest.mark.parametrize("scale", [1e-100, 1e-3, 10.0, 1e9, 1e140])
@pytest.mark.parametrize("shift", [0.0, 3.0, -1e4])
def test_nearly_all_points_come_within_reach(scale, shift):
    X = (CLOUD + shift) * scale
    transform = Transform.fitted(X)
    inside = np.abs(transform.forward(X)).max(axis=1) <= 3.5 + 1e-6
    assert 0.99 <= inside.mean() < 1  # not loosely either: the scale is set by the outermost 1 %
    np.testing.assert_allclose(transform.back(transform.forward(X)), X, rtol=1e-9, atol=1e-9 * scale)


def test_axes_keep_their_proportions():
    X = CLOUD * [100.0, 10.0]
    shown = Transform.fitted(X).forward(X)
    assert shown[:, 0].std() / shown[:, 1].std() == pytest.approx(X[:, 0].std() / X[:, 1].std())


@pytest.mark.parametrize("reach", [1.0, 2.0, 3.9])
def test_what_fits_the_plane_stays_as_it_is(reach):
    assert Transform.fitted(np.random.default_rng(0).uniform(-reach, reach, (300, 2)) * 1.02) == Transform()


@pytest.mark.parametrize("X", [CLOUD * 0.1, CLOUD * 3, CLOUD * 0.2 + 3.5], ids=["small", "large", "corner"])
def test_what_does_not_fit_is_moved(X):
    assert Transform.fitted(X) != Transform()


@pytest.mark.parametrize("n", [10, 100, 1000])
@pytest.mark.parametrize("sign", [-1, 1])
def test_one_outlier_squashes_nobody(n, sign):
    X = np.random.default_rng(1).normal(size=(n, 2))
    points = _points(np.vstack([X, [[sign * 1e9, 0.0]]]))
    assert len(points.X) == n and points.X.std() > 0.8
    assert any("1 row too far from the rest" in note for note in points.notes)


def test_a_far_class_is_no_outlier():
    X = np.vstack([CLOUD * 0.01, CLOUD[:50] * 0.01 + 100])
    points = _points(X)
    assert len(points.X) == 550 and points.transform.scale > 10


@pytest.mark.parametrize("value", [0.0, 7.0, -1e9, 1e150, 1e-310])
def test_one_spot_is_only_shifted(value):
    points = _points(np.full((20, 2), value))
    assert points.transform.scale == 1 and np.abs(points.X).max() < 1e-300 and len(points.X) == 20


def test_one_point():
    assert _points(np.array([[5.0, 500.0]])).X.tolist() == [[0.0, 0.0]]


def test_points_on_a_line():
    X = np.column_stack([np.arange(50.0), np.full(50, 3.0)])
    shown = _points(X).X
    assert np.ptp(shown[:, 0]) > 6 and np.ptp(shown[:, 1]) == 0


def test_the_extremes_that_are_let_in():
    points = _points(np.array([[1e150, -1e150], [-1e150, 1e150], [0.0, 0.0], [1e149, 0.0]]))
    assert np.isfinite(points.X).all() and len(points.X) == 4
