import numpy as np
import pytest
from scipy.special import expit, softmax
from sklearn.datasets import make_moons

from paradigms.discriminative.neural_network import NeuralNetwork
from paradigms.training import TrainingDiverged


def two_gaussians(n):
    """Means (±1, 0), covariance I, equal shares: p(1|x) = σ(2 x₁)."""
    rng = np.random.default_rng(0)
    y = np.repeat([0, 1], n // 2)
    return rng.standard_normal((n, 2)) + np.array([[-1.0, 0.0], [1.0, 0.0]])[y], y


def test_it_learns_xor():
    """No straight line gets more than three of the four corners right (Minsky & Papert 1969)."""
    X = np.array([[0.0, 0.0], [0.0, 1.0], [1.0, 0.0], [1.0, 1.0]])
    y = np.array([0, 1, 1, 0])
    model = NeuralNetwork(n_steps=300).fit(X, y)
    assert model.predict_proba(X)[np.arange(4), y].min() > 0.9


def test_the_defaults_learn_the_moons():
    X, y = make_moons(400, noise=0.15, random_state=0)
    fresh, labels = make_moons(1000, noise=0.15, random_state=1)
    assert np.mean(NeuralNetwork().fit(X, y).predict(fresh) == labels) > 0.97


def test_it_finds_the_bayes_posterior_of_two_gaussians():
    X, y = two_gaussians(4000)
    model = NeuralNetwork(hidden=16, n_layers=1, batch_size=4000).fit(X, y)
    assert np.abs(model.predict_proba(X)[:, 1] - expit(2 * X[:, 0])).mean() < 0.03


def test_the_answer_is_the_formula_on_the_stored_weights():
    X, y = two_gaussians(200)
    model = NeuralNetwork(hidden=5, n_steps=30).fit(X, y)
    arrays = model.to_arrays()
    hidden = (X - X.mean(axis=0)) / X.std(axis=0)
    for layer in ("0", "2"):
        hidden = np.tanh(hidden @ arrays[f"network.{layer}.weight"].T + arrays[f"network.{layer}.bias"])
    scores = hidden @ arrays["network.4.weight"].T + arrays["network.4.bias"]
    np.testing.assert_allclose(model.predict_proba(X), softmax(scores, axis=1), atol=1e-5)


def test_the_loss_that_is_shown_is_the_log_loss_of_the_model_before_the_step():
    X, y = two_gaussians(200)
    model = NeuralNetwork(n_steps=5)
    before = None
    for progress in model.fit_steps(X, y):
        if before is not None:
            assert progress.losses["log loss"] == pytest.approx(before, abs=1e-5)
        before = -np.mean(np.log(model.predict_proba(X)[np.arange(200), y]))


def test_another_seed_is_another_network():
    X, y = two_gaussians(100)
    one, other = (NeuralNetwork(n_steps=20, random_state=seed).fit(X, y).predict_proba(X) for seed in (0, 1))
    assert np.abs(one - other).max() > 1e-3


def test_a_column_without_spread_does_no_harm():
    X, y = two_gaussians(200)
    X = np.column_stack([X, np.full(200, 0.1)])
    model = NeuralNetwork(n_steps=100).fit(X, y)
    assert np.mean(model.predict(X) == y) > 0.8


def test_training_that_diverges_stops_and_leaves_finite_weights():
    X, y = two_gaussians(100)
    model = NeuralNetwork(learning_rate=1e38)
    with pytest.raises(TrainingDiverged) as stopped:
        model.fit(X, y)
    assert stopped.value.step > 1
    assert np.isfinite(model.predict_proba(X)).all()
