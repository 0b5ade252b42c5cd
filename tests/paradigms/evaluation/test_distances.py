"""The distances against SciPy, against POT, and against closed forms of Gaussians."""

import numpy as np
import ot
import pytest
from scipy.stats import energy_distance as scipy_energy_distance
from scipy.stats import norm

from paradigms.evaluation.distances import (
    energy_distance,
    energy_floor,
    half_circle,
    maximum_mean_discrepancy,
    sliced_wasserstein,
)

RNG = np.random.default_rng(0)
X, Z = RNG.standard_normal((300, 2)), RNG.standard_normal((200, 2)) * 0.7 + [0.5, -0.2]


@pytest.mark.parametrize("distance", [energy_distance, maximum_mean_discrepancy])
def test_a_distance_is_symmetric_and_zero_from_a_cloud_to_itself(distance):
    assert distance(X, X) == pytest.approx(0, abs=1e-7)
    assert distance(X, Z) == pytest.approx(distance(Z, X))
    assert distance(X, Z) > 0.01


def test_the_energy_distance_is_scipy_s():
    """SciPy's is for points on a line, by an integral over the distribution functions."""
    expected = scipy_energy_distance(X[:, 0], Z[:, 0])
    assert energy_distance(X[:, :1], Z[:, :1]) == pytest.approx(expected, rel=1e-9)


def test_the_mean_discrepancy_is_its_definition():
    """Gretton et al. (2012), eq. 5, pair by pair."""

    def mean_kernel(A, B):
        return np.mean([[np.exp(-((a - b) ** 2).sum() / (2 * 0.3**2)) for b in B] for a in A])

    A, B = X[:40], Z[:30]
    expected = np.sqrt(mean_kernel(A, A) + mean_kernel(B, B) - 2 * mean_kernel(A, B))
    assert maximum_mean_discrepancy(A, B, sigma=0.3) == pytest.approx(expected, rel=1e-9)


def test_the_mean_discrepancy_of_two_normals():
    """E k(x, z) for x − z ~ N(m, 2) is √(σ²/(σ² + 2)) exp(−m²/2(σ² + 2)); on quantiles instead of samples."""
    line = norm.ppf((np.arange(1500) + 0.5) / 1500)[:, None]
    sigma, m = 0.5, 1.0
    width = sigma**2 + 2
    expected = np.sqrt(2 * np.sqrt(sigma**2 / width) * (1 - np.exp(-(m**2) / (2 * width))))
    assert maximum_mean_discrepancy(line, line + m, sigma=sigma) == pytest.approx(expected, rel=1e-3)


def test_on_a_line_the_sliced_distance_is_that_of_the_quantiles():
    """W₂ between N(0, 1) and N(m, s²) is √(m² + (s − 1)²)."""
    line = norm.ppf((np.arange(20_000) + 0.5) / 20_000)[:, None]
    distance = sliced_wasserstein(line, 1.5 + 2.0 * line[::2], np.ones((1, 1)))
    assert distance == pytest.approx(np.hypot(1.5, 1.0), rel=1e-3)


def test_clouds_of_unequal_size_are_split_fairly():
    """Two points against three: the plan moves shares of 1/3, 1/6, 1/6 and 1/3."""
    few, many = np.array([[0.0], [6.0]]), np.array([[1.0], [3.0], [8.0]])
    expected = np.sqrt(1 / 3 * 1**2 + 1 / 6 * 3**2 + 1 / 6 * 3**2 + 1 / 3 * 2**2)
    assert sliced_wasserstein(few, many, np.ones((1, 1))) == pytest.approx(expected)


def test_the_sliced_distance_is_pot_s():
    directions = half_circle(50)
    expected = ot.sliced_wasserstein_distance(X, Z, projections=directions.T, p=2)
    assert sliced_wasserstein(X, Z, directions) == pytest.approx(float(expected), rel=1e-6)


def test_the_floor_is_what_fresh_draws_score():
    rng = np.random.default_rng(0)
    squares = [energy_distance(rng.normal(size=(50, 2)), rng.normal(size=(80, 2))) ** 2 for _ in range(2000)]
    assert energy_floor(rng.normal(size=(2000, 2)), 50) ** 2 * (1 / 50 + 1 / 80) / (1 / 50 + 1 / 2000) == (
        pytest.approx(np.mean(squares), rel=0.06)
    )
