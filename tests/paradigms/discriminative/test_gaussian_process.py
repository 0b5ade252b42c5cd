import numpy as np
import pytest
from scipy.integrate import quad
from scipy.special import expit
from scipy.stats import norm
from sklearn.datasets import make_blobs, make_moons
from sklearn.gaussian_process import GaussianProcessClassifier
from sklearn.gaussian_process.kernels import RBF, ConstantKernel

from paradigms.discriminative.gaussian_process import (
    _PROBIT_SCALES,
    _SHARES,
    GaussianProcess,
    laplace_mode,
    stratified_subset,
)


def moons(n=200):
    X, y = make_moons(n, noise=0.25, random_state=0)
    return 2 * X, y


@pytest.mark.parametrize("n_classes", [2, 3])
@pytest.mark.parametrize("cluster_std", [1.5, 6.0])
def test_probabilities_against_scikit_learn(n_classes, cluster_std):
    """The same kernel and algorithms; theirs averages σ by five error functions, good to some 1e-3."""
    X, y = make_blobs(150, centers=n_classes, cluster_std=cluster_std, random_state=0)
    ours = GaussianProcess(length_scale=0.7).fit(X, y)
    kernel = ConstantKernel(ours.amplitude_**2) * RBF(0.7 * np.sqrt(X.var(axis=0).mean())) + ConstantKernel(
        4.0
    )
    theirs = GaussianProcessClassifier(kernel, optimizer=None).fit(X, y)
    queries = np.random.default_rng(1).uniform(-20, 20, (300, 2))
    if n_classes == 2:
        evidence = laplace_mode(kernel(X), 2.0 * y - 1)[3]
        assert evidence == pytest.approx(theirs.log_marginal_likelihood_value_, abs=1e-3)
    np.testing.assert_allclose(ours.predict_proba(queries), theirs.predict_proba(queries), atol=2e-3)


def test_the_mode_is_where_the_objective_is_flat():
    """At f̂ the gradient of log p(y|f) − ½ fᵀK⁻¹f is zero: f̂ = K ∇ log p(y|f̂) (Rasmussen & Williams, 3.17)."""
    rng = np.random.default_rng(0)
    A = rng.standard_normal((20, 20))
    K, y = A @ A.T, np.where(rng.random(20) < 0.4, 1.0, -1.0)
    gradient, sqrt_w, L, _ = laplace_mode(K, y)
    p = 1 / (1 + np.exp(-K @ gradient))
    np.testing.assert_allclose((y + 1) / 2 - p, gradient, atol=1e-4)
    np.testing.assert_allclose(L @ L.T, np.eye(20) + np.outer(sqrt_w, sqrt_w) * K, atol=1e-8)


def test_five_normal_distribution_functions_make_a_sigmoid():
    """σ(f) itself, and its mean under N(m, v) by quadrature: ∑ wᵢ Φ(λᵢ m/√(1 + λᵢ²v))."""
    f = np.linspace(-30, 30, 4001)
    assert sum(_SHARES) == pytest.approx(1)
    mixture = sum(w * norm.cdf(scale * f) for w, scale in zip(_SHARES, _PROBIT_SCALES, strict=True))
    np.testing.assert_allclose(mixture, expit(f), atol=1e-6)
    model = GaussianProcess().fit(*moons())
    line = np.column_stack([np.linspace(-4, 4, 9), np.full(9, 0.5)])
    k = model._kernel(line)
    mean = k @ model.gradient_[0]
    variance = model.amplitude_**2 + 4.0 - ((k @ model.reduction_[0]) ** 2).sum(axis=1)
    expected = [
        quad(lambda z, m=m, v=v: expit(m + np.sqrt(v) * z) * norm.pdf(z), -9, 9)[0]
        for m, v in zip(mean, variance, strict=True)
    ]
    np.testing.assert_allclose(model.predict_proba(line)[:, 1], expected, atol=5e-5)


def test_away_from_the_data_it_widens():
    """Far away nothing but the overall share is known, here one half, and functions disagree by the prior."""
    X, y = make_moons(200, noise=0.1, random_state=0)
    model = GaussianProcess().fit(X, y)
    far = np.array([[40.0, 40.0], [-40.0, 0.0]])
    assert np.abs(model.predict_proba(far) - 0.5).max() < 0.05
    spread_here, spread_far = (model.predict_proba_draws(Z, 200, 0)[:, :, 0].std(axis=0) for Z in (X, far))
    assert spread_far.min() > 2 * np.median(spread_here)


def test_labels_without_a_pattern_are_given_none():
    """Coin flips: the evidence prefers the smallest functions, and the answer is the share of heads."""
    rng = np.random.default_rng(0)
    X, y = rng.standard_normal((250, 2)), rng.random(250) < 0.3
    model = GaussianProcess().fit(X, y)
    assert model.amplitude_ == 0.3
    np.testing.assert_allclose(model.predict_proba(X)[:, 1], y.mean(), atol=0.1)


def test_draws_have_the_mean_that_is_predicted():
    """E[σ(f)] over functions is predict_proba, at 400 draws to 4 standard errors of at most ½/√400."""
    X, y = moons()
    model = GaussianProcess().fit(X, y)
    queries = np.random.default_rng(2).uniform(-4, 4, (50, 2))
    draws = model.predict_proba_draws(queries, 400, 3)
    assert draws.shape == (400, 50, 2)
    np.testing.assert_allclose(draws.sum(axis=2), 1)
    assert np.abs(draws.mean(axis=0) - model.predict_proba(queries)).max() < 0.1
    np.testing.assert_array_equal(draws, model.predict_proba_draws(queries, 400, 3))


def test_a_drawn_function_is_smooth_and_not_noise():
    X, y = moons()
    line = np.column_stack([np.linspace(-4, 4, 400), np.zeros(400)])
    draws = GaussianProcess().fit(X, y).predict_proba_draws(line, 20, 0)[:, :, 1]
    assert np.abs(np.diff(draws, axis=1)).max() < 0.15


def test_of_many_points_a_fair_subset_serves():
    class_indices = np.repeat([0, 1, 2], [900, 99, 1])
    used = stratified_subset(class_indices, 300, np.random.default_rng(0))
    assert len(set(used)) == 300
    np.testing.assert_allclose(np.bincount(class_indices[used]), [270, 29, 1], atol=1)
    X, y = moons(2000)
    assert GaussianProcess().fit(X, y).points_.shape == (300, 2)
    assert GaussianProcess().fit(X[:250], y[:250]).points_.shape == (250, 2)
    assert np.mean(GaussianProcess().fit(X, y).predict(X) == y) > 0.92
