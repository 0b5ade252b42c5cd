"""Inverse distribution function, rejection, importance: what each says of a known density."""

from itertools import pairwise

import numpy as np
import pytest
from formulas import Normal, two_islands
from scipy.stats import kstest, norm

from paradigms import registry
from paradigms.samplers.gibbs import gibbs
from paradigms.samplers.importance import effective_sample_size, importance, importance_weights
from paradigms.samplers.inverse_cdf import inverse_cdf, quantile_of_cells
from paradigms.samplers.rejection import rejection


def nowhere(n):
    return np.zeros((n, 2))


def test_the_quantile_of_cells_is_the_inverse_of_their_sums():
    masses = np.array([[1.0, 0.0, 3.0, 4.0]])
    u = np.array([0.0, 0.0625, 0.125, 0.3, 0.5, 0.75])
    found = quantile_of_cells(np.repeat(masses, len(u), axis=0), u)
    expected = np.interp(u, [0, 0.125, 0.125000001, 0.5, 1.0], [0, 1, 2, 3, 4])
    np.testing.assert_allclose(found, [0.0, 0.5, expected[2] + 1, expected[3], 3.0, 3.5], atol=1e-6)


def test_inverse_cdf_of_a_gaussian_is_a_gaussian_one_coordinate_after_the_other():
    start, first, second = inverse_cdf(Normal(mean=0.5), nowhere(4000), rng=np.random.default_rng(0))
    np.testing.assert_array_equal(first.position[:, 1], start.position[:, 1])
    np.testing.assert_array_equal(second.position[:, 0], first.position[:, 0])
    for column in second.position.T:
        assert kstest(column, norm(0.5, 1).cdf).pvalue > 0.001


def test_inverse_cdf_knows_that_the_second_depends_on_the_first():
    banana = registry.targets()["banana"].distribution
    *_, last = inverse_cdf(banana, nowhere(20_000), half_width=16.0, rng=np.random.default_rng(0))
    np.testing.assert_allclose(np.cov(last.position.T), banana.mean_and_covariance()[1], atol=0.06)


def test_rejection_keeps_as_many_darts_as_the_areas_say():
    """The share under N(0, I) in a box of 8 by 8 with the lowest envelope: 2π/64 of the darts."""
    snapshots = list(rejection(Normal(), nowhere(5000), envelope=1.0, rng=np.random.default_rng(0)))
    assert snapshots[1].accepted.mean() == pytest.approx(2 * np.pi / 64, abs=0.017)  # 4 standard errors
    assert snapshots[-1].accepted.all() and not snapshots[-2].accepted.all()
    for column in snapshots[-1].position.T:
        assert kstest(column, norm.cdf).pvalue > 0.001


def test_a_dart_that_has_stayed_is_thrown_no_more():
    _, first, *_, last = rejection(Normal(), nowhere(500), rng=np.random.default_rng(0))
    stayed = first.accepted
    assert 0 < stayed.sum() < 500
    np.testing.assert_array_equal(last.position[stayed], first.position[stayed])


def test_an_envelope_that_is_too_low_is_noticed():
    with pytest.raises(ValueError, match="above the envelope"):
        list(rejection(Normal(), nowhere(500), envelope=0.5, rng=np.random.default_rng(0)))


def test_importance_weights_give_the_moments_of_the_target():
    target = Normal(mean=1.0, variance=0.5)
    _, draws, last = importance(target, nowhere(100_000), rng=np.random.default_rng(0))
    weights = importance_weights(target, draws.position, 3.0)
    assert weights.sum() == pytest.approx(1)
    np.testing.assert_allclose(weights @ draws.position, 1, atol=0.03)
    np.testing.assert_allclose(last.position.mean(axis=0), 1, atol=0.03)
    np.testing.assert_allclose(last.position.var(axis=0), 0.5, atol=0.03)


def test_the_effective_sample_size_is_that_of_the_formula():
    """Of p = N(0, v) and q = N(0, s²), n/E_q[w²] = n [√(v(2s² − v))/s²]^d, from a Gaussian integral."""
    v, s, n = 1.0, 2.0, 200_000
    draws = s * np.random.default_rng(0).standard_normal((n, 2))
    found = effective_sample_size(importance_weights(Normal(variance=v), draws, s))
    assert found == pytest.approx(n * v * (2 * s**2 - v) / s**4, rel=0.02)
    assert effective_sample_size(np.full(7, 1 / 7)) == pytest.approx(7)
    assert effective_sample_size(np.array([1.0, 0.0])) == 1


def test_gibbs_changes_one_coordinate_at_a_time_and_nearly_always():
    squiggle = registry.targets()["squiggle"].distribution
    snapshots = list(gibbs(squiggle, squiggle.sample(400, 0), n_steps=6, rng=np.random.default_rng(0)))
    for before, after in pairwise(snapshots):
        moved = (before.position != after.position).any(axis=0)
        np.testing.assert_array_equal(moved, [after.step % 2 == 1, after.step % 2 == 0])
    assert np.mean([snapshot.accepted for snapshot in snapshots[1:]]) > 0.9


def test_narrow_cells_leave_nothing_to_refuse():
    mixture = two_islands()
    snapshots = list(
        gibbs(mixture, mixture.sample(500, 0), cell_width=1e-4, n_steps=20, rng=np.random.default_rng(0))
    )
    assert np.mean([snapshot.accepted for snapshot in snapshots[1:]]) > 0.98  # there are 400 of them at most


def test_gibbs_with_independent_coordinates_is_soon_exact():
    *_, last = gibbs(Normal(mean=-1.0), nowhere(4000), n_steps=8, rng=np.random.default_rng(0))
    for column in last.position.T:
        assert kstest(column, norm(-1, 1).cdf).pvalue > 0.001
