import numpy as np
import pytest
from scipy.special import expit, logsumexp, softmax
from scipy.stats import chi2

from paradigms import grid, registry
from paradigms.hybrid.joint_energy_model import JointEnergyModel

HALF_WIDTH = 9.0  # of the square that holds all of it


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
    phases = z @ arrays["network.frequencies"]
    hidden = arrays["network.amplitudes"] * np.concatenate([np.sin(phases), np.cos(phases)], axis=1)
    for layer in (0, 2):
        weight, bias = (arrays[f"network.layers.{layer}.{part}"] for part in ("weight", "bias"))
        hidden = np.tanh(hidden @ weight.T + bias)
    logits = hidden @ arrays["network.layers.4.weight"].T + arrays["network.layers.4.bias"]
    logits = logits[:, fitted.network_class_]
    np.testing.assert_allclose(fitted.predict_proba(X), softmax(logits, axis=1), atol=1e-9)
    expected = logsumexp(logits, axis=1) - 0.5 * (z**2).sum(axis=1)
    np.testing.assert_allclose(fitted.score_samples(X), expected, atol=1e-9)


def test_the_mass_of_each_class_is_its_share(fitted):
    """Of maximum likelihood (weight 1), by what log_joint integrates to, class by class."""
    np.testing.assert_allclose(shares_by_quadrature(fitted), [0.75, 0.25], atol=0.03)
    np.testing.assert_allclose(shares_by_quadrature(fitted), np.exp(fitted.class_log_prior_), atol=0.002)


@pytest.mark.parametrize("weight", [0.0, 0.1, 1.0])
@pytest.mark.parametrize("counts", [(120, 120), (150, 20, 5)])
def test_samples_follow_its_own_joint_distribution(weight, counts):
    """χ² of labels and places of samples against the masses of exp(log_joint), in 6 × 6 cells a class."""
    rng = np.random.default_rng(1)
    y = np.repeat(np.arange(len(counts)), counts)
    X = 0.6 * rng.standard_normal((len(y), 2)) + np.array([[-1.2, 0], [1.2, 0], [0, 2]])[y]
    model = JointEnergyModel(generative_weight=weight, n_steps=100).fit(X, y)
    points, labels = model.sample_joint(6000, random_state=2)
    axis = grid.axis(360, half_width=HALF_WIDTH)
    masses = softmax(grid.log_joint(model, axis, axis)).reshape(6, 60, 6, 60, -1).sum(axis=(1, 3))
    cells = [(edge + HALF_WIDTH) // (HALF_WIDTH / 3) for edge in (points[:, 1], points[:, 0])]
    seen, _ = np.histogramdd(
        np.column_stack([*cells, labels]), [np.arange(7), np.arange(7), np.arange(len(counts) + 1)]
    )
    assert seen.sum() == 6000
    expected = 6000 * masses
    assert chi_square_p_value(seen.sum(axis=(0, 1)), expected.sum(axis=(0, 1))) > 1e-3
    assert chi_square_p_value(seen.ravel(), expected.ravel()) > 1e-3


def chi_square_p_value(seen, expected):
    """With all cells that expect less than 5 made one."""
    rare = expected < 5
    if rare.any():
        seen, expected = (np.append(counts[~rare], counts[rare].sum()) for counts in (seen, expected))
    kept = expected > 0
    statistic = ((seen - expected)[kept] ** 2 / expected[kept]).sum()
    return chi2(kept.sum() - 1).sf(statistic)


def shares_by_quadrature(model):
    axis = grid.axis(400, half_width=HALF_WIDTH)
    log_joint = grid.log_joint(model, axis, axis)
    masses = np.array([grid.integral(log_joint[:, :, k], axis, axis) for k in range(len(model.classes_))])
    return masses / masses.sum()


def test_without_the_generative_half_it_is_a_classifier():
    X, y = two_gaussians(400)
    model = JointEnergyModel(generative_weight=0.0, n_steps=100)
    assert all(progress.losses["w · negative log-likelihood"] == 0 for progress in model.fit_steps(X, y))
    assert np.mean(model.predict(X) == y) > 0.95


def test_it_is_never_lifted():
    assert "joint_energy_model" not in registry.lifted()
    assert registry.cards()["joint_energy_model"].estimator.density_kind == "unnormalised"
