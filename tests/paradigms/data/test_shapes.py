"""Each kind of class conditional against a formula or a much finer quadrature."""

import numpy as np
import pytest
from scipy import integrate
from scipy.special import logsumexp
from scipy.stats import multivariate_normal, norm

from paradigms import grid, registry
from paradigms.data.shapes.blurred_curve import BlurredCurve
from paradigms.data.shapes.blurred_squares import BlurredSquares
from paradigms.data.shapes.gaussian_blobs import GaussianBlobs
from paradigms.data.shapes.twisted_gaussian import TwistedGaussian

AXIS = grid.axis(60)


def _spiral(noise):
    return registry.presets()["spiral"].make(noise)[0]


def _line(u):
    return np.column_stack([6 * u - 3, 0 * u])


SHAPES = {
    "blobs": GaussianBlobs([[-1, 0], [2, 1]], [[[0.5, 0.2], [0.2, 0.4]], [[0.1, 0], [0, 0.9]]]),
    "line": BlurredCurve(_line, 0.3),
    "spiral": _spiral(0.2),
    "squares": BlurredSquares([[-1, -1], [1, 1]], 1.5, 0.2),
    "twisted": TwistedGaussian(2.0, 0.5, 0.3, 1.0, 0.75),
}


def test_blobs_against_scipy():
    shape, X = SHAPES["blobs"], np.random.default_rng(0).normal(size=(50, 2)) * 3
    terms = [multivariate_normal(*pair).pdf(X) for pair in zip(shape.means, shape.covariances, strict=True)]
    np.testing.assert_allclose(shape.log_density(X), np.log(np.mean(terms, axis=0)), rtol=1e-10)


def test_a_straight_line_has_a_closed_form():
    X = np.random.default_rng(0).uniform(-4, 4, (200, 2))
    along = (norm.cdf((X[:, 0] + 3) / 0.3) - norm.cdf((X[:, 0] - 3) / 0.3)) / 6
    expected = np.log(along) + norm.logpdf(X[:, 1], scale=0.3)
    np.testing.assert_allclose(SHAPES["line"].log_density(X), expected, atol=1e-6)


@pytest.mark.parametrize("name", ["moons", "circles", "spiral"])
@pytest.mark.parametrize("noise", [0.02, 0.14, 1.0])
def test_curve_quadrature_against_a_much_finer_one(name, noise):
    curve = registry.presets()[name].make(noise)[0]
    rng = np.random.default_rng(0)
    ends = curve.path(np.array([0.0, 1.0])).repeat(50, axis=0)
    X = np.concatenate([curve.sample(200, rng), ends]) + 2 * noise * rng.standard_normal((300, 2))
    u = np.linspace(0, 1, 30_001)
    simpson = np.where(np.arange(len(u)) % 2, 4.0, 2.0) / 90_000
    simpson[[0, -1]] /= 2
    finer = logsumexp(_isotropic(X, curve.path(u), noise), axis=1, b=simpson)
    np.testing.assert_allclose(curve.log_density(X), finer, rtol=2e-6, atol=1e-5)


def _isotropic(X, centres, noise):
    squared = ((X[:, None] - centres) ** 2).sum(axis=2)
    return -squared / (2 * noise**2) - np.log(2 * np.pi * noise**2)


def test_a_blurred_interval_against_numerical_convolution():
    squares = BlurredSquares([[0.5, 0.0]], 1.5, 0.3)
    for x in (-2.0, -0.4, 0.5, 1.2, 3.0):
        expected, _ = integrate.quad(lambda t, x=x: norm.pdf(x - t, scale=0.3) / 1.5, -0.25, 1.25)
        across, _ = integrate.quad(lambda t: norm.pdf(0.1 - t, scale=0.3) / 1.5, -0.75, 0.75)
        found = squares.log_density(np.array([[x, 0.1]]))[0]
        assert found == pytest.approx(np.log(expected * across), abs=1e-6)


def test_squares_without_noise_are_uniform():
    squares = BlurredSquares([[0, 0], [3, 3]], 2.0, 0.0)
    np.testing.assert_array_equal(
        squares.log_density(np.array([[0.9, -0.9], [1.1, 0.0]])), [np.log(1 / 8), -np.inf]
    )
    assert np.isfinite(squares.log_density(squares.sample(1000, np.random.default_rng(0)))).all()


