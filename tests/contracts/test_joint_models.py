"""What holds of every model of p(x, y), joint by nature or made so by Bayes' rule."""

import numpy as np
import pytest
from distributions import (
    FINE_AXIS,
    JOINTS,
    as_usual,
    create,
    mass_beyond,
    moons,
    noised_by_quadrature,
    numerical_gradient,
)
from scipy.special import logsumexp
from sklearn.base import clone

from paradigms import grid
from paradigms.protocols import (
    ConditionallyDifferentiable,
    ConditionalSampleable,
    GridEvaluable,
    Noisable,
    can,
)


def uneven_moons():
    """Moons with every fourth point of the second class: 200 to 50."""
    X, y = moons()
    kept = (y == 0) | (np.cumsum(y) % 4 == 0)
    return X[kept], y[kept]


@pytest.fixture(scope="module", params=JOINTS)
def unfitted(request):
    return create(request.param, joint=True)


@pytest.fixture(scope="module")
def fitted(unfitted):
    return clone(unfitted).fit(*uneven_moons())


@pytest.fixture(scope="module")
def X():
    return np.random.default_rng(1).uniform(-4, 4, (50, 2))


def test_the_sum_over_the_classes_is_the_density(fitted, X):
    np.testing.assert_allclose(fitted.score_samples(X), logsumexp(fitted.log_joint(X), axis=1), rtol=1e-9)


def test_the_joint_is_prior_times_conditional(fitted, X):
    np.testing.assert_allclose(fitted.log_joint(X), fitted.log_conditional(X) + fitted.class_log_prior_)


def test_each_conditional_is_a_density_of_its_own(fitted):
    if fitted.density_kind != "exact":
        pytest.skip("its densities are bounds, or known up to a constant")
    conditional = grid.log_joint(fitted, FINE_AXIS, FINE_AXIS) - fitted.class_log_prior_
    for k in range(2):
        nearby = grid.integral(conditional[:, :, k], FINE_AXIS, FINE_AXIS)
        beyond = mass_beyond(lambda Z, k=k: fitted.log_conditional(Z)[:, k])
        assert nearby + beyond == pytest.approx(1, abs=0.01)


def test_the_posterior_is_the_joint_over_the_density(fitted, X):
    expected = np.exp(fitted.log_joint(X) - fitted.score_samples(X)[:, None])
    np.testing.assert_allclose(fitted.predict_proba(X), expected, rtol=1e-6)


def test_the_prior_is_the_share_of_each_class(fitted):
    # A density with an unknown constant has learned p(y) along with p(x|y), and only comes near it.
    atol = 0.02 if fitted.density_kind == "unnormalised" else 1e-9
    np.testing.assert_allclose(np.exp(fitted.class_log_prior_), [0.8, 0.2], atol=atol)


@pytest.mark.slow
def test_the_prior_is_all_there_is_where_the_classes_look_the_same(unfitted):
    cloud = np.random.default_rng(3).standard_normal((60, 2))
    model = as_usual(unfitted).fit(np.vstack([cloud] * 10), np.repeat([0, 1], [540, 60]))
    posterior = model.predict_proba(cloud)
    np.testing.assert_allclose(posterior[:, 0].mean(), 0.9, atol=0.03)


def test_without_labels_there_is_one_class(unfitted, X):
    model = clone(unfitted).fit(moons()[0])
    np.testing.assert_array_equal(model.classes_, [0])
    np.testing.assert_array_equal(model.class_log_prior_, [0.0])
    np.testing.assert_array_equal(model.predict_proba(X), np.ones((50, 1)))
    np.testing.assert_allclose(model.log_joint(X)[:, 0], model.score_samples(X))


def test_labels_may_be_anything_and_their_order_does_not_matter(unfitted, fitted, X):
    points, y = uneven_moons()
    named = clone(unfitted).fit(points, np.array(["wolf", "fox"])[y])
    np.testing.assert_array_equal(named.classes_, ["fox", "wolf"])
    np.testing.assert_allclose(named.log_joint(X)[:, ::-1], fitted.log_joint(X), rtol=1e-5, atol=1e-5)
    assert set(named.predict(X)) <= {"fox", "wolf"}


def test_a_class_of_one_point_is_modelled_too(unfitted):
    points, _ = moons(60)
    model = clone(unfitted).fit(np.vstack([points, [[3.0, -3.0]]]), np.repeat([0, 1], [60, 1]))
    assert np.isfinite(model.log_joint(points)).all()
    assert model.predict([[3.0, -3.0]]) == [1]


def test_the_grid_agrees_with_the_points(fitted):
    if not can(fitted, GridEvaluable):
        pytest.skip("has no on_grid")
    x_axis, y_axis = np.linspace(-4, 4, 21), np.linspace(-3, 4, 17)
    at_points = fitted.log_joint(grid.points(x_axis, y_axis)).reshape(17, 21, 2)
    np.testing.assert_allclose(fitted.on_grid(x_axis, y_axis), at_points, rtol=1e-5, atol=1e-5)


def test_an_unknown_label_is_refused(fitted):
    if not can(fitted, ConditionalSampleable):
        pytest.skip("does not sample")
    with pytest.raises(ValueError, match="knows no class 7"):
        fitted.sample_given([0, 7], 0)


def test_the_noise_given_a_class_is_that_class_s_own(fitted):
    if not can(fitted, Noisable):
        pytest.skip("cannot be noised exactly")
    points, labels = moons(40, seed=5)
    for k in range(2):
        own = points[labels == k]
        _, expected = noised_by_quadrature(lambda Z, k=k: fitted.log_conditional(Z)[:, k], own, 0.5)
        np.testing.assert_allclose(fitted.predict_noise(own, 0.5, labels[labels == k]), expected, atol=1e-4)


def test_the_gradient_given_a_class_is_that_of_its_log_conditional(fitted, X):
    if not can(fitted, ConditionallyDifferentiable):
        pytest.skip("has no gradient given a class")
    y = np.arange(50) % 2
    expected = numerical_gradient(lambda Z: fitted.log_conditional(Z)[np.arange(50), y], X)
    np.testing.assert_allclose(fitted.log_conditional_gradient(X, y), expected, rtol=1e-4, atol=1e-4)


def test_noise_leaves_the_prior_alone(fitted, X):
    if not can(fitted, Noisable):
        pytest.skip("cannot be noised exactly")
    noised = fitted.noised(2.0)
    np.testing.assert_array_equal(noised.class_log_prior_, fitted.class_log_prior_)
    np.testing.assert_allclose(logsumexp(noised.log_joint(X), axis=1), noised.score_samples(X))
