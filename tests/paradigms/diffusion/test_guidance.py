"""Guidance, with and without a classifier: its fixed points, and what it does where all is a formula."""

import numpy as np
import pytest
from formulas import Normal
from scipy.stats import norm

from paradigms.bayes_rule import BayesRule
from paradigms.data.dataset_spec import DatasetSpec
from paradigms.diffusion.guidance import Guided, SteeredByClassifier
from paradigms.diffusion.noise_schedules import starting_noise
from paradigms.evaluation.distances import energy_distance, energy_floor
from paradigms.generative.gaussian_mixture import GaussianMixture
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


DRAWS = np.random.default_rng(5).standard_normal((20_000, 2))


def test_a_classifier_steers_by_the_slope_of_what_it_says_of_the_noisy_point():
    """Of N(0, I) the clean point is N(x/(1+σ²), σ²/(1+σ²)); p(1|x) by a fine sum over it."""
    sigma, a, ones = 0.7, 1.5, np.ones(50, dtype=int)
    steered = SteeredByClassifier(Normal(), Sigmoid(a), 2.0, DRAWS)
    z = norm.ppf((np.arange(2000) + 0.5) / 2000) * sigma / np.sqrt(1 + sigma**2)

    def log_p(x):
        return np.log((1 / (1 + np.exp(-a * (x[:, None] / (1 + sigma**2) + z)))).mean(axis=1))

    slope = (log_p(X[:, 0] + 1e-4) - log_p(X[:, 0] - 1e-4)) / 2e-4
    expected = Normal().predict_noise(X, sigma)
    expected[:, 0] -= 2.0 * sigma * slope
    np.testing.assert_allclose(steered.predict_noise(X, sigma, ones), expected, atol=0.1)
    np.testing.assert_array_equal(steered.predict_noise(X, sigma), Normal().predict_noise(X, sigma))


def test_with_a_weight_of_one_what_is_steered_follows_bayes_rule():
    """Samples of N(0, I) steered by σ(3x₁) have the mean of N(0, 1) times 2σ(3x₁)."""
    start = 20.0 * np.random.default_rng(1).standard_normal((1000, 2))
    steered = SteeredByClassifier(Normal(), Sigmoid(3.0), 1.0, DRAWS[:4000])
    *_, last = dpm_solver(steered, start, n_steps=40, y=np.ones(1000, dtype=int))
    x = np.linspace(-8, 8, 4001)
    shares = norm.pdf(x) / (1 + np.exp(-3 * x))
    mean = (x * shares).sum() / shares.sum()
    assert last.position[:, 0].mean() == pytest.approx(mean, abs=0.08)
    assert last.position[:, 1].var() == pytest.approx(1, abs=0.15)


@pytest.mark.parametrize("preset", ["moons", "circles"])
def test_a_mixture_steered_by_its_own_function_gives_the_class_that_it_would_draw(preset):
    """Where p(x) has many lumps, too: p(x) p(y|x) is p(x|y), which the mixture can draw exactly."""
    points, labels = DatasetSpec(preset=preset, size=400).dataset().train
    model = BayesRule(GaussianMixture()).fit(points, labels)
    fresh = model.sample_given(np.zeros(1000, dtype=int), 0)
    floor = energy_floor(fresh, 500)
    steered = SteeredByClassifier(model, model, 1.0, model.sample(2000, 2))
    start = starting_noise(model, 500, 20.0, np.random.default_rng(3))
    *_, last = dpm_solver(steered, start, n_steps=40, y=np.zeros(500, dtype=int))
    assert energy_distance(last.position, fresh) < 2 * floor
    *_, astray = dpm_solver(model, start, n_steps=40)
    assert energy_distance(astray.position, fresh) > 3 * floor, "nothing is tested where nobody need steer"


def test_what_is_steered_ends_on_the_classifier_s_side():
    start = 20.0 * np.random.default_rng(1).standard_normal((500, 2))
    shares = []
    for weight in (0.0, 1.0, 4.0):
        steered = SteeredByClassifier(Normal(), Sigmoid(3.0), weight, DRAWS[:2000])
        *_, last = dpm_solver(steered, start, n_steps=50, y=np.ones(500, dtype=int))
        shares.append(np.mean(last.position[:, 0] > 0))
    assert shares[0] == pytest.approx(0.5, abs=0.08)
    assert shares[0] + 0.2 < shares[1] <= shares[2]


def test_a_class_that_nobody_knows_is_refused():
    steered = SteeredByClassifier(Normal(), Sigmoid(3.0), 1.0, DRAWS[:10])
    with pytest.raises(ValueError, match="no class"):
        steered.predict_noise(X, 1.0, np.full(50, 7))
