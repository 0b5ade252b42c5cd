import numpy as np
import pytest
import torch
from scipy.special import softmax
from sklearn.datasets import make_moons
from torch.nn import functional

from paradigms.discriminative.deep_ensemble import BatchedPerceptrons, DeepEnsemble
from paradigms.estimators.multilayer_perceptron import multilayer_perceptron


def test_side_by_side_is_one_network_after_another():
    """The same generator deals out the same weights, network by network."""
    sizes, X = [3, 5, 4, 2], torch.linspace(-1, 1, 21).reshape(7, 3)
    together = BatchedPerceptrons(4, sizes, torch.Generator().manual_seed(1))(X)
    random = torch.Generator().manual_seed(1)
    alone = torch.stack([multilayer_perceptron(sizes, random)(X) for _ in range(4)])
    torch.testing.assert_close(together, alone)


def test_members_learn_as_each_would_alone():
    """No gradient runs between them: the slope of the mean loss is a share of each member's own."""
    X, y = make_moons(50, noise=0.2, random_state=0)
    X, y = torch.from_numpy(X).float(), torch.from_numpy(y)
    networks = BatchedPerceptrons(3, [2, 6, 2], torch.Generator().manual_seed(0))
    functional.cross_entropy(networks(X).flatten(0, 1), y.repeat(3)).backward()
    together = networks.weights[0].grad.clone()
    for m in range(3):
        networks.zero_grad()
        functional.cross_entropy(networks(X)[m], y).backward()
        torch.testing.assert_close(networks.weights[0].grad[m], 3 * together[m], atol=1e-6, rtol=1e-4)


def test_the_answer_is_the_mean_of_the_formula_on_the_stored_weights():
    X, y = make_moons(100, noise=0.2, random_state=0)
    model = DeepEnsemble(n_members=3, hidden=5, n_steps=30).fit(X, y)
    arrays, answers = model.to_arrays(), []
    for m in range(3):
        hidden = (X - X.mean(axis=0)) / X.std(axis=0)
        for layer in range(3):
            hidden = np.tanh(hidden) if layer else hidden
            weight, offset = (arrays[f"network.{part}.{layer}"][m] for part in ("weights", "offsets"))
            hidden = hidden @ weight + offset
        answers.append(softmax(hidden, axis=1))
    np.testing.assert_allclose(model.predict_proba(X), np.mean(answers, axis=0), atol=1e-5)


def test_each_member_is_asked_before_any_is_asked_twice():
    X, y = make_moons(100, noise=0.2, random_state=0)
    model = DeepEnsemble(n_members=4, n_steps=20).fit(X, y)
    draws = model.predict_proba_draws(X, 8, 0)
    assert draws.shape == (8, 100, 2)
    np.testing.assert_allclose(draws[:4].mean(axis=0), model.predict_proba(X))
    assert len(np.unique(draws[:, 0, 0])) == 4
    assert model.predict_proba_draws(X, 0, 0).shape == (0, 100, 2)


def test_members_agree_on_the_data_and_part_away_from_them():
    X, y = make_moons(300, noise=0.1, random_state=0)
    model = DeepEnsemble().fit(X, y)
    rng = np.random.default_rng(0)
    away = rng.standard_normal((300, 2))
    away *= 5 / np.linalg.norm(away, axis=1, keepdims=True)
    spread_here, spread_away = (
        model.predict_proba_draws(Z, 8, 0)[:, :, 0].std(axis=0).mean() for Z in (X, away)
    )
    assert spread_away > 2 * spread_here


def test_the_defaults_learn_the_moons():
    X, y = make_moons(400, noise=0.15, random_state=0)
    fresh, labels = make_moons(1000, noise=0.15, random_state=1)
    model = DeepEnsemble().fit(X, y)
    assert np.mean(model.predict(fresh) == labels) > 0.97
    assert model.predict_proba(fresh)[np.arange(1000), labels].mean() == pytest.approx(1, abs=0.05)
