import numpy as np
import pytest
from scipy.stats import norm

from paradigms.regression.neural_regression import NeuralRegression


def wave(n=2000):
    rng = np.random.default_rng(0)
    X = rng.uniform(-3, 3, (n, 1))
    return X, np.sin(2 * X[:, 0]) + 0.3 * rng.standard_normal(n)


def test_it_finds_the_conditional_mean_and_the_noise():
    """Of all functions E[y|x] = sin 2x has the least squared error, σ² = 0.09 (Bishop 1995, eq. 6.46)."""
    model = NeuralRegression().fit(*wave())
    places = np.linspace(-2.8, 2.8, 50)
    assert np.abs(model.predict(places[:, None]) - np.sin(2 * places)).mean() < 0.05
    assert model.noise_variance_ == pytest.approx(0.09, rel=0.1)


def test_of_two_branches_it_learns_the_middle_where_no_point_is():
    """y = ±1 by the toss of a coin: the mean is 0, and the scatter has to be 1."""
    X, _ = wave()
    y = np.where(np.random.default_rng(1).random(len(X)) < 0.5, -1.0, 1.0)
    model = NeuralRegression(n_steps=150).fit(X, y)
    assert np.abs(model.predict(X)).mean() < 0.25
    assert model.noise_variance_ == pytest.approx(1, abs=0.1)


def test_the_noise_is_the_mean_squared_residual():
    X, y = wave(200)
    model = NeuralRegression(n_steps=20).fit(X, y)
    residual = np.sqrt(np.mean((y - model.predict(X)) ** 2))
    expected = norm(model.predict(X), residual).logpdf(y)
    np.testing.assert_allclose(model.log_conditional_density(X, y), expected)
