"""What holds of every score of strangeness."""

import inspect

import numpy as np
import pytest
from sklearn.metrics import roc_auc_score

from paradigms import registry
from paradigms.protocols import AnomalyScorer, can

# What a score is made of, by the name of its parameter.
MADE_OF = {"density": "gaussian_mixture", "classifier": "logistic_regression"}


def clouds():
    """Two clouds with a gap between them that is wider than both."""
    rng = np.random.default_rng(3)
    y = np.arange(200) % 2
    return np.array([[-2.0, 0.0], [2.0, 0.0]])[y] + 0.5 * rng.standard_normal((200, 2)), y


@pytest.fixture(params=registry.anomaly_scores())
def score(request):
    estimator = registry.anomaly_scores()[request.param].estimator
    (part,) = inspect.signature(estimator).parameters
    return estimator(registry.create(MADE_OF[part]).fit(*clouds()))


def test_it_is_a_finite_number_for_each_point_even_far_away(score):
    assert can(score, AnomalyScorer)
    X = np.vstack([clouds()[0], [[40.0, 40.0], [-40.0, 40.0]]])
    strangeness = score.anomaly_score(X)
    assert strangeness.shape == (202,) and np.isfinite(strangeness).all()
    np.testing.assert_array_equal(score.anomaly_score(X), strangeness)


def test_what_was_planted_in_the_gap_is_stranger(score):
    """Points there are unlikely, and neither class has them: every score has a reason to notice."""
    X, _ = clouds()
    planted = np.random.default_rng(4).uniform([-0.3, -1.0], [0.3, 1.0], (50, 2))
    strangeness = score.anomaly_score(np.vstack([X, planted]))
    assert roc_auc_score(np.repeat([0, 1], [200, 50]), strangeness) > 0.95
