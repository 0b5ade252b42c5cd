import numpy as np
import pytest
from sklearn.gaussian_process import GaussianProcessRegressor
from sklearn.gaussian_process.kernels import RBF, ConstantKernel, WhiteKernel

from paradigms.regression.gaussian_process_regression import GaussianProcessRegression


def data(n=60):
    rng = np.random.default_rng(0)
    X = rng.uniform(-3, 3, (n, 1))
    return X, np.sin(2 * X[:, 0]) + 0.2 * rng.standard_normal(n) + 5


def theirs(model, X, y, variance=None):
    variance = model.variance_ if variance is None else variance
    ratio = model.noise_variance_ / model.variance_
    kernel = ConstantKernel(variance) * RBF(model.length_) + WhiteKernel(variance * ratio)
    return GaussianProcessRegressor(kernel, optimizer=None, alpha=0).fit(X, y - y.mean())


def test_mean_and_variance_against_scikit_learn():
    X, y = data()
    queries = np.linspace(-6, 6, 50)[:, None]
    ours = GaussianProcessRegression().fit(X, y)
    mean, deviation = theirs(ours, X, y).predict(queries, return_std=True)
    np.testing.assert_allclose(ours.predict(queries), mean + y.mean(), atol=1e-6)
    variance = ours.predict_latent(queries)[1] + ours.noise_variance_
    np.testing.assert_allclose(variance, deviation**2, atol=1e-6)


def test_the_variances_are_the_likeliest():
    X, y = data()
    ours = GaussianProcessRegression().fit(X, y)
    best = theirs(ours, X, y).log_marginal_likelihood_value_
    for factor in (0.8, 1.25):
        assert theirs(ours, X, y, ours.variance_ * factor).log_marginal_likelihood_value_ < best
    assert np.sqrt(ours.noise_variance_) == pytest.approx(0.2, rel=0.3)


def test_away_from_the_data_it_widens_to_the_prior():
    ours = GaussianProcessRegression().fit(*data())
    mean, variance = ours.predict_latent(np.array([[0.0], [40.0]]))
    assert variance[1] == pytest.approx(ours.variance_) and variance[0] < 0.1 * variance[1]
    assert mean[1] == pytest.approx(data()[1].mean())


def test_of_many_points_500_serve():
    assert GaussianProcessRegression().fit(*data(2000)).points_.shape == (500, 1)
