"""The mass of densities of any width, against SciPy's integrals over the square and against chi-squared."""

import numpy as np
import pytest
from scipy.special import logsumexp
from scipy.stats import chi2, multivariate_normal, norm

from paradigms import grid
from paradigms.evaluation.adaptive_cubature import CELLS_A_DRAW, adaptive_cubature
from paradigms.evaluation.mass_levels import CONTOUR_MASSES, mass_levels
from paradigms.fits.assessment import RESOLUTION

AXIS = grid.axis(RESOLUTION)
CELL = AXIS[1] - AXIS[0]


class Mixture:
    """Σ_k w_k N(μ_k, diag(σ_k²)) times a ``factor``, which its draws know nothing of."""

    density_kind = "exact"

    def __init__(self, means, deviations, weights=(1.0,), factor=1.0):
        self.means = np.atleast_2d(means)
        self.deviations = np.broadcast_to(deviations, self.means.shape)
        self.weights, self.factor = np.array(weights), factor
        self.n_asked = 0

    def log_joint(self, X):
        self.n_asked += len(X)
        parts = norm.logpdf(X[:, None], self.means, self.deviations).sum(axis=2) + np.log(self.weights)
        return logsumexp(parts, axis=1, keepdims=True) + np.log(self.factor)

    def score_samples(self, X):
        return self.log_joint(X)[:, 0]

    def sample_joint(self, n, random_state=None):
        rng = np.random.default_rng(random_state)
        k = rng.choice(len(self.weights), size=n, p=self.weights)
        return self.means[k] + self.deviations[k] * rng.standard_normal((n, 2)), k

    def on_the_plane(self):
        sides = norm.cdf(4, self.means, self.deviations) - norm.cdf(-4, self.means, self.deviations)
        return self.weights @ sides.prod(axis=1)


def assessed(model):
    log_joint = grid.log_joint(model, AXIS, AXIS)
    model.n_asked = 0
    return adaptive_cubature(model, log_joint)


CENTRES = {
    "at a cell's centre": (0.5, 0.5),
    "between": (0.51, 0.51),
    "at a corner": (0.52, 0.52),
    "anywhere": (-1.2345, 0.678),
}


@pytest.mark.parametrize("mean", CENTRES.values(), ids=CENTRES)
@pytest.mark.parametrize(
    "deviation", [1e-5, 0.001, 0.01, 0.015, 0.02, 0.03, 0.05, 0.2, 1.0, (0.3, 0.001), (0.01, 1)]
)
def test_a_gaussian_of_any_width_has_its_integral_and_its_levels(mean, deviation):
    """Its level of mass m is −ln(2π σ₁ σ₂) − χ²_m/2, chi-squared with two degrees of freedom."""
    model = Mixture(mean, deviation)
    found = assessed(model)
    assert found.integral == pytest.approx(model.on_the_plane(), abs=0.003)
    peak = -np.log(2 * np.pi * model.deviations.prod())
    if model.on_the_plane() > 0.999:
        for mass, level in zip(
            CONTOUR_MASSES, mass_levels(found.log_density, log_mass=found.log_mass), strict=True
        ):
            assert chi2.cdf(2 * (peak - level), 2) == pytest.approx(mass, abs=0.01)


def test_a_slanting_ridge_has_its_integral():
    turn = np.array([[0.8, -0.6], [0.6, 0.8]])
    gaussian = multivariate_normal([0.3, -0.2], turn @ np.diag([0.5, 0.01]) ** 2 @ turn.T)

    class Ridge(Mixture):
        def log_joint(self, X):
            return gaussian.logpdf(X)[:, None]

        def sample_joint(self, n, random_state=None):
            return gaussian.rvs(n, random_state=random_state), None

    box = gaussian.cdf([4, 4], lower_limit=[-4, -4])
    assert assessed(Ridge([0, 0], 1)).integral == pytest.approx(box, abs=0.005)


@pytest.mark.parametrize("deviation", [1e-5, 0.001, 0.02, 0.05, 0.5])
def test_a_density_wrong_by_a_factor_has_an_integral_wrong_by_it(deviation):
    """So that the number is a check of the density, though draws steer: these are of the right one."""
    assert assessed(Mixture((0.51, 0.5), deviation, factor=1.1)).integral == pytest.approx(1.1, abs=0.005)


@pytest.mark.parametrize("share", [0.3, 0.01, 0.002])
@pytest.mark.parametrize("place", [(1.3, 1.1), (1.29, 1.11)])
def test_a_needle_in_a_broad_density_is_found(share, place):
    model = Mixture([(0, 0), place], [[0.7, 0.7], [0.001, 0.001]], (1 - share, share))
    found = assessed(model)
    assert found.integral == pytest.approx(1, abs=0.003)
    X, _ = model.sample_joint(100_000, 1)
    log_density = model.score_samples(X)
    for mass, level in zip(
        CONTOUR_MASSES, mass_levels(found.log_density, log_mass=found.log_mass), strict=True
    ):
        assert (log_density > level).mean() == pytest.approx(mass, abs=0.01)


@pytest.mark.parametrize("deviation", [1e-5, 0.001, 0.01, 0.03, 0.04, 0.05, 0.1])
def test_many_clouds_of_one_width_add_up(deviation):
    model = Mixture(np.random.default_rng(5).uniform(-3, 3, (30, 2)), deviation, np.full(30, 1 / 30))
    assert assessed(model).integral == pytest.approx(1, abs=0.005)


def test_a_broad_density_costs_its_draws_and_stays_as_it_is():
    model = Mixture([(-1, 0), (1, 0.5)], 0.4, (0.5, 0.5))
    log_joint = grid.log_joint(model, AXIS, AXIS)
    model.n_asked = 0
    found = adaptive_cubature(model, log_joint)
    assert model.n_asked < 1.1 * RESOLUTION**2 / CELLS_A_DRAW
    np.testing.assert_array_equal(found.log_joint, log_joint)
    assert found.narrow == 0


@pytest.mark.parametrize("resolution", [50, RESOLUTION])
def test_a_hundred_needles_cost_no_more_than_the_picture_twice(resolution):
    model = Mixture(np.random.default_rng(0).uniform(-3, 3, (100, 2)), 1e-5, np.full(100, 0.01))
    log_joint = grid.log_joint(model, *[grid.axis(resolution)] * 2)
    model.n_asked = 0
    adaptive_cubature(model, log_joint)
    assert model.n_asked < 2 * resolution**2


def test_a_needle_shows_as_a_cell_that_holds_its_mass():
    """Whether it stands on a cell's centre or not; its neighbours show nothing of it."""
    for place in CENTRES.values():
        found = assessed(Mixture([(0, 0), place], [[0.7, 0.7], [0.001, 0.001]], (0.9, 0.1)))
        picture = np.exp(found.log_joint[..., 0])
        assert picture.sum() * CELL**2 == pytest.approx(1, abs=0.003)
        needle = 0.1 / CELL**2 * np.array([1, 0.25])  # in one cell, or a quarter in each of four
        assert np.isclose(picture.max(), needle, rtol=0.05).any()
        assert found.narrow == pytest.approx(0.1, abs=0.003)


def test_an_unnormalised_density_is_left_at_its_cells():
    model = Mixture((0.5, 0.5), 0.001)
    model.density_kind = "unnormalised"
    found = assessed(model)
    np.testing.assert_array_equal(found.log_density, grid.log_joint(model, AXIS, AXIS).ravel())
    assert model.n_asked == len(AXIS) ** 2
