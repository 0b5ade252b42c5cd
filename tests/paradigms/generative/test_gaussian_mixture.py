"""The mixture against scikit-learn's, and on data it can hardly be fitted to."""

import numpy as np
import pytest
import torch
from sklearn.mixture import GaussianMixture as Reference

from paradigms.densities.gaussians import variance_floor
from paradigms.generative.gaussian_mixture import GaussianMixture


@pytest.fixture(scope="module")
def X():
    rng = np.random.default_rng(0)
    centres = np.array([[-2.0, 0.0], [2.0, 1.0], [0.0, -2.0]])
    return centres[rng.integers(3, size=300)] + 0.5 * rng.standard_normal((300, 2))


@pytest.mark.parametrize("covariance", ["full", "tied", "diag", "spherical"])
def test_it_finds_scikit_learn_s_optimum(X, covariance):
    """Three clear clusters: every start ends on one optimum, up to the stopping rule."""
    ours = GaussianMixture(n_components=3, covariance=covariance).fit(X)
    theirs = Reference(3, covariance_type=covariance, reg_covar=variance_floor(X), random_state=1).fit(X)
    assert ours.covariances_.shape == (3, 2, 2)
    np.testing.assert_allclose(ours.score_samples(X), theirs.score_samples(X), atol=1e-2)


@pytest.mark.parametrize("covariance", ["full", "tied", "diag", "spherical"])
def test_every_kind_of_covariance_scores_as_scikit_learn_does(X, covariance):
    """The same seed, so the same fit, and then the density itself to rounding."""
    seed = np.random.RandomState(np.random.default_rng(5).integers(2**31))
    theirs = Reference(4, covariance_type=covariance, reg_covar=variance_floor(X), random_state=seed).fit(X)
    ours = GaussianMixture(n_components=4, covariance=covariance, random_state=5).fit(X)
    np.testing.assert_allclose(ours.score_samples(X), theirs.score_samples(X), rtol=1e-9)


def test_the_gradient_is_autograd_s_far_from_the_data_too(X):
    model = GaussianMixture(n_components=3).fit(X)
    mixture = torch.distributions.MixtureSameFamily(
        torch.distributions.Categorical(torch.tensor(model.weights_)),
        torch.distributions.MultivariateNormal(torch.tensor(model.means_), torch.tensor(model.covariances_)),
    )
    places = np.vstack([X, [[40.0, 40.0]]])
    points = torch.tensor(places, requires_grad=True)
    mixture.log_prob(points).sum().backward()
    np.testing.assert_allclose(model.log_density_gradient(places), points.grad.numpy(), rtol=1e-8)


def test_there_are_no_more_components_than_distinct_points():
    assert len(GaussianMixture(n_components=5).fit([[0.0, 0.0], [1.0, 1.0]] * 10).weights_) == 2
    assert len(GaussianMixture(n_components=5).fit(np.zeros((10, 2))).weights_) == 1
    lonely = GaussianMixture(n_components=5).fit([[2.0, 3.0]])
    np.testing.assert_array_equal(lonely.means_, [[2.0, 3.0]])
    np.testing.assert_allclose(lonely.covariances_, [1e-6 * np.eye(2)])


def test_labels_make_no_difference(X):
    with_labels = GaussianMixture().fit(X, np.arange(300) % 2)
    np.testing.assert_array_equal(with_labels.means_, GaussianMixture().fit(X).means_)


def test_what_was_learned_cannot_be_written_over(X):
    with pytest.raises(ValueError, match="read-only"):
        GaussianMixture().fit(X).means_[0] = 0.0
