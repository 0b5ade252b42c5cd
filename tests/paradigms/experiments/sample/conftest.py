"""Two islands of points, and the mixture of two Gaussians that was fitted to them."""

import numpy as np
import pytest

from paradigms import registry
from paradigms.bayes_rule import BayesRule


@pytest.fixture(scope="module")
def data():
    rng = np.random.default_rng(0)
    y = np.arange(600) % 2
    return np.where(y[:, None] == 0, -2.0, 2.0) * [1.0, 0.0] + 0.4 * rng.standard_normal((600, 2)), y


@pytest.fixture(scope="module")
def model(data):
    return BayesRule(registry.create("gaussian_mixture", n_components=1)).fit(*data)
