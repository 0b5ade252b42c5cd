import numpy as np
from scipy.special import logsumexp
from scipy.stats import norm

from paradigms.regression.mixture_density_network import MixtureDensityNetwork


def branches(n=4000, seed=0):
    """Two branches: y ~ 0.3 N(x, 0.2²) + 0.7 N(−x, 0.4²), x uniform over [-2, 2]."""
    rng = np.random.default_rng(seed)
    x, first = rng.uniform(-2, 2, n), rng.random(n) < 0.3
    return x[:, None], np.where(first, x + 0.2 * rng.standard_normal(n), -x + 0.4 * rng.standard_normal(n))


def truth(X, y):
    x = X[:, 0]
    return np.logaddexp(np.log(0.3) + norm(x, 0.2).logpdf(y), np.log(0.7) + norm(-x, 0.4).logpdf(y))


def test_against_a_known_conditional():
    """The mean of log p_true − log p over fresh pairs is the conditional divergence, 0 only for the truth."""
    model = MixtureDensityNetwork(n_components=3).fit(*branches())
    fresh = branches(4000, seed=1)
    divergence = np.mean(truth(*fresh) - model.log_conditional_density(*fresh))
    assert -0.02 < divergence < 0.06


def test_one_hump_is_not_enough():
    fresh = branches(4000, seed=1)
    model = MixtureDensityNetwork(n_components=1, n_steps=300).fit(*branches())
    assert np.mean(truth(*fresh) - model.log_conditional_density(*fresh)) > 0.3


def test_the_mixture_is_what_the_density_is_made_of():
    X, y = branches(300)
    model = MixtureDensityNetwork(n_components=3, n_steps=50).fit(X, y)
    log_weights, means, deviations = model.conditional_mixture(X)
    np.testing.assert_allclose(np.exp(log_weights).sum(axis=1), 1, atol=1e-6)
    expected = logsumexp(log_weights + norm(means, deviations).logpdf(y[:, None]), axis=1)
    np.testing.assert_allclose(model.log_conditional_density(X, y), expected, atol=1e-9)
