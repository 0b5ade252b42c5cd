"""The kernel density against scikit-learn's, and on the grid and far away."""

import time

import numpy as np
import pytest
import torch
from scipy.special import logsumexp
from sklearn.neighbors import KernelDensity as Reference

from paradigms import grid
from paradigms.generative.kernel_density import KernelDensity


@pytest.fixture(scope="module")
def X():
    return np.random.default_rng(0).standard_normal((400, 2)) * [1.5, 0.7]


@pytest.mark.parametrize("bandwidth", [0.05, 0.3, 2.0])
def test_it_is_scikit_learn_s_where_the_density_matters(X, bandwidth):
    places = np.random.default_rng(1).uniform(-4, 4, (500, 2))
    expected = Reference(bandwidth=bandwidth, rtol=1e-12).fit(X).score_samples(places)
    matters = expected > -20  # further out scikit-learn's tree, not ours, loses digits
    assert matters.sum() > 100
    ours = KernelDensity(bandwidth).fit(X).score_samples(places)
    np.testing.assert_allclose(ours[matters], expected[matters], atol=1e-5)


@pytest.mark.parametrize("bandwidth", [0.05, 0.3])
def test_the_grid_agrees_to_rounding_until_it_underflows(X, bandwidth):
    model, axis = KernelDensity(bandwidth).fit(X), grid.axis(50)
    exact = model.score_samples(grid.points(axis, axis)).reshape(50, 50)
    on_grid = model.on_grid(axis, axis)
    kept = exact > -660
    np.testing.assert_allclose(on_grid[kept], exact[kept], atol=1e-9)
    below = exact[~kept] - on_grid[~kept]
    assert (below > -1e-9).all() and (below <= np.log(400)).all()
    assert (~kept).any() == (bandwidth == 0.05), "the narrow kernel must underflow here, or nothing is tested"


def test_far_away_it_is_the_nearest_kernel(X):
    """At (40, 40) the sum of kernels of width 0.05 is e^(−3·10⁵): no float64 holds it, its logarithm does."""
    model, far = KernelDensity(0.05).fit(X), np.array([[40.0, 40.0]])
    nearest = ((far - X) ** 2).sum(axis=1).min()
    alone = -nearest / (2 * 0.05**2) - np.log(400) - np.log(2 * np.pi * 0.05**2)
    assert alone - 1e-6 <= model.score_samples(far)[0] <= alone + np.log(400)
    closest = X[((far - X) ** 2).sum(axis=1).argmin()]
    np.testing.assert_allclose(model.log_density_gradient(far), (closest - far) / 0.05**2, rtol=1e-3)


def test_the_logarithm_is_exact_wherever_it_is_asked_for(X):
    places = np.random.default_rng(1).uniform(-40, 40, (200, 2))
    squared = ((places[:, None] - X) ** 2).sum(axis=2)
    expected = logsumexp(-squared / (2 * 0.05**2), axis=1) - np.log(400 * 2 * np.pi * 0.05**2)
    np.testing.assert_allclose(KernelDensity(0.05).fit(X).score_samples(places), expected, rtol=1e-12)


@pytest.mark.parametrize("bandwidth", [0.05, 0.3])
def test_the_gradient_is_autograd_s(X, bandwidth):
    places = np.random.default_rng(1).uniform(-4, 4, (100, 2))
    points = torch.tensor(places, requires_grad=True)
    squared = ((points[:, None] - torch.tensor(X)) ** 2).sum(dim=2)
    torch.logsumexp(-squared / (2 * bandwidth**2), dim=1).sum().backward()
    gradient = KernelDensity(bandwidth).fit(X).log_density_gradient(places)
    np.testing.assert_allclose(gradient, points.grad.numpy(), rtol=1e-5, atol=1e-3 * bandwidth / 0.3 + 1e-4)


def test_the_cheap_log_density_is_the_exact_one_in_single_precision(X):
    model = KernelDensity().fit(X)
    cheap, gradient = model.log_density_and_gradient(X)
    np.testing.assert_allclose(cheap, model.score_samples(X), atol=1e-5)
    np.testing.assert_array_equal(gradient, model.log_density_gradient(X))


def test_blocks_of_rows_change_nothing(X):
    """3,000 × 2,000 logits are evaluated in blocks of 32 rows."""
    rng = np.random.default_rng(2)
    model = KernelDensity().fit(rng.standard_normal((2000, 2)))
    places = rng.standard_normal((3000, 2))
    for method in (model.score_samples, model.log_density_gradient):
        np.testing.assert_allclose(method(places)[-5:], method(places[-5:]), rtol=1e-5)


def test_data_far_from_the_origin_keep_their_digits(X):
    here, there = KernelDensity().fit(X), KernelDensity().fit(X + 1e4)
    np.testing.assert_allclose(there.score_samples(X + 1e4), here.score_samples(X), atol=1e-8)
    np.testing.assert_allclose(there.log_density_gradient(X + 1e4), here.log_density_gradient(X), atol=1e-4)


def test_noise_widens_the_kernels(X):
    noised = KernelDensity(0.3).fit(X).noised(0.4)
    np.testing.assert_allclose(noised.score_samples(X), KernelDensity(0.5).fit(X).score_samples(X))


def test_a_bandwidth_of_zero_is_refused(X):
    with pytest.raises(ValueError, match="bandwidth"):
        KernelDensity(0.0).fit(X)


@pytest.mark.slow
def test_the_grid_is_far_faster_than_the_points():
    """A guard with a wide margin; the ratio itself is for the benchmarks."""
    X = np.random.default_rng(0).standard_normal((2000, 2))
    model, axis = KernelDensity().fit(X), grid.axis(200)

    def seconds(action):
        start = time.perf_counter()
        action()
        return time.perf_counter() - start

    fast = min(seconds(lambda: model.on_grid(axis, axis)) for _ in range(3))
    reference = Reference(bandwidth=0.3).fit(X)
    assert 25 * fast < seconds(lambda: reference.score_samples(grid.points(axis, axis)))
