"""What a page shows of a fitted model, against scikit-learn, scipy and a known truth."""

import dataclasses

import numpy as np
import pytest
from scipy.stats import multivariate_normal, norm
from sklearn import metrics

from paradigms import grid, registry
from paradigms.bayes_rule import BayesRule
from paradigms.data.dataset import Dataset
from paradigms.data.dataset_spec import DatasetSpec
from paradigms.fits.assessment import RESOLUTION, assess

DATA = DatasetSpec(preset="four_blobs", size=200).dataset()
AXIS = grid.axis(RESOLUTION)


@pytest.fixture(scope="module")
def function():
    return assess(registry.create("logistic_regression").fit(*DATA.train), DATA, seconds=0.25)


@pytest.fixture(scope="module")
def distribution():
    return assess(registry.create("gaussian_discriminant").fit(*DATA.train), DATA, seconds=0.5)


def test_the_numbers_of_a_function_are_those_of_the_held_out_points(function):
    X, y = DATA.held_out
    probabilities = function.model.predict_proba(X)
    assert function.held_out.accuracy == pytest.approx(
        metrics.accuracy_score(y, probabilities.argmax(axis=1))
    )
    assert function.held_out.log_loss == pytest.approx(metrics.log_loss(y, probabilities))
    assert function.seconds == 0.25 and function.labels == (0, 1, 2, 3)


def test_the_picture_of_a_function_is_what_it_says_at_each_place(function):
    assert function.boundary.probabilities.shape == (RESOLUTION, RESOLUTION, 4)
    row, column = 150, 20
    asked = function.model.predict_proba([[AXIS[column], AXIS[row]]])[0]
    np.testing.assert_allclose(function.boundary.probabilities[row, column], asked, atol=1e-6)


def test_the_numbers_of_a_distribution_are_those_of_the_held_out_points(distribution):
    X, y = DATA.held_out
    train_X, train_y = DATA.train
    scores = np.zeros(len(X))
    for k in range(4):  # quadratic discriminant analysis, by hand
        own = train_X[train_y == k]
        scores += (len(own) / len(train_X)) * multivariate_normal(
            own.mean(axis=0), np.cov(own.T, ddof=0)
        ).pdf(X)
    assert distribution.held_out.mean_log_density == pytest.approx(np.log(scores).mean(), abs=0.05)
    assert distribution.held_out.mean_log_density == pytest.approx(distribution.model.score_samples(X).mean())
    predicted = distribution.model.predict_proba(X)
    assert distribution.held_out.accuracy == pytest.approx(
        metrics.accuracy_score(y, predicted.argmax(axis=1))
    )
    assert distribution.held_out.log_loss == pytest.approx(metrics.log_loss(y, predicted))


def test_a_density_on_the_plane_integrates_to_one(distribution):
    assert distribution.density.integral == pytest.approx(1, abs=0.01)


def test_what_lies_beside_the_plane_is_missing_from_the_integral():
    X = np.random.default_rng(0).normal([4, 0], [0.5, 0.5], size=(400, 2))
    data = Dataset(X, np.zeros(400, dtype=int), ("A",))
    model = registry.create("naive_bayes").fit(*data.train)
    mean, deviation = data.train[0].mean(axis=0), data.train[0].std(axis=0)
    inside = np.prod(norm(mean, deviation).cdf(4) - norm(mean, deviation).cdf(-4))
    assert 0.4 < inside < 0.6
    assert assess(model, data, 0.0).density.integral == pytest.approx(inside, abs=0.005)


@pytest.mark.parametrize("quantile", [0.01, 0.05, 0.25])
def test_that_share_of_the_held_out_points_lies_below_the_frontier(distribution, quantile):
    log_density = distribution.model.score_samples(DATA.held_out[0])
    np.testing.assert_allclose(np.sort(distribution.density.held_out_log_density), np.sort(log_density))
    below = (log_density < distribution.density.frontier_level(quantile)).mean()
    assert below == pytest.approx(quantile, abs=1 / len(log_density))


