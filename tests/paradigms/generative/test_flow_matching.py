"""Flow matching: the velocity of Gaussians in closed form, optimal pairs, straight paths."""

import numpy as np
import pytest
from formulas import Normal, two_islands
from scipy.optimize import linear_sum_assignment
from scipy.spatial.distance import cdist

from paradigms.diffusion.learned_velocity import LearnedVelocity
from paradigms.generative.flow_matching import FlowMatching, _optimally_paired

MEAN, DEVIATION = np.array([2.0, -1.0]), 0.6


@pytest.fixture(scope="module")
def fitted():
    """Learned from 4,000 points of N(MEAN, 0.36 I), whose scale is far from the noise's."""
    return FlowMatching().fit(MEAN + DEVIATION * np.random.default_rng(0).standard_normal((4000, 2)))


@pytest.mark.parametrize("time", [0.0, 0.3, 0.7, 0.95])
def test_the_velocity_is_the_mean_over_all_lines_through_a_point(fitted, time):
    """E[x₁ − x₀ | x_t] = m + (ts² − (1 − t))/(t²s² + (1 − t)²) (x_t − tm), s the data's deviation."""
    spread = np.hypot(time * DEVIATION, 1 - time)
    X = time * MEAN + spread * np.random.default_rng(1).standard_normal((2000, 2))
    gain = (time * DEVIATION**2 - (1 - time)) / spread**2
    expected = MEAN + gain * (X - time * MEAN)
    error = np.sqrt(((fitted.velocity(X, time) - expected) ** 2).mean())
    assert error < 0.12 * np.abs(gain) * spread + 0.06


@pytest.mark.parametrize("sigma", [0.1, 0.6, 3.0])
def test_the_same_stream_is_a_denoiser(fitted, sigma):
    """E[ε | x₁ + σε = x] = σ(x − m)/(s² + σ²)."""
    X = MEAN + np.hypot(DEVIATION, sigma) * np.random.default_rng(1).standard_normal((2000, 2))
    expected = Normal(MEAN, DEVIATION**2).predict_noise(X, sigma)
    assert np.sqrt(((fitted.predict_noise(X, sigma) - expected) ** 2).mean()) < 0.1


def test_small_steps_along_the_velocity_lead_to_the_data(fitted):
    X = np.random.default_rng(0).standard_normal((4000, 2))
    for t in np.arange(100) / 100:
        X = X + 0.01 * fitted.velocity(X, t)
    np.testing.assert_allclose(X.mean(axis=0), MEAN, atol=0.06)
    np.testing.assert_allclose(np.cov(X.T), DEVIATION**2 * np.eye(2), atol=0.05)


def test_the_density_is_the_truth_s(fitted):
    X = MEAN + DEVIATION * np.random.default_rng(2).standard_normal((2000, 2))
    truth = Normal(MEAN, DEVIATION**2).score_samples(X) - np.log(2 * np.pi * DEVIATION**2)
    assert -0.02 < np.mean(truth - fitted.score_samples(X)) < 0.05


def test_the_jacobian_is_that_of_finite_differences(fitted):
    field, X = LearnedVelocity(fitted._network), np.random.default_rng(3).standard_normal((50, 2))
    heading, jacobian = field.clean_and_jacobian(X, 0.4, 0)
    numbers, expected = np.zeros(50, dtype=int), np.empty((50, 2, 2))
    np.testing.assert_allclose(X - 0.4 * field.predict_noise(X, 0.4, numbers), heading, atol=1e-5)
    np.testing.assert_allclose(field.velocity(X, 0.6, numbers), (heading - X) / 0.4, atol=1e-5)
    for j in range(2):
        step = 1e-3 * np.eye(2)[j]
        there, back = (X + sign * step for sign in (1, -1))
        difference = (
            there
            - back
            - 0.4 * (field.predict_noise(there, 0.4, numbers) - field.predict_noise(back, 0.4, numbers))
        )
        expected[:, :, j] = difference / 2e-3
    assert np.isclose(jacobian, expected, rtol=0.02, atol=0.02).mean() > 0.9  # but for corners of the ReLU


def test_optimal_pairs_are_those_of_scipy_within_each_class():
    rng = np.random.default_rng(0)
    starts, ends, classes = *rng.standard_normal((2, 60, 2)), rng.integers(3, size=60)
    paired = _optimally_paired(starts, ends, classes)
    for k in range(3):
        own = classes == k
        assert sorted(map(tuple, paired[own])) == sorted(map(tuple, starts[own]))
        costs = cdist(ends[own], starts[own], "sqeuclidean")
        expected = costs[linear_sum_assignment(costs)].sum()
        assert ((paired - ends)[own] ** 2).sum() == pytest.approx(expected)


def bend(model, n=1000):
    """How much the velocity of a particle changes on its way: 0 for straight lines at one speed."""
    X, velocities = np.random.default_rng(5).standard_normal((n, 2)), []
    for t in np.arange(50) / 50:
        velocities.append(model.velocity(X, t))
        X = X + velocities[-1] / 50
    return np.array(velocities[:-2]).var(axis=0).mean()


def test_optimal_pairs_make_straighter_paths():
    X = two_islands(weight=0.5).sample(2000, 0)
    bends = [
        bend(FlowMatching(pairing, n_steps=300).fit(X)) for pairing in ("independent", "optimal transport")
    ]
    assert bends[1] < 0.5 * bends[0]


def test_an_unknown_pairing_is_refused():
    with pytest.raises(ValueError, match="pairing must be"):
        FlowMatching(pairing="greedy", n_steps=2).fit(np.zeros((3, 2)))
