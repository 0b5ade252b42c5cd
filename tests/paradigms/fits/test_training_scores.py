"""What a training is followed by: the number of the page, and the same on the points that teach."""

import numpy as np
import pytest
from scipy.spatial.distance import cdist
from scipy.special import logsumexp
from sklearn import metrics

from paradigms import registry
from paradigms.data.dataset_spec import DatasetSpec
from paradigms.fits import fitting
from paradigms.fits.fitting import Training
from paradigms.fits.specs import FitSpec, ModelSpec
from paradigms.fits.training_scores import (
    DISTANCE,
    LOG_LOSS,
    MEAN_LOG_DENSITY,
    MOST_TRAINING_POINTS,
    TrainingScores,
    measure_of,
)
from paradigms.protocols import Trainable

SPEC = DatasetSpec(preset="moons", size=60, label_noise=0.1)
DATA = SPEC.dataset()
TRAINABLE = registry.that_can(Trainable)
FUNCTIONS = [name for name, card in TRAINABLE.items() if card.paradigm != "generative"]
DISTRIBUTIONS = [name for name, card in TRAINABLE.items() if card.paradigm != "discriminative"]


@pytest.fixture(autouse=True)
def coarse_pictures(monkeypatch):
    """The curves are asked for here; the picture that ends a training takes most of its time."""
    monkeypatch.setattr(fitting, "RESOLUTION", 50)


def looked_at(name, spec=SPEC):
    """The last look at a training of five steps, with looks and measures in between."""
    training = Training(FitSpec(ModelSpec(name, {"n_steps": 5}), spec))
    while not training.finished:
        training.learn(lambda n_taken: n_taken == 3)
        look = training.look()
    return look


def by_hand(scores, assessment, X, y):
    """The measure by its formula, from what the fitted model answers."""
    model = assessment.model
    if scores.measure == MEAN_LOG_DENSITY:
        return logsumexp(model.log_joint(X), axis=1).mean()
    if scores.measure == LOG_LOSS:
        return metrics.log_loss(y, model.predict_proba(X), labels=model.classes_)
    rows = np.sort(np.random.default_rng(0).permutation(len(X))[: len(DATA.held_out[0])])
    X, Z = X[rows], assessment.samples.points[: assessment.held_out.n_compared]
    return np.sqrt(2 * cdist(X, Z).mean() - cdist(X, X).mean() - cdist(Z, Z).mean())


def assert_one_number(look):
    scores, assessment = look.scores, look.assessment
    assert scores.steps[-1] == 5 and (np.diff(scores.steps) > 0).all() and 3 in scores.steps
    assert scores.values["held out"][-1] == getattr(assessment.held_out, scores.measure), "to the last digit"
    expected = by_hand(scores, assessment, *DATA.train)
    assert scores.values["training"][-1] == pytest.approx(expected, rel=1e-6)
    assert all(len(values) == len(scores.steps) for values in scores.values.values())


@pytest.mark.parametrize("name", FUNCTIONS)
def test_the_curves_of_a_function_end_with_the_log_loss_beside_them(name):
    look = looked_at(name)
    assert look.scores.measure == LOG_LOSS
    assert_one_number(look)
    X, y = DATA.held_out
    assert look.scores.truth == pytest.approx(metrics.log_loss(y, DATA.truth.predict_proba(X)))


@pytest.mark.parametrize("name", DISTRIBUTIONS)
def test_the_curves_of_a_distribution_end_with_the_number_beside_them(name):
    look = looked_at(name)
    kind = getattr(look.assessment.model, "density_kind", None)
    expected = {None: DISTANCE, "unnormalised": LOG_LOSS}.get(kind, MEAN_LOG_DENSITY)
    assert look.scores.measure == expected
    assert_one_number(look)


@pytest.mark.parametrize("name", [name for name in registry.lifted() if name in TRAINABLE])
def test_the_same_points_on_a_larger_scale_cost_the_logarithm_of_the_area(name):
    """p(x/2)/4 is a density wherever p is: per point 2 ln 2 nats less, whatever scale a model has inside."""
    small, large = (DatasetSpec.of_points(DATA.X / by, DATA.y) for by in (4, 2))
    scores = [looked_at(name, spec).scores.values for spec in (small, large)]
    for part in ("training", "held out"):
        assert scores[0][part][-1] - scores[1][part][-1] == pytest.approx(2 * np.log(2), abs=0.02)


def test_a_joint_model_is_measured_as_what_it_is_shown_as():
    model = registry.create("gaussian_discriminant").fit(*DATA.train)
    assert measure_of(model) == MEAN_LOG_DENSITY
    unnormalised = registry.create("joint_energy_model", n_steps=1).fit(*DATA.train)
    assert measure_of(unnormalised) == LOG_LOSS


def test_the_truth_of_a_distribution_is_that_of_the_held_out_points():
    scores = TrainingScores(DATA)
    scores.add(1, registry.create("naive_bayes").fit(*DATA.train))
    expected = np.log(np.exp(DATA.truth.log_joint(DATA.held_out[0])).sum(axis=1)).mean()
    assert scores.curves().truth == pytest.approx(expected)


def test_of_many_training_points_some_hundred_stand_for_all():
    data = DatasetSpec(preset="moons", size=3000).dataset()
    asked = []

    class Asked(type(registry.create("naive_bayes"))):
        def score_samples(self, X):
            asked.append(X)
            return super().score_samples(X)

    scores = TrainingScores(data)
    scores.add(1, Asked().fit(*data.train))
    teaching, held_out = asked
    assert len(np.unique(teaching, axis=0)) == len(teaching) == MOST_TRAINING_POINTS
    assert {tuple(x) for x in teaching} <= {tuple(x) for x in data.train[0]}
    np.testing.assert_array_equal(held_out, data.held_out[0])


def test_without_held_out_points_there_is_the_curve_of_those_that_teach():
    few = DatasetSpec.of_points([[0, 0], [1, 0], [0, 1], [3, 3], [2, 3], [3, 2]], [0, 0, 0, 1, 1, 1])
    for name in ("neural_network", "score_based"):
        scores = looked_at(name, few).scores
        assert list(scores.values) == ["training"] and scores.truth is None
        assert np.isfinite(scores.values["training"]).all()


def test_a_long_curve_is_thinned_and_keeps_its_ends():
    scores = TrainingScores(DATA)
    model = registry.create("logistic_regression").fit(*DATA.train)
    for step in range(1, 1001):
        scores.add(step, model)
    curves = scores.curves(n_points=50)
    assert len(curves.steps) == len(curves.values["training"]) == 50
    assert curves.steps[0] == 1 and curves.steps[-1] == 1000 and np.ptp(np.diff(curves.steps)) <= 1