@pytest.mark.parametrize("quantile", [0.02, 0.05, 0.08, 0.25])
@pytest.mark.parametrize("name", ["naive_bayes", "kernel_density", "diffusion"])
def test_of_tied_points_at_most_that_share_lies_below_the_frontier(name, quantile):
    """One point in ten lies on one place, the others on another, and each is asked about by itself."""
    places = np.array([[-1.0, 0.0], [1.0, 0.0]])
    data = Dataset(np.repeat(places, [90, 10], axis=0), np.repeat([0, 1], [90, 10]), ("A", "B"))
    model = registry.create(name)
    if name == "diffusion":
        model.set_params(n_steps=100)
    model = BayesRule(model) if name in registry.lifted() else model
    found = assess(model.fit(*data.train), data, 0.0, resolution=10)
    apart = [model.score_samples(place[None])[0] for place in places]
    below = np.array(apart) < found.density.frontier_level(quantile)
    held_out, _ = data.held_out
    assert np.mean(below[(held_out[:, 0] > 0).astype(int)]) <= quantile


def test_without_held_out_points_there_are_no_numbers():
    data = Dataset([[0, 0], [1, 0], [0, 1], [3, 3], [2, 3], [3, 2]], [0, 0, 0, 1, 1, 1], ("A", "B"))
    function = assess(registry.create("logistic_regression").fit(*data.train), data, 0.0)
    assert (function.held_out.accuracy, function.held_out.log_loss) == (None, None)
    distribution = assess(registry.create("naive_bayes").fit(*data.train), data, 0.0)
    assert (
        distribution.held_out.accuracy,
        distribution.held_out.log_loss,
        distribution.held_out.mean_log_density,
    ) == (None,) * 3
    assert distribution.density.held_out_log_density.shape == (0,)
    assert distribution.density.integral > 0


def test_class_indices_are_those_of_classes_that_have_points():
    data = Dataset([[0, 0], [1, 0], [0, 1], [3, 3], [2, 3], [3, 2]], [1, 1, 1, 3, 3, 3], tuple("ABCD"))
    function = assess(registry.create("logistic_regression").fit(*data.train), data, 0.0)
    assert function.labels == (1, 3) and function.boundary.probabilities.shape[-1] == 2


def test_an_assessment_is_shared_between_sessions_and_so_nobody_can_change_it(function, distribution):
    with pytest.raises(dataclasses.FrozenInstanceError):
        function.held_out.accuracy = 1.0
    arrays = [
        function.boundary.probabilities,
        distribution.density.log_joint,
        distribution.density.held_out_log_density,
    ]
    assert [array.flags.writeable for array in arrays] == [False, False, False]


class Perfect:
    """Makes points of the very distribution that the data are from, and knows no density."""

    classes_ = np.arange(4)

    def __init__(self, seed):
        self.seed = seed

    def sample_joint(self, n, random_state=None):
        return DATA.truth.sample_joint(n, random_state=self.seed)


@pytest.mark.parametrize("size", [60, 400, 3000])
def test_a_perfect_sampler_is_about_as_near_as_the_floor_whatever_the_number_of_points(size):
    """An energy distance depends on how many points are compared; both numbers are of equally many."""
    data = DatasetSpec(preset="four_blobs", size=size).dataset()
    assessments = [assess(Perfect(seed), data, seconds=0.0) for seed in range(12)]
    assert assessments[0].held_out.n_compared == min(300, len(data.train[0]))
    typical = np.median([assessment.held_out.distance for assessment in assessments])
    assert typical == pytest.approx(assessments[0].held_out.floor, rel=0.25)


def test_support_vectors_are_the_training_points_that_the_model_kept():
    data = DatasetSpec(size=100).dataset()
    model = registry.create("support_vector_machine").fit(*data.train)
    supporting = assess(model, data, seconds=0.0).boundary.support_vectors
    assert not (supporting & data.held_out_mask).any()
    np.testing.assert_array_equal(
        np.sort(data.X[supporting], axis=0), np.sort(model.support_vectors_, axis=0)
    )
    logistic = registry.create("logistic_regression").fit(*data.train)
    assert assess(logistic, data, 0.0).boundary.support_vectors is None
