"""Drawing without a chain: the areas, the quantiles, the weights."""

import numpy as np
import pytest
from scipy.stats import norm

from paradigms import registry
from paradigms.bayes_rule import BayesRule
from paradigms.experiments.sample import direct_draws
from paradigms.experiments.sample.first_coordinate import FirstCoordinate
from paradigms.generative.kernel_density import KernelDensity

BANANA = registry.targets()["banana"].distribution


class Tilted:
    """N(0, [[1, 0.6], [0.6, 1]]) up to a constant: x₁ by itself is N(0, 1)."""

    def score_samples(self, X):
        x, y = X.T
        return 3 - (x**2 - 1.2 * x * y + y**2) / (2 * 0.64)


@pytest.fixture(scope="module")
def line():
    return FirstCoordinate(Tilted())


def test_the_first_coordinate_by_itself(line):
    x, density, cumulative = line.curves(np.zeros(1))
    np.testing.assert_allclose(density, norm.pdf(x), atol=1e-4)
    np.testing.assert_allclose(cumulative, norm.cdf(x), atol=1e-4)
    u = np.array([0.001, 0.3, 0.5, 0.99])
    np.testing.assert_allclose(line.quantile(u), norm.ppf(u), atol=1e-3)
    assert line.score_samples(np.array([[9.0]])) == -np.inf, "beyond the table there is nothing"
    assert line.curves(np.array([-12.0]))[0][0] == -12


def test_as_many_darts_stay_on_a_line_as_the_areas_say(line):
    proposed = direct_draws.rejection_on_a_line(line, n=40_000)
    assert proposed.expected == pytest.approx(np.sqrt(2 * np.pi) / 8 / 1.02, rel=1e-3)
    assert proposed.rate == pytest.approx(proposed.expected, abs=4 * 0.5 / 200)
    above = proposed.heights - norm.pdf(proposed.x)
    clear = np.abs(above) > 1e-3  # nearer than that, the table may say otherwise
    np.testing.assert_array_equal(proposed.accepted[clear], above[clear] < 0)
    assert proposed.heights.max() <= proposed.envelope and np.abs(proposed.x).max() <= 4
    assert proposed.x[proposed.accepted].std() == pytest.approx(1, abs=0.03), "they are distributed as p"


def test_draws_on_a_line_weigh_what_the_formula_says(line):
    weighted = direct_draws.importance_on_a_line(line, spread=1.5)
    ratios = norm.pdf(weighted.draws) / norm.pdf(weighted.draws, scale=1.5)
    np.testing.assert_allclose(weighted.weights, ratios / ratios.sum(), rtol=1e-3)
    assert weighted.effective_sample_size == pytest.approx(ratios.sum() ** 2 / (ratios**2).sum(), rel=1e-3)
    many = direct_draws.importance_on_a_line(line, spread=1.5, n=100_000)
    assert many.effective_sample_size / 100_000 == pytest.approx(np.sqrt(2 * 1.5**2 - 1) / 1.5**2, rel=0.01)


def test_as_many_darts_stay_as_the_areas_say():
    found = [direct_draws.rejection_in_the_plane(BANANA, seed=seed) for seed in range(5)]
    assert np.mean([each.rate for each in found]) == pytest.approx(found[0].expected, rel=0.1)


def test_a_narrow_peak_between_the_places_of_a_grid_raises_the_envelope():
    """∫ p / (8² · 1.02 max p) for a Gaussian of width 0.05, whose peak stands on the corner of four cells."""
    narrow = BayesRule(KernelDensity(bandwidth=0.05)).fit(np.array([[1.0, 1.0]]))
    area_below_the_peak = 1 / np.exp(narrow.score_samples(np.array([[1.0, 1.0]]))[0])
    found = direct_draws.rejection_in_the_plane(narrow)
    assert found.expected == pytest.approx(area_below_the_peak / 64 / 1.02, rel=3e-3)