def test_the_twist_keeps_areas_and_carries_the_gaussian_along():
    # Change of variables with a Jacobian by central differences: p(x) = p(z) / |det dx/dz|.
    shape, step = SHAPES["twisted"], 1e-6
    Z = np.array([2.0, 0.0]) + np.random.default_rng(0).normal(size=(50, 2))
    columns = [
        (shape._turned(Z + step * unit, 1) - shape._turned(Z - step * unit, 1)) / (2 * step)
        for unit in np.eye(2)
    ]
    determinant = np.linalg.det(np.stack(columns, axis=-1))
    log_gaussian = multivariate_normal([2.0, 0.0], np.diag([0.25, 0.09])).logpdf(Z)
    expected = log_gaussian - np.log(np.abs(determinant))
    np.testing.assert_allclose(shape.log_density(shape._turned(Z, 1)), expected, atol=1e-7)


@pytest.mark.parametrize("shape", SHAPES.values(), ids=SHAPES)
def test_density_integrates_to_one(shape):
    axis = grid.axis(400, 8.0)
    log_density = shape.log_density(grid.points(axis, axis))
    assert grid.integral(log_density, axis, axis) == pytest.approx(1, abs=1e-4)


@pytest.mark.parametrize("half_width", [0.7, 2.0, 4.0])
@pytest.mark.parametrize("shape", SHAPES.values(), ids=SHAPES)
def test_the_mass_within_a_square_is_the_integral_of_the_density_over_it(shape, half_width):
    axis = grid.axis(500, half_width)
    integral = grid.integral(shape.log_density(grid.points(axis, axis)), axis, axis)
    tolerance = 2e-3 if shape is SHAPES["twisted"] and half_width < 4 else 2e-5
    assert shape.mass_within(half_width) == pytest.approx(integral, abs=tolerance)


@pytest.mark.parametrize("side, expected", [(0.25, 0.0625), (0.5, 0.25), (1.0, 0.5), (4.0, 1.0)])
def test_the_mass_of_squares_without_noise_is_an_area(side, expected):
    # Squares of side 1 round (0, 0) and (1.5, 0): of the first (2 side)² at most, of the second none up to 1.
    squares = BlurredSquares([[0, 0], [1.5, 0]], 1.0, 0.0)
    assert squares.mass_within(side) == pytest.approx(min((2 * side) ** 2, 1) / 2 + (side == 4.0) / 2)


@pytest.mark.parametrize("name", ["line", "spiral", "squares"])
def test_the_grid_agrees_with_the_points(name):
    shape = SHAPES[name]
    expected = shape.log_density(grid.points(AXIS, AXIS)).reshape(60, 60)
    np.testing.assert_allclose(shape.log_density_on_grid(AXIS, AXIS), expected, atol=1e-8)


def test_where_the_grid_underflows_the_picture_stays_right():
    curve = _spiral(0.02)
    exact = curve.log_density(grid.points(AXIS, AXIS)).reshape(60, 60)
    found = curve.log_density_on_grid(AXIS, AXIS)
    far = exact < -700
    assert far.sum() > 500 and np.isfinite(found).all()
    np.testing.assert_allclose(found[far], exact[far], rtol=0.01)


@pytest.mark.parametrize("shape", SHAPES.values(), ids=SHAPES)
def test_a_longer_sample_begins_with_the_shorter(shape):
    short, long = (shape.sample(n, np.random.default_rng(3)) for n in (20, 30))
    np.testing.assert_array_equal(short, long[:20])


def test_more_noise_moves_the_same_points_further():
    tight, loose = (_spiral(noise).sample(50, np.random.default_rng(3)) for noise in (0.1, 0.2))
    core = 2 * tight - loose
    np.testing.assert_allclose(_spiral(0.3).sample(50, np.random.default_rng(3)), core + 3 * (tight - core))


def test_a_curve_without_noise_is_refused():
    with pytest.raises(ValueError, match="noise"):
        BlurredCurve(_line, 0.0)
