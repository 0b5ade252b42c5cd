"""The flow against autograd's Jacobian, and its way back against its way there."""

import numpy as np
import pytest
import torch
from scipy.stats import multivariate_normal, norm

from paradigms.generative.normalizing_flow import NormalizingFlow


def ring(n, d=2, seed=0):
    rng = np.random.default_rng(seed)
    X = rng.standard_normal((n, d))
    return 3 * X / np.linalg.norm(X, axis=1, keepdims=True) + 0.2 * rng.standard_normal((n, d)) + 1.0


@pytest.fixture(
    scope="module", params=[("spline", 1), ("spline", 2), ("spline", 3), ("affine", 2), ("affine", 3)]
)
def fitted(request):
    coupling, d = request.param
    return NormalizingFlow(coupling, n_layers=3, n_steps=60).fit(ring(300, d))


def test_the_log_density_is_the_base_density_times_autograd_s_jacobian(fitted):
    """Change of variables (Rezende & Mohamed 2015, eq. 5), the determinant of the whole Jacobian."""
    X = ring(20, fitted.n_features_in_, seed=1)
    Z, _ = fitted.encode(X)

    def to_latent(x):  # the network itself, on one point in the data's units
        standardised = (x - torch.tensor(fitted.mean_)) / float(fitted.scale_)
        return fitted._precise().to_latent(standardised[None])[0][0]

    jacobians = [torch.autograd.functional.jacobian(to_latent, torch.from_numpy(x)).numpy() for x in X]
    log_determinants = np.linalg.slogdet(np.array(jacobians))[1]
    assert np.ptp(log_determinants) > 0.5, "the flow must bend here, or nothing is tested"
    expected = norm.logpdf(Z).sum(axis=1) + log_determinants
    np.testing.assert_allclose(fitted.score_samples(X), expected, rtol=1e-9)


def test_there_and_back_again(fitted):
    X = ring(200, fitted.n_features_in_, seed=1)
    Z, spread = fitted.encode(X)
    np.testing.assert_allclose(fitted.decode(Z), X, atol=1e-7)
    np.testing.assert_array_equal(spread, np.zeros_like(X))


def test_the_warp_leads_from_the_latent_points_to_the_samples_one_column_at_a_time():
    model = NormalizingFlow(n_layers=3, n_steps=60).fit(ring(300))
    Z = np.random.default_rng(0).standard_normal((50, 2))
    places = model.warp(Z)
    assert places.shape == (4, 50, 2)
    np.testing.assert_allclose(places[0], model.mean_ + model.scale_ * Z)
    np.testing.assert_array_equal(places[-1], model.decode(Z))
    np.testing.assert_array_equal(model.sample(50, 0), places[-1])
    moved = np.abs(np.diff(places, axis=0)).max(axis=1)
    np.testing.assert_array_equal(moved > 1e-6, [[True, False], [False, True], [True, False]])


@pytest.mark.slow
def test_it_finds_a_gaussian():
    """On 5,000 points of a correlated Gaussian the mean excess of −log p is near its statistical floor."""
    truth = multivariate_normal([1.0, -1.0], [[2.0, 1.0], [1.0, 1.0]])
    X, fresh = truth.rvs(5000, random_state=0), truth.rvs(5000, random_state=1)
    excess = truth.logpdf(fresh) - NormalizingFlow(n_steps=150).fit(X).score_samples(fresh)
    assert -0.01 < excess.mean() < 0.1


@pytest.mark.slow
def test_straight_lines_leave_a_bridge_between_islands_and_splines_hardly_do():
    """The lesson of RealNVP, on eight islands of deviation 0.2: how many samples lie beyond four of these."""
    angle = np.pi / 4 * np.random.default_rng(0).integers(8, size=2000)
    centres = 2 * np.column_stack([np.cos(angle), np.sin(angle)])
    X = centres + 0.2 * np.random.default_rng(1).standard_normal((2000, 2))
    astray = {}
    for coupling, n_layers in (("affine", 6), ("spline", 2)):
        samples = NormalizingFlow(coupling, n_layers).fit(X).sample(2000, 0)
        nearest = np.linalg.norm(samples[:, None] - np.unique(centres, axis=0), axis=2).min(axis=1)
        astray[coupling] = np.mean(nearest > 0.8)
    assert astray["affine"] > 3 * astray["spline"]


def test_an_unknown_bend_is_refused():
    with pytest.raises(ValueError, match="coupling must be"):
        NormalizingFlow("origami").fit(ring(20))


@pytest.mark.slow
def test_jitter_spares_a_few_points_their_spikes():
    X, fresh = ring(50), ring(1000, seed=1)
    sharp, blurred = (NormalizingFlow(jitter=jitter, n_steps=250).fit(X) for jitter in (0.001, 0.4))
    assert sharp.score_samples(X).mean() > blurred.score_samples(X).mean()
    assert sharp.score_samples(fresh).mean() < blurred.score_samples(fresh).mean() - 0.5
