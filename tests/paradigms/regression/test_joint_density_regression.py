import numpy as np
import pytest
from scipy.stats import multivariate_normal, norm

from paradigms.regression.joint_density_regression import JointDensityRegression


def table(n=5000):
    """Two Gaussians of (x, y) that lean opposite ways, shares 0.4 and 0.6."""
    rng = np.random.default_rng(0)
    first = rng.random(n) < 0.4
    one = rng.multivariate_normal([-2, 10], [[1, 4], [4, 25]], n)
    two = rng.multivariate_normal([2, -10], [[1, -6], [-6, 49]], n)
    return np.where(first[:, None], one, two)


def test_one_gaussian_is_a_straight_line_with_the_residual_scatter():
    """One component: E[y|x] and Var[y|x] are those of least squares, up to the ridge of 0.001."""
    Z = table()
    model = JointDensityRegression(n_components=1).fit(Z[:, :1], Z[:, 1])
    slope, offset = np.polyfit(Z[:, 0], Z[:, 1], 1)
    places = np.linspace(-5, 5, 20)
    np.testing.assert_allclose(model.predict(places[:, None]), slope * places + offset, atol=0.1)
    deviation = np.std(Z[:, 1] - slope * Z[:, 0] - offset)
    assert model.conditional_mixture([[0.0]])[2][0, 0] == pytest.approx(deviation, rel=0.01)


def test_the_conditional_is_the_joint_over_the_marginal():
    """log p(y|x) + log p(x) against the mixture of (x, y) itself, put back into the data's units."""
    Z = table(800)
    model = JointDensityRegression(n_components=3).fit(Z[:, :1], Z[:, 1])
    parts = [
        w
        * multivariate_normal(model.mean_ + model.scale_ * m, C * np.outer(model.scale_, model.scale_)).pdf(Z)
        for w, m, C in zip(model.weights_, model.means_, model.covariances_, strict=True)
    ]
    ours = model.log_conditional_density(Z[:, :1], Z[:, 1]) + model.log_input_density(Z[:, :1])
    np.testing.assert_allclose(ours, np.log(np.sum(parts, axis=0)), atol=1e-8)


def test_it_finds_a_known_conditional():
    """By Bishop (2006), eq. 2.81-2.82: given x, N(10 + 4(x + 2), 9) and N(−10 − 6(x − 2), 13)."""
    Z = table()
    X, y = Z[:, :1], Z[:, 1]
    model = JointDensityRegression(n_components=2).fit(X, y)
    x = X[:, 0]
    one, two = 0.4 * norm(-2, 1).pdf(x), 0.6 * norm(2, 1).pdf(x)
    truth = one * norm(10 + 4 * (x + 2), 3).pdf(y) + two * norm(-10 - 6 * (x - 2), np.sqrt(13)).pdf(y)
    difference = np.log(truth / (one + two)) - model.log_conditional_density(X, y)
    assert np.abs(difference).mean() < 0.05
