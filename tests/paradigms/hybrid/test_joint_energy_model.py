import numpy as np
import pytest
from scipy.special import expit, logsumexp, softmax

from paradigms import grid, registry
from paradigms.hybrid.joint_energy_model import JointEnergyModel


def two_gaussians(n=2000):
    """Shares 3:1, means (±1, 0), covariance I/4: p(1|x) = σ(8 x₁ − log 3)."""
    rng = np.random.default_rng(0)
    y = (rng.random(n) < 0.25).astype(int)
    return rng.standard_normal((n, 2)) / 2 + np.array([[-1.0, 0.0], [1.0, 0.0]])[y], y


@pytest.fixture(scope="module")
def fitted():
    return JointEnergyModel(n_steps=250).fit(*two_gaussians())


def test_both_souls_of_a_known_distribution(fitted):
    X, _ = two_gaussians(300)
    assert np.abs(fitted.predict_proba(X)[:, 1] - expit(8 * X[:, 0] - np.log(3))).mean() < 0.03
    squares = ((X[:, None] - [[-1.0, 0.0], [1.0, 0.0]]) ** 2).sum(axis=2)
    truth = logsumexp(np.log([0.75, 0.25]) - 2 * squares, axis=1)
    error = fitted.score_samples(X) - truth
    assert np.abs(error - np.median(error)).mean() < 0.2  # known up to a constant


def test_the_logits_are_read_twice(fitted):
    """The base term is common to all classes, so it leaves p(y|x) alone: softmax of the logits themselves."""
    X, _ = two_gaussians(50)
    z = (X - fitted.mean_) / fitted.scale_
    arrays = fitted.to_arrays()
    phases = z @ arrays["network.waves"]
    hidden = arrays["network.loudness"] * np.concatenate([np.sin(phases), np.cos(phases)], axis=1)
    for layer in (0, 2):
        weight, bias = (arrays[f"network.layers.{layer}.{part}"] for part in ("weight", "bias"))
        hidden = np.tanh(hidden @ weight.T + bias)
    logits = hidden @ arrays["network.layers.4.weight"].T + arrays["network.layers.4.bias"]
    logits = logits[:, fitted.columns_]
    np.testing.assert_allclose(fitted.predict_proba(X), softmax(logits, axis=1), atol=1e-9)
    expected = logsumexp(logits, axis=1) - 0.5 * (z**2).sum(axis=1)
    np.testing.assert_allclose(fitted.score_samples(X), expected, atol=1e-9)


def test_the_mass_of_each_class_is_its_share(fitted):
    """What log_joint integrates to, class by class, is in proportion to class_log_prior_ (weight 1)."""
    axis = grid.axis(200, half_width=6.0)
    log_joint = grid.log_joint(fitted, axis, axis)
    masses = np.array([grid.integral(log_joint[:, :, k], axis, axis) for k in range(2)])
    np.testing.assert_allclose(masses / masses.sum(), np.exp(fitted.class_log_prior_), atol=0.03)


def test_without_the_generative_half_it_is_a_classifier():
    X, y = two_gaussians(400)
    model = JointEnergyModel(generative_weight=0.0, n_steps=100)
    assert all(progress.losses["w · negative log-likelihood"] == 0 for progress in model.fit_steps(X, y))
    assert np.mean(model.predict(X) == y) > 0.95


def test_it_is_never_lifted():
    assert "joint_energy_model" not in registry.lifted()
    assert registry.cards()["joint_energy_model"].estimator.density_kind == "unnormalised"