def test_a_dart_that_stays_lies_still_from_then_on():
    positions = direct_draws.rejection_in_the_plane(BANANA).path.positions
    moves = (np.diff(positions, axis=0) != 0).any(axis=2)
    at_rest = ~moves[-1]
    assert 0 < at_rest.mean() < 1
    last_move = np.array([np.flatnonzero(dart)[-1] for dart in moves.T])
    assert all(moves[: last + 1, dart].all() for dart, last in enumerate(last_move)), (
        "until then it is proposed"
    )


def test_it_is_known_at_each_frame_which_darts_have_stayed():
    found = direct_draws.rejection_in_the_plane(BANANA)
    positions, stayed = found.path.positions, found.accepted
    assert stayed.shape == positions.shape[:2] and stayed.dtype == bool and not stayed[0].any()
    assert (stayed[1:] >= stayed[:-1]).all(), "once and for all"
    moved = (positions[1:] != positions[:-1]).any(axis=2)
    np.testing.assert_array_equal(moved, ~stayed[:-1])


def test_first_one_coordinate_and_then_the_other():
    positions = direct_draws.inverse_transform_in_the_plane(BANANA).positions
    middle = len(positions) // 2
    assert (positions[:middle, :, 1] == -4).all()
    np.testing.assert_array_equal(
        positions[middle:, :, 0], positions[[middle] * (len(positions) - middle), :, 0]
    )
    assert np.abs(positions[-1].mean(axis=0)).max() < 0.3


def test_a_spread_that_suits_is_worth_more():
    worth = {
        spread: direct_draws.importance_in_the_plane(BANANA, spread=spread).effective_sample_size
        for spread in (0.4, 1.8)
    }
    assert worth[1.8] > 3 * worth[0.4]


@pytest.mark.parametrize("spread", [1.0, 1.5, 2.5])
def test_both_numbers_are_what_the_chi_square_divergence_says(line, spread):
    """n/(1 + χ²(p‖q)) with 1 + χ² = ∫ p²/q, in closed form for Gaussians: s|Σ|⁻¹ |2Σ⁻¹ − I/s²|^−½ in each."""
    covariance = np.array([[1.0, 0.6], [0.6, 1.0]])
    for found, sigma, n in (
        (direct_draws.importance_on_a_line(line, spread=spread, n=20_000), np.eye(1), 20_000),
        (direct_draws.importance_in_the_plane(Tilted(), spread=spread, n=20_000), covariance, 20_000),
    ):
        inner = np.linalg.det(2 * np.linalg.inv(sigma) - np.eye(len(sigma)) / spread**2)
        one_and_divergence = spread ** len(sigma) / np.linalg.det(sigma) / np.sqrt(inner)
        assert found.effective_sample_size == pytest.approx(n / one_and_divergence, rel=0.05)
        assert found.effective_sample_size_from_p == pytest.approx(n / one_and_divergence, rel=0.1)
        assert found.missed < 0.02


@pytest.mark.parametrize("seed", range(3))
def test_a_proposal_that_misses_half_is_caught_from_the_other_side(seed):
    """Lumps at 0 and at ±3, and q = N(0, ¼): even weights, a good number, and half of p never seen."""
    X = np.repeat([[0.0, 0.0], [-3.0, 0.0], [3.0, 0.0]], [200, 100, 100], axis=0)
    X += 0.35 * np.random.default_rng(0).standard_normal(X.shape)
    target = registry.create("gaussian_mixture", n_components=3).fit(X)
    for found, n in (
        (direct_draws.importance_on_a_line(FirstCoordinate(target), spread=0.5, seed=seed), 40),
        (direct_draws.importance_in_the_plane(target, spread=0.5, seed=seed), 500),
    ):
        assert found.effective_sample_size > n / 3, "which looks good"
        assert found.effective_sample_size_from_p < n / 100
        assert found.missed > 0.4
    good = direct_draws.importance_in_the_plane(target, spread=2.5, seed=seed)
    assert good.effective_sample_size_from_p == pytest.approx(good.effective_sample_size, rel=0.35)
