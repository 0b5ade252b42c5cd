"""What holds of every model that knows log p(x)."""

import io

import numpy as np
import pytest
from distributions import (
    FINE_AXIS,
    WAYS,
    create,
    learned,
    log_density_nearby,
    mass_beyond,
    moons,
    noised_by_quadrature,
    numerical_gradient,
)
from sklearn.base import clone

from paradigms import grid
from paradigms.protocols import (
    CannotFit,
    DensityWithGradient,
    DifferentiableDensity,
    GridEvaluable,
    Noisable,
    Sampleable,
    can,
)

DEGENERATE = {
    "one point": np.array([[1.0, -2.0]]),
    "all points in one spot": np.full((20, 2), 0.5),
    "three points on a line": np.array([[-1.0, -1.0], [0.0, 0.0], [2.0, 2.0]]),
}


@pytest.fixture(scope="module", params=WAYS, ids=lambda way: f"{way[0]}{' lifted' * way[1]}")
def way(request):
    return request.param


@pytest.fixture(scope="module")
def unfitted(way):
    return create(*way)


@pytest.fixture(scope="module")
def barely_trained(way):
    """An unfitted model for what holds after a few steps already."""
    return create(*way, n_steps=50)


@pytest.fixture(scope="module")
def fitted(way):
    return learned(*way)


def needs(model, *protocols):
    if not can(model, *protocols):
        pytest.skip(f"has no {' or '.join(protocol.__name__ for protocol in protocols)}")


def needs_normalised(model):
    if model.density_kind == "unnormalised":
        pytest.skip("known up to a constant only")


def places(n=30):
    """Points on the data and around them."""
    rng = np.random.default_rng(1)
    return np.vstack([moons(n, seed=2)[0], rng.uniform(-4, 4, (n, 2))])


def test_the_density_integrates_to_one(fitted, way):
    """Over the whole plane, however much the tails hold: a fine grid as far as 6, and what is beyond."""
    needs_normalised(fitted)
    total = grid.integral(log_density_nearby(*way), FINE_AXIS, FINE_AXIS) + mass_beyond(fitted.score_samples)
    if fitted.density_kind == "exact":
        assert total == pytest.approx(1, abs=0.01)
    else:
        assert total < 1.01


def test_the_density_falls_towards_infinity(fitted):
    angles = np.linspace(0, 2 * np.pi, 12, endpoint=False)
    directions = np.column_stack([np.cos(angles), np.sin(angles)])
    along_rays = [fitted.score_samples(radius * directions) for radius in (6.0, 12.0, 24.0, 48.0)]
    assert (np.diff(along_rays, axis=0) < 0).all()


def test_far_away_everything_stays_finite(fitted):
    far = np.array([[40.0, 40.0], [-40.0, 40.0]])
    assert np.isfinite(fitted.score_samples(far)).all()
    if can(fitted, DifferentiableDensity):
        assert np.isfinite(fitted.log_density_gradient(far)).all()


def test_fit_forgets_the_earlier_fit_and_leaves_its_data_alone(unfitted, fitted):
    X, y = moons()
    before = X.copy()
    refitted = clone(unfitted).fit(X[::2, ::-1] + 3.0, y[::2]).fit(X, y)
    np.testing.assert_array_equal(X, before)
    np.testing.assert_array_equal(refitted.score_samples(places()), fitted.score_samples(places()))


def test_a_fitted_model_survives_as_plain_arrays(unfitted, fitted):
    file = io.BytesIO()
    np.savez(file, **fitted.to_arrays())
    file.seek(0)
    with np.load(file, allow_pickle=False) as arrays:
        prototype = (unfitted.density,) if hasattr(unfitted, "density") else ()
        restored = type(unfitted).from_arrays(*prototype, dict(arrays))
    np.testing.assert_array_equal(restored.score_samples(places()), fitted.score_samples(places()))
    if can(fitted, Sampleable):
        np.testing.assert_array_equal(restored.sample(50, 3), fitted.sample(50, 3))


