"""The levels hold the mass that they claim to hold, against closed forms."""

import numpy as np
import pytest
from scipy.stats import chi2, multivariate_normal

from paradigms import grid
from paradigms.densities.grid_interpolation import Table
from paradigms.evaluation.adaptive_cubature import Cubature
from paradigms.evaluation.mass_levels import CONTOUR_MASSES, contours, mass_levels

AXIS = grid.axis(400)
COVARIANCE = np.array([[0.5, 0.2], [0.2, 0.3]])
GAUSSIAN = multivariate_normal([0.3, -0.2], COVARIANCE)
LOG_DENSITY = GAUSSIAN.logpdf(grid.points(AXIS, AXIS)).reshape(400, 400)


@pytest.mark.parametrize("mass", [0.05, 0.25, 0.5, 0.75, 0.95])
def test_the_level_of_a_gaussian_is_that_of_its_mahalanobis_ellipse(mass):
    # The squared Mahalanobis distance of a Gaussian in the plane is chi-squared with two degrees of freedom.
    (level,) = mass_levels(LOG_DENSITY, (mass,))
    assert level == pytest.approx(GAUSSIAN.logpdf([0.3, -0.2]) - chi2.ppf(mass, 2) / 2, abs=0.01)


def test_levels_bound_the_mass_of_a_density_with_two_modes():
    log_density = np.logaddexp(LOG_DENSITY, np.log(0.25) + np.roll(LOG_DENSITY, 100, axis=0))
    density = np.exp(log_density)
    for mass, level in zip((0.25, 0.5, 0.75, 0.95), mass_levels(log_density), strict=True):
        assert density[log_density >= level].sum() / density.sum() == pytest.approx(mass, abs=0.005)


def test_levels_do_not_care_for_the_constant_of_an_unnormalised_density():
    shifted = np.array(mass_levels(LOG_DENSITY + 700))
    np.testing.assert_allclose(shifted - 700, mass_levels(LOG_DENSITY), atol=1e-9)


def test_a_spike_of_one_cell_has_its_level_for_each_share():
    spike = np.full((20, 20), -1e4)
    spike[3, 4] = 0
    assert mass_levels(spike) == (0.0,) * 4


def plateaus(shares, sides):
    """Squares of even density in the middle of one another; ``shares`` of the mass, from within outwards."""
    log_density = np.full((200, 200), -50.0)
    inner = [0, *sides]
    for share, side, hole in reversed(list(zip(shares, sides, inner, strict=False))):
        part = slice(100 - side // 2, 100 + side // 2)
        log_density[part, part] = np.log(share / (side**2 - hole**2) / 0.04**2)
    log_mass = log_density.ravel() + 2 * np.log(0.04)
    places = grid.points(*[grid.axis(200)] * 2)
    return Cubature(places, log_density.ravel(), log_mass, 1.0, log_density[:, :, None])


@pytest.mark.parametrize(
    "shares, left_out",
    [((1.0,), CONTOUR_MASSES), ((0.5, 0.5), (0.25, 0.75, 0.95)), ((0.6, 0.4), CONTOUR_MASSES)],
)
def test_on_plateaus_each_line_keeps_its_own_share(shares, left_out):
    """No line goes through the middle of a plateau; 0.5 is held by the edge of one."""
    found = contours(plateaus(shares, (80, 160)[: len(shares)]))
    assert found.left_out == left_out and len(found.levels) == 4 - len(left_out)


@pytest.mark.parametrize("deviation", [0.03, 0.04, 0.05, 0.07, 0.1, 0.3])
@pytest.mark.parametrize("mean", [(0.0, 0.0), (0.02, 0.02), (0.51, -0.297)])
def test_lines_hold_their_share_as_drawn_and_as_the_density_has_it(deviation, mean):
    """100,000 draws of a Gaussian, counted where the bilinear picture, or log p itself, is above a level."""
    axis, X = grid.axis(200), np.random.default_rng(1).normal(mean, deviation, (100_000, 2))
    gaussian = multivariate_normal(mean, deviation**2)
    fine = grid.points(*(1.5 * deviation * axis + np.array(mean)[:, None]))  # six deviations to each side
    log_density = gaussian.logpdf(fine)
    picture = gaussian.logpdf(grid.points(axis, axis)).reshape(200, 200, 1)
    found = contours(Cubature(fine, log_density, log_density, 1.0, picture))
    shares = [share for share in CONTOUR_MASSES if share not in found.left_out]
    for values in (gaussian.logpdf(X), Table(picture, grid.HALF_WIDTH)(X)[:, 0]):
        np.testing.assert_allclose([(values > level).mean() for level in found.levels], shares, atol=0.02)
    if deviation >= 0.1:  # two and a half cells
        assert not found.left_out


def test_a_flat_density_gives_finite_levels():
    assert np.isfinite(mass_levels(np.zeros((5, 5)))).all()
