"""What is asked of the way back from noise, on a Gaussian and on a mixture whose answers are known."""

import numpy as np
import pytest

from paradigms import registry
from paradigms.bayes_rule import BayesRule
from paradigms.experiments import denoised


@pytest.fixture(scope="module")
def data():
    rng = np.random.default_rng(0)
    y = np.arange(600) % 2
    return np.where(y[:, None] == 0, -2.0, 2.0) * [1.0, 0.0] + 0.4 * rng.standard_normal((600, 2)), y


@pytest.fixture(scope="module")
def model(data):
    return BayesRule(registry.create("gaussian_mixture", n_components=1)).fit(*data)


def test_a_schedule_that_ends_in_noise_gives_the_data_back_and_a_short_one_does_not(model, data):
    """With ᾱ_T = 0.60 two islands start as one Gaussian, and some samples end between them."""
    long, short = (
        denoised.schedule_trial(model, data[0], n_steps=n_steps, last_beta=0.02) for n_steps in (1000, 20)
    )
    assert long.alpha_bars[-1] < denoised.NOISY_START < short.alpha_bars[-1]
    assert long.distance < 2 * long.floor
    assert short.distance > 2 * long.distance


def test_more_steps_come_nearer_and_evaluations_are_counted(model):
    trial = denoised.step_trial(model, steps=(3, 40))
    for name, distances in trial.distances.items():
        assert distances[1] < distances[0], name
        assert distances[1] < 3 * trial.floor, name
    np.testing.assert_array_equal(trial.evaluations["ODE, Euler"], [3, 40])
    np.testing.assert_array_equal(trial.evaluations["ODE, Heun"], [5, 79])


def test_guidance_of_nought_ignores_the_class(model):
    free = denoised.guidance_trial(model, model, label=1, weight=0.0)
    assert free.fidelity == pytest.approx(0.5, abs=0.08)
    obeyed = denoised.guidance_trial(model, model, label=1, weight=1.0)
    assert obeyed.fidelity > 0.98
    np.testing.assert_allclose(obeyed.samples.mean(axis=0), [2.0, 0.0], atol=0.2)
    function = registry.create("logistic_regression").fit(*([[-2.0, 0.0], [2.0, 0.0]] * 20, [0, 1] * 20))
    steered = denoised.guidance_trial(model, model, label=1, weight=2.0, classifier=function)
    assert steered.fidelity > 0.9
