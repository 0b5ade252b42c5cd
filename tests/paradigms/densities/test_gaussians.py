"""The arithmetic of Gaussians against scipy and torch's autograd."""

import numpy as np
import pytest
import torch
from scipy.stats import multivariate_normal

from paradigms.densities.gaussians import Gaussians, convolved, mixture_moments, raised, variance_floor

D, K = 3, 4


@pytest.fixture(scope="module")
def parts():
    rng = np.random.default_rng(0)
    roots = rng.standard_normal((K, D, D))
    covariances = roots @ roots.transpose(0, 2, 1) + 0.1 * np.eye(D)
    return np.array([0.1, 0.2, 0.3, 0.4]), 2 * rng.standard_normal((K, D)), covariances


@pytest.fixture(scope="module")
def X():
    return 3 * np.random.default_rng(1).standard_normal((50, D))


def test_log_densities_are_scipy_s(parts, X):
    _, means, covariances = parts
    expected = [multivariate_normal(m, c).logpdf(X) for m, c in zip(means, covariances, strict=True)]
    np.testing.assert_allclose(Gaussians(means, covariances).log_density(X), np.transpose(expected))


def test_the_grid_is_the_points(parts):
    _, means, covariances = parts
    gaussians = Gaussians(means[:, :2], covariances[:, :2, :2])
    x_axis, y_axis = np.linspace(-4, 4, 7), np.linspace(-2, 3, 5)
    points = np.array([[x, y] for y in y_axis for x in x_axis])
    expected = gaussians.log_density(points).reshape(5, 7, K)
    np.testing.assert_allclose(gaussians.log_density_on_grid(x_axis, y_axis), expected)


def test_the_mixture_and_its_gradient_are_autograd_s(parts, X):
    weights, means, covariances = parts
    mixture = torch.distributions.MixtureSameFamily(
        torch.distributions.Categorical(torch.tensor(weights)),
        torch.distributions.MultivariateNormal(torch.tensor(means), torch.tensor(covariances)),
    )
    points = torch.tensor(X, requires_grad=True)
    log_density = mixture.log_prob(points)
    log_density.sum().backward()
    gaussians = Gaussians(means, covariances)
    values, gradient = gaussians.mixture_log_density_and_gradient(X, np.log(weights))
    np.testing.assert_allclose(values, log_density.detach().numpy())
    np.testing.assert_allclose(gaussians.mixture_log_density(X, np.log(weights)), values)
    np.testing.assert_allclose(gradient, points.grad.numpy(), rtol=1e-9)


def test_the_gradient_of_a_component_is_its_precision_times_the_way_to_its_mean(parts, X):
    _, means, covariances = parts
    components = np.arange(len(X)) % K
    way = means[components] - X
    expected = np.linalg.solve(covariances[components], way[:, :, None])[:, :, 0]
    np.testing.assert_allclose(Gaussians(means, covariances).component_gradient(X, components), expected)


def test_samples_have_the_moments_of_their_component(parts):
    _, means, covariances = parts
    points = Gaussians(means, covariances).sample(np.repeat([2, 0], 100_000), np.random.default_rng(0))
    for k, own in ((2, points[:100_000]), (0, points[100_000:])):
        scale = np.sqrt(np.trace(covariances[k]))
        np.testing.assert_allclose(own.mean(axis=0), means[k], atol=0.015 * scale)
        np.testing.assert_allclose(np.cov(own.T), covariances[k], atol=0.03 * scale**2)


def test_the_moments_of_a_mixture_by_hand():
    """0.7 N(−1, 4) + 0.3 N(2, 1): mean −0.1; variance 0.7·(4 + 0.81) + 0.3·(1 + 4.41) = 4.99."""
    mean, covariance = mixture_moments(
        np.array([0.7, 0.3]), np.array([[-1.0], [2.0]]), np.array([[[4.0]], [[1.0]]])
    )
    np.testing.assert_allclose(mean, [-0.1])
    np.testing.assert_allclose(covariance, [[4.99]])


def test_noise_adds_its_variance_to_the_diagonal():
    covariances = np.array([[[2.0, 1.0], [1.0, 3.0]]])
    np.testing.assert_allclose(convolved(covariances, 2.0), [[[6.0, 1.0], [1.0, 7.0]]])


def test_eigenvalues_are_raised_only_where_they_are_too_small():
    line = np.array([[1.0, 1.0], [1.0, 1.0]])  # eigenvalues 2 and 0
    np.testing.assert_allclose(np.linalg.eigvalsh(raised(line, 0.1)), [0.1, 2.0])
    full = np.array([[2.0, 0.5], [0.5, 1.0]])
    assert raised(full, 0.1) is full


def test_the_variance_floor_follows_the_scale_down_to_an_absolute_one():
    X = np.random.default_rng(0).standard_normal((1000, 2))
    assert variance_floor(10 * X) == pytest.approx(100 * variance_floor(X))
    assert variance_floor(np.ones((5, 2))) == 1e-6