def test_asking_changes_nothing(fitted):
    before = {name: value.copy() for name, value in fitted.to_arrays().items()}
    X = places()
    fitted.score_samples(X)
    for question in ("log_density_gradient", "predict_proba"):
        if hasattr(fitted, question):
            getattr(fitted, question)(X)
    if can(fitted, Noisable):
        fitted.noised(0.7)
    np.testing.assert_array_equal(X, places())
    after = fitted.to_arrays()
    assert before.keys() == after.keys()
    assert all(np.array_equal(before[name], after[name]) for name in before)


@pytest.mark.parametrize("case", DEGENERATE)
def test_degenerate_data_fit_or_are_refused_in_a_sentence(barely_trained, case):
    X = DEGENERATE[case]
    try:
        model = clone(barely_trained).fit(X)
    except CannotFit as reason:
        assert str(reason).endswith(".")
        return
    here, far = model.score_samples(X), model.score_samples(X + np.array([3.0, -3.0]))
    assert np.isfinite(here).all() and np.isfinite(far).all()
    assert here.min() > far.max()


def test_no_points_are_refused_in_a_sentence(unfitted):
    with pytest.raises(CannotFit, match=r"\.$"):
        clone(unfitted).fit(np.empty((0, 2)))


@pytest.mark.parametrize("d", [1, 5])
def test_any_number_of_columns_will_do(barely_trained, d):
    X = np.random.default_rng(0).standard_normal((120, d))
    model = clone(barely_trained).fit(X)
    assert model.score_samples(X).shape == (120,)
    if can(model, Sampleable):
        assert model.sample(7, 0).shape == (7, d)
    if can(model, DifferentiableDensity):
        assert model.log_density_gradient(X).shape == (120, d)


def test_the_grid_agrees_with_the_points(fitted):
    needs(fitted, GridEvaluable)
    x_axis, y_axis = np.linspace(-4, 4, 31), np.linspace(-3, 4, 23)
    on_grid = grid.log_density(fitted, x_axis, y_axis)
    at_points = fitted.score_samples(grid.points(x_axis, y_axis)).reshape(23, 31)
    assert on_grid.shape == at_points.shape
    np.testing.assert_allclose(on_grid, at_points, rtol=1e-5, atol=1e-5)


def test_the_gradient_is_that_of_the_log_density(fitted):
    needs(fitted, DifferentiableDensity)
    X = places()
    expected = numerical_gradient(fitted.score_samples, X)
    np.testing.assert_allclose(fitted.log_density_gradient(X), expected, rtol=1e-4, atol=1e-4)


def test_both_at_once_are_what_each_is_by_itself(fitted):
    """To single precision, in which the sums over kernels are formed."""
    needs(fitted, DensityWithGradient)
    log_density, gradient = fitted.log_density_and_gradient(places())
    np.testing.assert_allclose(log_density, fitted.score_samples(places()), rtol=1e-5, atol=1e-5)
    np.testing.assert_allclose(gradient, fitted.log_density_gradient(places()), rtol=1e-5, atol=1e-5)


@pytest.mark.parametrize("sigma", [0.3, 1.0])
def test_noise_is_an_exact_convolution(fitted, sigma):
    needs(fitted, Noisable)
    X = places()
    expected, _ = noised_by_quadrature(fitted.score_samples, X, sigma)
    likely = expected > -12
    assert likely.sum() > 30
    noised = fitted.noised(sigma)
    assert type(noised) is type(fitted)
    np.testing.assert_allclose(noised.score_samples(X)[likely], expected[likely], atol=1e-5)


def test_no_noise_changes_nothing_and_negative_noise_is_refused(fitted):
    needs(fitted, Noisable)
    np.testing.assert_allclose(fitted.noised(0.0).score_samples(places()), fitted.score_samples(places()))
    with pytest.raises(ValueError, match="noise level"):
        fitted.noised(-0.1)


def test_noise_adds_up(fitted):
    needs(fitted, Noisable)
    twice, once = fitted.noised(0.6).noised(0.8), fitted.noised(1.0)
    np.testing.assert_allclose(twice.score_samples(places()), once.score_samples(places()), rtol=1e-9)


def test_the_predicted_noise_is_the_mean_noise_given_the_point(fitted):
    needs(fitted, Noisable)
    X = moons(40, seed=5)[0]
    _, expected = noised_by_quadrature(fitted.score_samples, X, 0.5)
    np.testing.assert_allclose(fitted.predict_noise(X, 0.5), expected, atol=1e-4)
