import numpy as np
import pytest
from scipy.stats import norm
from sklearn import linear_model

from paradigms.regression.linear_regression import LinearRegression


def test_the_line_against_scikit_learn_and_its_scatter_against_the_formula():
    rng = np.random.default_rng(0)
    X = rng.standard_normal((80, 3))
    y = X @ [1.0, -2.0, 0.5] + 3 + 0.7 * rng.standard_normal(80)
    ours, theirs = LinearRegression().fit(X, y), linear_model.LinearRegression().fit(X, y)
    np.testing.assert_allclose(ours.predict(X), theirs.predict(X))
    deviation = np.sqrt(np.mean((y - theirs.predict(X)) ** 2))
    expected = norm(theirs.predict(X), deviation).logpdf(y)
    np.testing.assert_allclose(ours.log_conditional_density(X, y), expected)
    # At the maximum of the likelihood its mean is −½ log 2πeσ² (Bishop 2006, eq. 3.12 with 3.21).
    mean = ours.log_conditional_density(X, y).mean()
    assert mean == pytest.approx(-0.5 * np.log(2 * np.pi * np.e * deviation**2))
