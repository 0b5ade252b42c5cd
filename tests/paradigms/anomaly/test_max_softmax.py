import numpy as np
import pytest

from paradigms import registry
from paradigms.anomaly.max_softmax import MaxSoftmax


class Fixed:
    def predict_proba(self, X):
        return np.array([[1.0, 0.0, 0.0], [0.2, 0.7, 0.1], [1 / 3, 1 / 3, 1 / 3]])


def test_it_is_one_less_the_largest_probability():
    np.testing.assert_allclose(MaxSoftmax(Fixed()).anomaly_score(np.zeros((3, 2))), [0, 0.3, 2 / 3])


def test_it_finds_doubt_strange_and_distance_not():
    """Two Gaussians at ±2: the middle is strange, and a point ten standard deviations out is not."""
    rng = np.random.default_rng(0)
    y = np.repeat([0, 1], 200)
    X = rng.standard_normal((400, 2)) + np.array([[-2.0, 0.0], [2.0, 0.0]])[y]
    score = MaxSoftmax(registry.create("logistic_regression").fit(X, y))
    middle, inside, far = score.anomaly_score(np.array([[0.0, 0.0], [2.0, 0.0], [12.0, 0.0]]))
    assert middle == pytest.approx(0.5, abs=0.1)
    assert far < inside < middle
