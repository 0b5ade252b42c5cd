"""The levels hold the mass that they claim to hold, against closed forms."""

import numpy as np
import pytest
from scipy.stats import chi2, multivariate_normal

from paradigms import grid
from paradigms.evaluation.mass_levels import mass_levels

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


def test_a_spike_of_one_cell_has_one_level():
    spike = np.full((20, 20), -1e4)
    spike[3, 4] = 0
    assert mass_levels(spike) == (0.0,)


def test_a_flat_density_gives_finite_levels():
    assert np.isfinite(mass_levels(np.zeros((5, 5)))).all()
