"""The Gaussian discriminant against scikit-learn's QDA and LDA."""

import numpy as np
import pytest
from sklearn.datasets import load_iris
from sklearn.discriminant_analysis import LinearDiscriminantAnalysis, QuadraticDiscriminantAnalysis

from paradigms.generative.gaussian_discriminant import GaussianDiscriminant


@pytest.fixture(scope="module")
def iris():
    return load_iris(return_X_y=True)


def test_separate_covariances_are_quadratic_discriminant_analysis(iris):
    X, y = iris
    theirs = QuadraticDiscriminantAnalysis(store_covariance=True).fit(X, y)
    ours = GaussianDiscriminant(covariance="separate").fit(X, y)
    np.testing.assert_allclose(ours.covariances_, theirs.covariance_, rtol=1e-9)
    np.testing.assert_allclose(ours.predict_proba(X), theirs.predict_proba(X), atol=1e-9)


def test_one_shared_covariance_is_linear_discriminant_analysis(iris):
    X, y = iris
    ours = GaussianDiscriminant(covariance="shared").fit(X, y)
    theirs = LinearDiscriminantAnalysis().fit(X, y)
    np.testing.assert_allclose(ours.predict_proba(X), theirs.predict_proba(X), atol=1e-9)
    np.testing.assert_array_equal(ours.covariances_[0], ours.covariances_[2])


def test_a_shared_covariance_makes_the_log_odds_linear(iris):
    X, y = iris
    model = GaussianDiscriminant(covariance="shared").fit(X, y)
    odds = [np.subtract(*model.log_joint(points)[:, :2].T) for points in (X[:50], X[50:100])]
    middle = np.subtract(*model.log_joint((X[:50] + X[50:100]) / 2)[:, :2].T)
    np.testing.assert_allclose(middle, (odds[0] + odds[1]) / 2)


def test_an_unknown_kind_of_covariance_is_refused(iris):
    with pytest.raises(ValueError, match="shared"):
        GaussianDiscriminant(covariance="tied").fit(*iris)
