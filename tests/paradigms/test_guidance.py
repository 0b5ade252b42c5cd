"""Classifier-free guidance: its two fixed points, and what it does to Gaussians, where all is a formula."""

import numpy as np
import pytest
from formulas import Normal
from scipy.stats import norm

from paradigms.guidance import Guided, SteeredByClassifier
from paradigms.samplers.dpm_solver import dpm_solver


class TwoClasses:
    """p(x|y) = N(±1, I) each with half the mass, as a denoiser that may be told the class."""

    def predict_noise(self, X, noise_level, y=None):
        if y is not None:
            first, second = (self.given(mean, X, noise_level) for mean in (-1, 1))
            return np.where(np.asarray(y)[:, None] == 1, second, first)
        variance = 1 + noise_level**2
        log_odds = 2 * X.sum(axis=1, keepdims=True) / variance
        second = 1 / (1 + np.exp(-log_odds))
        return second * self.given(1, X, noise_level) + (1 - second) * self.given(-1, X, noise_level)

    def given(self, mean, X, noise_level):
        return Normal(mean=mean).predict_noise(X, noise_level)


X, Y = np.random.default_rng(0).standard_normal((50, 2)), np.arange(50) % 2


@pytest.mark.parametrize(("weight", "labels"), [(0.0, None), (1.0, Y)])
def test_nought_is_unconditional_and_one_is_conditional(weight, labels):
    guided = Guided(TwoClasses(), weight).predict_noise(X, 0.7, Y)
    np.testing.assert_allclose(guided, TwoClasses().predict_noise(X, 0.7, labels))


def test_in_between_and_beyond_it_is_a_straight_line():
    at = {w: Guided(TwoClasses(), w).predict_noise(X, 0.7, Y) for w in (0.0, 1.0, 4.0)}
    np.testing.assert_allclose(at[4.0] - at[0.0], 4 * (at[1.0] - at[0.0]))
    assert np.abs(at[4.0] - at[1.0]).max() > 0.1


def test_without_labels_there_is_nothing_to_exaggerate():
    np.testing.assert_array_equal(
        Guided(TwoClasses(), 5.0).predict_noise(X, 0.7), TwoClasses().predict_noise(X, 0.7)
    )


def test_more_guidance_means_less_diversity_further_from_the_other_class():
    """Nothing changes across the line that joins the two means; along it the cloud is squeezed."""
    start = 20.0 * np.random.default_rng(1).standard_normal((4000, 2))
    along = {}
    for weight in (1.0, 4.0):
        *_, last = dpm_solver(Guided(TwoClasses(), weight), start, n_steps=50, y=np.ones(4000, dtype=int))
        along[weight] = last.position.sum(axis=1) / np.sqrt(2)
        across = (last.position[:, 0] - last.position[:, 1]) / np.sqrt(2)
        assert across.var() == pytest.approx(1, abs=0.1)
    assert along[1.0].mean() == pytest.approx(np.sqrt(2), abs=0.1)
    assert along[4.0].mean() > along[1.0].mean() + 0.3
    assert along[4.0].var() < 0.8 * along[1.0].var()


class Sigmoid:
    """p(1|x) = σ(a x₁), whose slope is known."""

    classes_ = np.array([0, 1])

    def __init__(self, a):
        self.a = a

    def predict_proba(self, X):
        second = 1 / (1 + np.exp(-self.a * X[:, 0]))
        return np.column_stack([1 - second, second])


def test_a_classifier_steers_by_the_slope_of_what_it_says_of_the_noisy_point():
    """Of N(0, I) the clean point is N(x/(1+σ²), σ²/(1+σ²)); p(1|x) by a fine sum over it."""
    sigma, a = 0.7, 1.5
    found = SteeredByClassifier(Normal(), Sigmoid(a), weight=2.0).predict_noise(
        X, sigma, np.ones(50, dtype=int)
    )
    z = norm.ppf((np.arange(2000) + 0.5) / 2000) * sigma / np.sqrt(1 + sigma**2)

    def log_p(x):
        return np.log((1 / (1 + np.exp(-a * (x[:, None] / (1 + sigma**2) + z)))).mean(axis=1))

    slope = (log_p(X[:, 0] + 1e-4) - log_p(X[:, 0] - 1e-4)) / 2e-4
    expected = Normal().predict_noise(X, sigma)
    expected[:, 0] -= 2.0 * sigma * slope
    np.testing.assert_allclose(found, expected, atol=0.03)
    untouched = SteeredByClassifier(Normal(), Sigmoid(a), 2.0).predict_noise(X, sigma)
    np.testing.assert_array_equal(untouched, Normal().predict_noise(X, sigma))


def test_with_a_weight_of_one_what_is_steered_follows_bayes_rule():
    """Samples of N(0, I) steered by σ(3x₁) have the mean of N(0, 1) times 2σ(3x₁)."""
    start = 20.0 * np.random.default_rng(1).standard_normal((4000, 2))
    steered = SteeredByClassifier(Normal(), Sigmoid(3.0), 1.0)
    *_, last = dpm_solver(steered, start, n_steps=60, y=np.ones(4000, dtype=int))
    x = np.linspace(-8, 8, 4001)
    shares = norm.pdf(x) / (1 + np.exp(-3 * x))
    mean = (x * shares).sum() / shares.sum()
    assert last.position[:, 0].mean() == pytest.approx(mean, abs=0.06)
    assert last.position[:, 1].var() == pytest.approx(1, abs=0.1)


def test_what_is_steered_ends_on_the_classifier_s_side():
    start = 20.0 * np.random.default_rng(1).standard_normal((2000, 2))
    shares = []
    for weight in (0.0, 1.0, 4.0):
        steered = SteeredByClassifier(Normal(), Sigmoid(3.0), weight)
        *_, last = dpm_solver(steered, start, n_steps=50, y=np.ones(2000, dtype=int))
        shares.append(np.mean(last.position[:, 0] > 0))
    assert shares[0] == pytest.approx(0.5, abs=0.05)
    assert shares[0] + 0.2 < shares[1] <= shares[2]
