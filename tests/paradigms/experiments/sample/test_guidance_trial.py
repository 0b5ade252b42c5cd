"""Guidance on a Gaussian mixture whose classes are known."""

import numpy as np
import pytest

from paradigms import registry
from paradigms.bayes_rule import BayesRule
from paradigms.data.dataset_spec import DatasetSpec
from paradigms.experiments.sample.guidance_trial import guidance_trial


def test_guidance_of_nought_ignores_the_class(model):
    free = guidance_trial(model, model, label=1, weight=0.0)
    assert free.fidelity == pytest.approx(0.5, abs=0.08)
    obeyed = guidance_trial(model, model, label=1, weight=1.0)
    assert obeyed.fidelity > 0.98
    np.testing.assert_allclose(obeyed.samples.mean(axis=0), [2.0, 0.0], atol=0.2)
    function = registry.create("logistic_regression").fit(*([[-2.0, 0.0], [2.0, 0.0]] * 20, [0, 1] * 20))
    steered = guidance_trial(model, model, label=1, weight=2.0, classifier=function)
    assert steered.fidelity > 0.9


def test_at_a_weight_of_one_the_samples_are_those_of_the_class(model, data):
    """Of a Gaussian class the solver errs by its steps alone: mean and deviation as the model has them."""
    trials = [guidance_trial(model, model, label=1, weight=1.0, seed=seed) for seed in range(12)]
    own = data[0][data[1] == 1]
    samples = np.concatenate([trial.samples for trial in trials])
    standard_errors = own.std(axis=0) / np.sqrt(len(samples))
    np.testing.assert_array_less(np.abs(samples.mean(axis=0) - own.mean(axis=0)), 3.5 * standard_errors)
    np.testing.assert_allclose(samples.std(axis=0), own.std(axis=0), rtol=0.05)


@pytest.mark.parametrize("preset, label", [("moons", 1), ("wrong_assumption", 0), ("xor", 1)])
def test_at_a_weight_of_one_the_distance_is_that_of_fresh_points(preset, label):
    """Over 12 seeds: the ratio of two root mean squares whose expectations are equal."""
    X, y = DatasetSpec(preset=preset).dataset().train
    mixture = BayesRule(registry.create("gaussian_mixture")).fit(X, y)
    trials = [guidance_trial(mixture, mixture, label=label, weight=1.0, seed=seed) for seed in range(12)]
    distance, floor = (
        np.sqrt(np.mean([getattr(trial, name) ** 2 for trial in trials])) for name in ("distance", "floor")
    )
    assert 0.8 < distance / floor < 1.25
    exaggerated = guidance_trial(mixture, mixture, label=label, weight=4.0)
    assert exaggerated.distance > 1.5 * exaggerated.floor


@pytest.mark.parametrize("preset", registry.presets())
@pytest.mark.parametrize("name", ["gaussian_mixture", "kernel_density"])
def test_what_is_shown_at_a_weight_of_one_is_not_the_luck_of_its_seed(name, preset):
    """As the page asks: a visitor sees one seed, and is to see what many would say."""
    model = BayesRule(registry.create(name)).fit(*DatasetSpec(preset=preset).dataset().train)
    for label in model.classes_:
        trial = guidance_trial(model, model, label=label, weight=1.0)
        assert 0.6 < trial.distance / trial.floor < 1.3
