import numpy as np
import torch
from scipy.special import softmax
from sklearn.datasets import make_moons

from paradigms.discriminative import bayesian_neural_network
from paradigms.discriminative.bayesian_neural_network import BayesianNeuralNetwork


def test_draws_are_from_the_posterior(monkeypatch):
    """Few points leave so much possible that importance sampling from the prior is exact: 200,000 networks
    of the prior, written out here, each weighed by the likelihood of the labels. A dozen walks of 64 chains,
    all draws kept, tell their own Monte Carlo error: the mean of the twelve is within 4 of its standard
    errors, which are below 0.002 (one draw deviates by 0.26)."""
    monkeypatch.setattr(bayesian_neural_network, "_MOST_DRAWS", 10_000)
    X, y = np.array([[-1.2], [-0.8], [-0.1], [0.1], [0.9], [1.1]]), np.array([0, 0, 1, 0, 1, 1])
    queries = np.array([[-3.0], [-1.0], [0.0], [0.5], [1.0], [3.0]])
    walks = [
        BayesianNeuralNetwork(hidden=3, prior_scale=1.5, n_chains=64, n_steps=100, random_state=seed).fit(
            X, y
        )
        for seed in range(12)
    ]
    predicted = np.array([walk.predict_proba(queries)[:, 1] for walk in walks])

    rng, m = np.random.default_rng(0), 200_000
    slopes, offsets = 1.5 * rng.standard_normal((2, m, 1, 3))
    out, last = 4 / np.sqrt(3) * rng.standard_normal((m, 3, 2)), 2 * rng.standard_normal((m, 1, 2))

    def answers(Z):
        return softmax(np.tanh((Z - X.mean()) / X.std() * slopes + offsets) @ out + last, axis=2)

    likelihood = answers(X)[:, np.arange(6), y].prod(axis=1)
    expected = likelihood @ answers(queries)[:, :, 1] / likelihood.sum()
    assert likelihood.sum() ** 2 / (likelihood**2).sum() > 20_000  # as good as so many draws of the posterior
    error = np.hypot(predicted.std(axis=0, ddof=1) / np.sqrt(12), 0.26 / np.sqrt(20_000))
    assert error.max() < 0.003
    assert (np.abs(predicted.mean(axis=0) - expected) < 4 * error).all()


def test_the_gradient_that_is_written_out_is_that_of_automatic_differentiation():
    """And log p(y|X, θ) is that of the docstring: weights N(0, s²/d), 16/H out of a unit, 4 at last."""
    random = torch.Generator().manual_seed(0)
    d, H, K, S, n = 3, 5, 4, 6, 40
    model = BayesianNeuralNetwork(hidden=H, prior_scale=1.7)
    model.mean_, model.scale_ = np.arange(3.0), np.array([1.0, 2.0, 0.5])
    X = np.random.default_rng(0).standard_normal((n, d))
    labels = torch.arange(n) % K
    theta = torch.randn(S, H * (d + 1) + K * H + K, generator=random)
    inputs, truth = model._inputs(X).float(), torch.eye(K)[labels].T.contiguous()
    log_likelihood, slope = model._log_likelihood_and_gradient(theta, inputs, truth)

    precise = theta.double().requires_grad_()
    into, out, last = precise.split([H * (d + 1), K * H, K], dim=1)
    into, z = into.view(S, H, d + 1), torch.from_numpy((X - model.mean_) / model.scale_)
    units = torch.tanh(1.7 * (z @ into[:, :, :d].mT / d**0.5 + into[:, None, :, d]))
    log_p = (units @ out.view(S, K, H).mT * 4 / H**0.5 + 2 * last[:, None]).log_softmax(dim=2)
    expected = log_p[:, torch.arange(n), labels].sum(dim=1)
    expected.sum().backward()
    np.testing.assert_allclose(log_likelihood, expected.detach(), rtol=1e-5)
    np.testing.assert_allclose(slope, precise.grad, rtol=1e-4, atol=1e-4)


def test_no_chain_is_left_behind_in_a_hopeless_place():
    """Chains start from the prior, where slopes are steep; each finds a step that is short enough there."""
    X, y = make_moons(2000, noise=0.15, random_state=0)
    model = BayesianNeuralNetwork(n_chains=16, n_steps=40).fit(X, y)
    draws = model.predict_proba_draws(X, len(model.draws_), 0)  # a network of the prior has −2 and less
    assert np.log(draws[:, np.arange(2000), y]).mean(axis=1).min() > -0.15


def test_away_from_the_data_it_widens():
    X, y = make_moons(150, noise=0.1, random_state=0)
    model = BayesianNeuralNetwork().fit(X, y)
    angles = np.linspace(0, 2 * np.pi, 40, endpoint=False)
    away = X.mean(axis=0) + 8 * np.column_stack([np.cos(angles), np.sin(angles)])
    here, there = (model.predict_proba_draws(Z, 40, 0) for Z in (X, away))
    assert there.std(axis=0).mean() > 2 * here.std(axis=0).mean()
    # Out there a single draw is surer of itself than their mean is.
    assert there.mean(axis=0).max(axis=1).mean() < there.max(axis=2).mean() - 0.03


def test_draws_average_to_the_prediction():
    X, y = make_moons(100, noise=0.2, random_state=0)
    model = BayesianNeuralNetwork(n_steps=40).fit(X, y)
    n_kept = len(model.draws_)
    assert 4 < n_kept <= 40
    draws = model.predict_proba_draws(X, 2 * n_kept, 0)
    np.testing.assert_allclose(draws.mean(axis=0), model.predict_proba(X), atol=1e-6)
    assert len(np.unique(draws[:n_kept, 0, 0])) > 0.8 * n_kept  # but for refused steps all differ
