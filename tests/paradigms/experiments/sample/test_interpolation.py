"""From one point to another through the noise, on a Gaussian and on two lumps."""

import numpy as np
import pytest
from formulas import Normal
from two_lumps import two_lumps

from paradigms.experiments.sample.interpolation import interpolated, pair


def test_between_two_points_of_a_gaussian_the_way_through_the_noise_keeps_its_length():
    a, b = np.array([1.0, 0.0]), np.array([0.0, 1.0])
    through, straight = interpolated(Normal(), a, b)
    np.testing.assert_allclose([through[0], through[-1]], [a, b], atol=0.02)
    np.testing.assert_allclose(np.linalg.norm(through, axis=1), 1, atol=0.02)
    assert np.linalg.norm(straight, axis=1).min() == pytest.approx(np.sqrt(0.5), abs=0.01)


def test_between_opposite_points_of_a_gaussian_that_stands_elsewhere():
    """About a mean of 0.5, (1.5, 0.5) and (−0.5, 0.5) lie opposite: no way round is shorter than another."""
    through, _ = interpolated(Normal(mean=0.5), np.array([1.5, 0.5]), np.array([-0.5, 0.5]))
    assert np.abs(through[:, 0] - 0.5).max() < 1.02 and np.isfinite(through).all()
    np.testing.assert_allclose(through[20], 0.5, atol=0.02)
    through, _ = interpolated(Normal(mean=0.5), np.array([1.5, 0.5]), np.array([0.5, 1.5]))
    np.testing.assert_allclose(np.linalg.norm(through - 0.5, axis=1), 1, atol=0.02)


def test_between_two_lumps_hardly_anything_stands_in_the_gap():
    through, straight = interpolated(two_lumps(), np.array([-1.0, -1.0]), np.array([1.0, 1.5]))
    likely = [np.median(two_lumps().score_samples(path)) for path in (through, straight)]
    assert likely[0] > likely[1] + 0.3


def test_a_pair_is_of_two_classes_where_there_are_two():
    X, y = np.arange(20.0).reshape(10, 2), np.arange(10) % 2
    for seed in range(5):
        a, b = pair(X, y, seed=seed)
        assert y[np.flatnonzero((a == X).all(axis=1))] != y[np.flatnonzero((b == X).all(axis=1))]
    a, b = pair(X[:1], y[:1])
    np.testing.assert_array_equal(a, b)
    assert pair(X, 0 * y)[0].shape == (2,)
