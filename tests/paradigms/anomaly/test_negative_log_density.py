"""The negative log density on planted outliers, with a density that is fitted already and one that is not."""

import numpy as np
import pytest
from sklearn.metrics import roc_auc_score

from paradigms.anomaly.negative_log_density import NegativeDensity
from paradigms.generative.kernel_density import KernelDensity


@pytest.fixture(scope="module")
def X():
    return np.random.default_rng(0).standard_normal((300, 2)) * 0.5


def test_planted_outliers_stand_out(X):
    rng = np.random.default_rng(1)
    outliers = rng.uniform(-4, 4, (200, 2))
    outliers = outliers[np.linalg.norm(outliers, axis=1) > 2.0]
    places = np.vstack([rng.standard_normal((200, 2)) * 0.5, outliers])
    strange = np.arange(len(places)) >= 200
    assert roc_auc_score(strange, NegativeDensity(KernelDensity()).fit(X).anomaly_score(places)) > 0.99


def test_a_fitted_density_is_used_as_it_is(X):
    density = KernelDensity().fit(X)
    np.testing.assert_array_equal(NegativeDensity(density).anomaly_score(X), -density.score_samples(X))


def test_fitting_leaves_the_given_density_alone(X):
    density = KernelDensity().fit(X)
    before = density.score_samples(X)
    refitted = NegativeDensity(density).fit(X + 5.0)
    np.testing.assert_array_equal(density.score_samples(X), before)
    assert refitted.anomaly_score(X).min() > refitted.anomaly_score(X + 5.0).max()
