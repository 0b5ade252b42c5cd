import numpy as np
import pytest

from paradigms.estimators.standardising import centre_and_scale, mean_and_scale, mean_and_spread


def test_one_scale_serves_all_columns():
    X = np.random.default_rng(0).normal([3.0, -1.0], [2.0, 0.5], (500, 2))
    mean, scale = centre_and_scale(X)
    np.testing.assert_allclose(mean, X.mean(axis=0))
    assert ((X - mean) / scale).var(axis=0).mean() == pytest.approx(1)
    assert mean_and_scale(X)["scale_"] == pytest.approx(scale)
    assert centre_and_scale(np.full((5, 2), 7.0))[1] == 1
    assert mean_and_scale(np.full((5, 2), 7.0))["scale_"] > 0


def test_or_each_column_has_its_own():
    X = np.random.default_rng(0).normal([3.0, -1.0], [2.0, 0.5], (500, 2)) * [1.0, 0.0]
    standard = mean_and_spread(X)
    np.testing.assert_allclose(((X - standard["mean_"]) / standard["scale_"]).std(axis=0), [1, 0])
    assert standard["scale_"][1] == 1
