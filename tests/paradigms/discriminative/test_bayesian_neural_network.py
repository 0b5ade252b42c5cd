import numpy as np
import pytest
import torch
from scipy.special import softmax
from sklearn.datasets import make_moons

from paradigms.discriminative.bayesian_neural_network import BayesianNeuralNetwork


@pytest.mark.slow
def test_draws_are_from_the_posterior():
    """Few points leave so much possible that importance sampling from the prior is exact: 200,000 networks
    of the prior, written out here, each weighed by the likelihood of the labels."""
    X, y = np.array([[-1.2], [-0.8], [-0.1], [0.1], [0.9], [1.1]]), np.array([0, 0, 1, 0, 1, 1])
    queries = np.array([[-3.0], [-1.0], [0.0], [0.5], [1.0], [3.0]])
    model = BayesianNeuralNetwork(hidden=3, bend=1.5, n_chains=32, n_steps=400)
    predicted = model.fit(X, y).predict_proba(queries)[:, 1]

    rng, m = np.random.default_rng(0), 200_000
    slopes, offsets = 1.5 * rng.standard_normal((2, m, 1, 3))
    out, last = 4 / np.sqrt(3) * rng.standard_normal((m, 3, 2)), 2 * rng.standard_normal((m, 1, 2))

    def answers(Z):
        return softmax(np.tanh((Z - X.mean()) / X.std() * slopes + offsets) @ out + last, axis=2)

    likelihood = answers(X)[:, np.arange(6), y].prod(axis=1)
    expected = likelihood @ answers(queries)[:, :, 1] / likelihood.sum()
    assert likelihood.sum() ** 2 / (likelihood**2).sum() > 5000  # as good as that many draws of the posterior
    np.testing.assert_allclose(predicted, expected, atol=0.06)  # 64 draws: 4 standard errors of some 0.1


def test_short_paths_keep_their_energy_and_are_accepted():
    """The leapfrog's error in the energy is O(ε²): tiny steps are always accepted (Neal 2011, 5.2.3)."""
    model = BayesianNeuralNetwork(n_leapfrog=5)
    random = torch.Generator().manual_seed(0)
    theta = torch.randn(200, 10, generator=random)
    rates = [
        model._hamiltonian_step(theta, lambda t: -(t**4).sum(dim=1), size, random)[2]
        for size in (1e-3, 0.02, 0.5)
    ]
    assert rates[0] > 0.999
    assert rates[0] > rates[1] > rates[2]


def test_the_walk_leaves_a_known_distribution_as_it_is():
    """With likelihood N(t; 1, 1/3) and prior N(0, 1) the posterior is N(3/4, 1/4) in each coordinate."""
    model = BayesianNeuralNetwork(n_leapfrog=5)
    random = torch.Generator().manual_seed(0)
    theta = torch.zeros(2000, 3)
    for _ in range(60):
        theta, _, rate = model._hamiltonian_step(
            theta, lambda t: -1.5 * ((t - 1) ** 2).sum(dim=1), 0.3, random
        )
    assert rate > 0.8
    assert theta.mean().item() == pytest.approx(0.75, abs=0.026)  # 4 standard errors of 0.5/√6000
    assert theta.std().item() == pytest.approx(0.5, abs=0.02)


def test_away_from_the_data_it_widens():
    X, y = make_moons(150, noise=0.1, random_state=0)
    model = BayesianNeuralNetwork(n_steps=120).fit(X, y)
    angles = np.linspace(0, 2 * np.pi, 40, endpoint=False)
    away = X.mean(axis=0) + 8 * np.column_stack([np.cos(angles), np.sin(angles)])
    here, there = (model.predict_proba_draws(Z, 64, 0) for Z in (X, away))
    assert there.std(axis=0).mean() > 2 * here.std(axis=0).mean()
    # Out there a single draw is surer of itself than their mean is.
    assert there.mean(axis=0).max(axis=1).mean() < there.max(axis=2).mean() - 0.03


def test_draws_average_to_the_prediction():
    X, y = make_moons(100, noise=0.2, random_state=0)
    model = BayesianNeuralNetwork(n_steps=40).fit(X, y)
    n_kept = len(model.draws_)
    assert 4 < n_kept <= 64
    draws = model.predict_proba_draws(X, 2 * n_kept, 0)
    np.testing.assert_allclose(draws.mean(axis=0), model.predict_proba(X), atol=1e-6)
    assert len(np.unique(draws[:n_kept, 0, 0])) > 0.8 * n_kept  # but for refused steps all differ
