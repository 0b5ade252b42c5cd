import numpy as np
import pytest
from sklearn import linear_model
from sklearn.datasets import make_blobs

from paradigms.discriminative.logistic_regression import LogisticRegression


@pytest.mark.parametrize("n_classes", [2, 4])
@pytest.mark.parametrize("C", [0.1, 10.0])
def test_probabilities_against_scikit_learn(n_classes, C):
    X, y = make_blobs(200, n_features=3, centers=n_classes, cluster_std=4, random_state=0)
    ours = LogisticRegression(C=C).fit(X, y).predict_proba(X)
    theirs = linear_model.LogisticRegression(C=C, max_iter=1000).fit(X, y).predict_proba(X)
    np.testing.assert_allclose(ours, theirs, atol=1e-9)


@pytest.mark.parametrize("n_classes", [2, 3])
def test_at_the_optimum_the_slope_of_the_objective_is_zero(n_classes):
    """∂/∂W = ∑ (p − t) xᵀ + W/C, ∂/∂b = ∑ (p − t); with two classes only w₁ − w₀ is penalised."""
    X, y = make_blobs(150, centers=n_classes, cluster_std=3, random_state=1)
    model = LogisticRegression(C=0.5).fit(X, y)
    residual = model.predict_proba(X) - np.eye(n_classes)[y]
    slope = residual.T @ X + model.coef_ / 0.5
    if n_classes == 2:
        slope = slope[1]
    np.testing.assert_allclose(slope, 0, atol=0.05)
    np.testing.assert_allclose(residual.sum(axis=0), 0, atol=0.05)


def test_it_finds_the_bayes_posterior_of_two_gaussians():
    """Equal covariances I, means ±m, shares 3:1: log odds = 2 mᵀx + log 3 (Bishop 2006, eq. 4.65-4.67)."""
    rng = np.random.default_rng(0)
    y = (rng.random(20_000) < 0.75).astype(int)
    mean = np.array([0.8, -0.4])
    X = rng.standard_normal((len(y), 2)) + (2 * y - 1)[:, None] * mean
    model = LogisticRegression(C=1e6).fit(X, y)
    np.testing.assert_allclose(model.coef_[1] - model.coef_[0], 2 * mean, atol=0.06)
    assert model.intercept_[1] - model.intercept_[0] == pytest.approx(np.log(3), abs=0.06)
