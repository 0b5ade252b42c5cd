"""A shift and a scale for each axis that neither an outlier, a long tail nor a single spot can spoil."""

import numpy as np
import pytest

from paradigms.data.drawn_points import quantise, restore
from paradigms.data.tables.points import table_to_points
from paradigms.data.tables.table import Table
from paradigms.data.tables.transform import REACH, Axis, Transform, far_out, needs_logarithm

CLOUD = np.random.default_rng(0).normal(size=(500, 2))


def _points(X, **settings):
    return table_to_points(
        Table(("x", "y"), tuple(tuple(map(repr, column)) for column in X.T.tolist())), 0, 1, **settings
    )


@pytest.mark.parametrize("scale", [1e-100, 1e-3, 10.0, 1e9, 1e140])
@pytest.mark.parametrize("shift", [0.0, 3.0, -1e4])
def test_each_axis_spans_the_plane_and_comes_back(scale, shift):
    X = (CLOUD + shift) * [scale, 7 * scale]
    transform = Transform.fitted(X)
    shown = transform.forward(X)
    np.testing.assert_allclose([shown.min(axis=0), shown.max(axis=0)], [[-REACH] * 2, [REACH] * 2])
    back = transform.back(restore(quantise(shown)))
    assert (np.abs(back - X) <= np.ptp(X, axis=0) / 16_000).all()


def test_ages_beside_incomes_keep_their_years():
    rng = np.random.default_rng(1)
    X = np.column_stack([rng.integers(18, 90, 300), rng.integers(8, 150, 300) * 1000]).astype(float)
    points = _points(X)
    np.testing.assert_array_equal(points.transform.back(points.X)[:, 0].round(2), X[:, 0])
    assert points.X.std(axis=0).min() > 1


def test_the_outermost_numbers_come_back_as_they_are():
    X = np.array([[12.0, 1e6], [7.5, 2e6], [90.25, -3e5]])
    shown = restore(quantise(Transform.fitted(X).forward(X)))
    back = Transform.fitted(X).back(shown)
    np.testing.assert_allclose(back[[0, 2]][:, 0], [12, 90.25], rtol=0.1)
    np.testing.assert_allclose(
        [back.min(axis=0), back.max(axis=0)], [X.min(axis=0), X.max(axis=0)], rtol=1e-12
    )


def test_on_one_scale_axes_keep_their_proportions_and_a_line_is_called_one():
    X = CLOUD * [100.0, 10.0]
    points = _points(X, equal_scales=True)
    shown = points.X.std(axis=0)
    assert shown[0] / shown[1] == pytest.approx(X[:, 0].std() / X[:, 1].std(), rel=1e-3)
    assert points.transform.x.scale == points.transform.y.scale
    assert not any("line" in note for note in points.notes)
    thin = _points(CLOUD * [1000.0, 1.0], equal_scales=True)
    assert any("“y” is no more than a line" in note for note in thin.notes)


@pytest.mark.parametrize("reach", [1.1, 2.0, 3.9])
def test_what_fits_the_plane_stays_as_it_is(reach):
    assert Transform.fitted(np.random.default_rng(0).uniform(-reach, reach, (300, 2))) == Transform()


@pytest.mark.parametrize("X", [CLOUD * 0.1, CLOUD * 3, CLOUD * 0.2 + 3.5], ids=["small", "large", "corner"])
def test_what_does_not_fit_is_moved(X):
    assert Transform.fitted(X) != Transform()


@pytest.mark.parametrize("n", [10, 100, 1000])
@pytest.mark.parametrize("sign", [-1, 1])
def test_one_outlier_squashes_nobody_and_is_told(n, sign):
    X = np.random.default_rng(1).normal(size=(n, 2))
    points = _points(np.vstack([X, [[sign * 1e9, 0.0]]]))
    assert len(points.X) == n and points.X.std() > 0.8
    assert any("1 row too far from the rest" in note for note in points.notes)


def test_a_far_class_is_no_outlier():
    points = _points(np.vstack([CLOUD * 0.01, CLOUD[:50] * 0.01 + 100]))
    assert len(points.X) == 550 and np.abs(points.X).max() <= 4


@pytest.mark.parametrize("tail", ["sizes of cities", "incomes", "powers of ten"])
def test_a_long_tail_gets_a_logarithmic_axis_and_keeps_all_its_points(tail):
    rng = np.random.default_rng(2)
    values = {
        "sizes of cities": 9e6 / np.arange(1, 301) ** 1.3,
        "incomes": np.exp(rng.normal(10, 2, 300)),
        "powers of ten": 10.0 ** np.arange(-3, 9),
    }[tail]
    X = np.column_stack([values, rng.normal(size=len(values))])
    assert needs_logarithm(values)
    points = _points(X)
    assert len(points.X) == len(X) and points.transform.x.logarithmic and not points.transform.y.logarithmic
    assert any("axis of “x” is logarithmic" in note for note in points.notes)
    back = points.transform.back(points.X)[:, 0]
    assert np.abs(np.log(back / values)).max() <= np.ptp(np.log(values)) / 16_000
    assert not _points(X, logarithmic=(False, None)).transform.x.logarithmic


@pytest.mark.parametrize(
    "values", [CLOUD[:, 0], np.exp(CLOUD[:, 0]), np.arange(50.0), np.append(CLOUD[:, 0] + 9, 1e9)]
)
def test_no_logarithm_where_a_line_will_do_or_a_logarithm_will_not(values):
    assert not needs_logarithm(values)


def test_what_has_no_logarithm_is_left_out_and_counted():
    X = np.column_stack([np.append(10.0 ** np.arange(9), [0.0, -5.0]), np.arange(11) % 4])
    points = _points(X, logarithmic=(True, None))
    assert len(points.X) == 9 and any("2 rows whose “x” is not above 0" in note for note in points.notes)
    assert not _points(X * [0, 1], logarithmic=(True, None)).transform.x.logarithmic


def test_a_few_far_ones_are_far_out_and_many_are_not():
    values = np.append(CLOUD[:, 0], [1e6] * 8)
    assert far_out(values).sum() == 8 and far_out(values)[-8:].all()
    assert not far_out(np.append(CLOUD[:, 0], [1e6] * 40)).any()
    assert not far_out(np.array([0.0, 0.0, 0.0, 7.0])).any()


@pytest.mark.parametrize("value", [0.0, 7.0, -1e9, 1e150, 1e-310])
def test_one_spot_is_only_shifted(value):
    points = _points(np.full((20, 2), value))
    assert points.transform.x.scale == 1 and np.abs(points.X).max() < 2e-4 and len(points.X) == 20


def test_points_on_a_line():
    shown = _points(np.column_stack([np.arange(50.0), np.full(50, 3.0)])).X
    assert np.ptp(shown[:, 0]) > 6 and np.ptp(shown[:, 1]) == 0


def test_the_extremes_that_are_let_in():
    points = _points(np.array([[1e150, -1e150], [-1e150, 1e150], [0.0, 0.0], [1e149, 0.0]]))
    assert np.isfinite(points.X).all() and len(points.X) == 4


def test_the_identity_leaves_numbers_as_they_are():
    assert Transform().forward(np.array([[1.0, 2.0]])).tolist() == [[1.0, 2.0]]


def test_an_axis_is_undone():
    for axis in (Axis(3.0, 0.5), Axis(2.0, 1.5, logarithmic=True)):
        values = np.array([0.01, 3.0, 1e5])
        np.testing.assert_allclose(axis.back(axis.forward(values)), values, rtol=1e-12)
