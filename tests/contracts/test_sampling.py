"""What holds of everything that can imagine new points."""

import numpy as np
import pytest
from distributions import FINE_AXIS, LIFTED, energy_distance, learned, log_density_nearby, moons
from scipy.stats import multivariate_normal
from sklearn.base import clone

from paradigms import grid, registry
from paradigms.protocols import ConditionalSampleable, JointModel, Moments, Sampleable, can

WAYS = [(name, False) for name in registry.that_can(Sampleable)]
WAYS += [(name, True) for name in registry.that_can(Sampleable) if name in LIFTED]


@pytest.fixture(scope="module", params=WAYS, ids=lambda way: f"{way[0]}{' lifted' * way[1]}")
def way(request):
    return request.param


@pytest.fixture(scope="module")
def fitted(way):
    return learned(*way)


def test_a_sample_has_as_many_points_as_asked_for(fitted):
    for n in (0, 1, 250):
        points = fitted.sample(n, 0)
        assert points.shape == (n, 2)
        assert np.isfinite(points).all()


def test_a_seed_gives_the_same_points_and_another_gives_others(fitted):
    np.testing.assert_array_equal(fitted.sample(50, 4), fitted.sample(50, 4))
    np.testing.assert_array_equal(fitted.sample(50, np.random.default_rng(4)), fitted.sample(50, 4))
    assert not np.array_equal(fitted.sample(50, 4), fitted.sample(50, 5))


def test_a_generator_moves_on(fitted):
    rng = np.random.default_rng(4)
    assert not np.array_equal(fitted.sample(50, rng), fitted.sample(50, rng))


def test_samples_are_nearer_to_fresh_data_than_those_of_one_gaussian(fitted):
    """But for a model that claims no more: whose density, at the fresh data, is below that Gaussian's."""
    X, _ = moons()
    fresh, _ = moons(1000, seed=9)
    gaussian = multivariate_normal(X.mean(axis=0), np.cov(X.T))
    comparable = getattr(fitted, "density_kind", "unnormalised") != "unnormalised"
    if comparable and fitted.score_samples(fresh).mean() < gaussian.logpdf(fresh).mean():
        pytest.skip("claims to be no nearer than a Gaussian")
    of_gaussian = gaussian.rvs(1000, random_state=np.random.default_rng(0))
    assert energy_distance(fitted.sample(1000, 0), fresh) < energy_distance(of_gaussian, fresh)


def test_the_moments_are_those_of_the_samples(fitted):
    """To 0.04 and 0.08, or to five standard errors, which are large where tails are heavy."""
    if not can(fitted, Moments):
        pytest.skip("does not know its moments")
    mean, covariance = fitted.mean_and_covariance()
    points = fitted.sample(40_000, 1)
    squares = (points - mean)[:, :, None] * (points - mean)[:, None]
    for found, expected, tolerance in ((points, mean, 0.04), (squares, covariance, 0.08)):
        error = 5 * found.std(axis=0) / np.sqrt(len(points))
        assert (np.abs(found.mean(axis=0) - expected) < np.maximum(error, tolerance)).all()


def test_samples_lie_where_the_density_says(fitted, way):
    """The share of samples with x₁ > 1/2 on the fine grid is the integral of the density over that part."""
    if getattr(fitted, "density_kind", None) != "exact":
        pytest.skip("no exact density to compare with")
    expected = grid.integral(log_density_nearby(*way)[:, FINE_AXIS > 0.5], FINE_AXIS, FINE_AXIS)
    points = fitted.sample(40_000, 2)
    share = np.mean((points[:, 0] > 0.5) & (np.abs(points).max(axis=1) < 6.0))
    assert share == pytest.approx(expected, abs=0.01)  # 4 standard errors of 0.5/√40,000


def test_labels_come_in_proportion(fitted):
    if not can(fitted, JointModel):
        pytest.skip("blind to classes")
    model = clone(fitted).fit(moons(250)[0], np.repeat([0, 1], [50, 200]))
    points, labels = model.sample_joint(10_000, 0)
    assert points.shape == (10_000, 2) and labels.shape == (10_000,)
    assert np.mean(labels == 1) == pytest.approx(0.8, abs=0.016)  # 4 standard errors of 0.4/√10,000


def test_points_given_a_class_look_like_that_class(fitted):
    if not can(fitted, ConditionalSampleable):
        pytest.skip("does not sample given a class")
    X, y = moons(600, seed=9)
    labels = np.tile([1, 0], 300)
    points = fitted.sample_given(labels, 0)
    assert points.shape == (600, 2)
    for k in range(2):
        own = points[labels == k]
        assert energy_distance(own, X[y == k]) < 0.25 * energy_distance(own, X[y != k])
    np.testing.assert_array_equal(points, fitted.sample_given(labels, 0))
