"""Filling in against the exact conditional of a mixture; redrawing and interpolating against a Gaussian."""

import numpy as np
import pytest
from formulas import Normal
from scipy.stats import kstest, norm

from paradigms.bayes_rule import BayesRule
from paradigms.experiments.sample import editing
from paradigms.generative.gaussian_mixture import GaussianMixture


def two_lumps(correlation=0.0):
    """0.5 N((−1, −1), Σ) + 0.5 N((1, 1.5), Σ) with variances 0.36, as a denoiser."""
    mixture = GaussianMixture.from_arrays(
        {
            "weights_": np.array([0.5, 0.5]),
            "means_": np.array([[-1.0, -1.0], [1.0, 1.5]]),
            "covariances_": np.array([0.36 * np.array([[1, correlation], [correlation, 1]])] * 2),
            "n_features_in_": np.array(2),
        }
    )
    model = BayesRule(mixture)
    model.classes_, model.densities_, model.class_log_prior_ = np.array([0]), (mixture,), np.zeros(1)
    model.n_features_in_ = 2
    return model


@pytest.mark.parametrize("known", [-0.3, 0.1, 0.8])
def test_a_coordinate_is_filled_in_as_the_conditional_says(known):
    """p(x₂|x₁) is 1 − w to w between the lumps, w = p(second | x₁); shares to 0.06, widths to a tenth."""
    X = np.concatenate([editing.fill_in(two_lumps(), known=known, n=2000, seed=seed) for seed in range(4)])
    np.testing.assert_array_equal(X[:, 0], known)
    near = norm.pdf(known, [-1.0, 1.0], 0.6)
    share = near[1] / near.sum()
    exact = np.array([-1.0, 1.5])
    mean = (1 - share) * exact[0] + share * exact[1]
    spread = np.sqrt(0.36 + share * (1 - share) * 2.5**2)
    assert X[:, 1].mean() == pytest.approx(mean, abs=0.15)
    assert X[:, 1].std() == pytest.approx(spread, rel=0.1)


def test_a_coordinate_that_leans_on_the_other_is_filled_in_along_the_slope():
    """Within each lump x₂ | x₁ ~ N(μ₂ + ρ(x₁ − μ₁), 0.36 (1 − ρ²)): Kolmogorov's distance to the mixture."""
    rho, known = 0.7, 0.1
    X = np.concatenate([editing.fill_in(two_lumps(rho), known=known, seed=seed)[:, 1] for seed in range(4)])
    near = norm.pdf(known, [-1.0, 1.0], 0.6)
    means, deviation = (
        np.array([-1.0, 1.5]) + rho * (known - np.array([-1.0, 1.0])),
        0.6 * np.sqrt(1 - rho**2),
    )
    assert kstest(X, lambda x: norm.cdf(x[:, None], means, deviation) @ near / near.sum()).statistic < 0.06


def test_of_a_gaussian_the_other_coordinate_does_not_care():
    X = editing.fill_in(Normal(mean=0.5), known=2.0, n=4000)
    assert kstest(X[:, 1], norm(0.5, 1).cdf).statistic < 0.06


@pytest.mark.parametrize("noise", [0.05, 0.5, 20.0])
def test_redrawing_keeps_what_the_noise_leaves(noise):
    """On N(0, I), x₀ + σε carried back along the ODE is (x₀ + σε)/√(1 + σ²): that much of x₀ is left."""
    X = np.random.default_rng(0).standard_normal((4000, 2))
    found = editing.redraw(Normal(), X, noise_level=noise, seed=1)
    assert found.std() == pytest.approx(1, abs=0.03)
    left = np.mean(found * X)
    assert left == pytest.approx(1 / np.sqrt(1 + noise**2), abs=0.04)


def test_between_two_points_of_a_gaussian_the_way_through_the_noise_keeps_its_length():
    a, b = np.array([1.0, 0.0]), np.array([0.0, 1.0])
    through, straight = editing.between(Normal(), a, b)
    np.testing.assert_allclose([through[0], through[-1]], [a, b], atol=0.02)
    np.testing.assert_allclose(np.linalg.norm(through, axis=1), 1, atol=0.02)
    assert np.linalg.norm(straight, axis=1).min() == pytest.approx(np.sqrt(0.5), abs=0.01)


def test_between_opposite_points_of_a_gaussian_that_stands_elsewhere():
    """About a mean of 0.5, (1.5, 0.5) and (−0.5, 0.5) lie opposite: no way round is shorter than another."""
    through, _ = editing.between(Normal(mean=0.5), np.array([1.5, 0.5]), np.array([-0.5, 0.5]))
    assert np.abs(through[:, 0] - 0.5).max() < 1.02 and np.isfinite(through).all()
    np.testing.assert_allclose(through[20], 0.5, atol=0.02)
    through, _ = editing.between(Normal(mean=0.5), np.array([1.5, 0.5]), np.array([0.5, 1.5]))
    np.testing.assert_allclose(np.linalg.norm(through - 0.5, axis=1), 1, atol=0.02)


def test_between_two_lumps_hardly_anything_stands_in_the_gap():
    through, straight = editing.between(two_lumps(), np.array([-1.0, -1.0]), np.array([1.0, 1.5]))
    likely = [np.median(two_lumps().score_samples(path)) for path in (through, straight)]
    assert likely[0] > likely[1] + 0.3


def test_a_pair_is_of_two_classes_where_there_are_two():
    X, y = np.arange(20.0).reshape(10, 2), np.arange(10) % 2
    for seed in range(5):
        a, b = editing.pair(X, y, seed=seed)
        assert y[np.flatnonzero((a == X).all(axis=1))] != y[np.flatnonzero((b == X).all(axis=1))]
    a, b = editing.pair(X[:1], y[:1])
    np.testing.assert_array_equal(a, b)
    assert editing.pair(X, 0 * y)[0].shape == (2,)
