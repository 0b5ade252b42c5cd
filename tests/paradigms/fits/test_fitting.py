"""Turns and looks: as many steps as are enough, and a picture as fine as there is time for."""

from types import SimpleNamespace

import numpy as np
import pytest

from paradigms import registry
from paradigms.data.dataset_spec import DatasetSpec
from paradigms.fits import fitting
from paradigms.fits.assessment import RESOLUTION
from paradigms.fits.fitting import COARSER, Training
from paradigms.fits.specs import FitSpec, ModelSpec

SPEC = DatasetSpec(preset="moons", size=60)
DATA = SPEC.dataset()


def a_training(n_steps=6):
    return Training(FitSpec(ModelSpec("neural_network", {"n_steps": n_steps, "hidden": 4}), SPEC))


def test_there_is_nothing_to_see_before_the_first_step():
    assert a_training().look() is None


def test_a_turn_takes_one_step_at_least_and_ends_when_that_is_enough():
    training = a_training()
    training.learn(lambda n: True)
    assert training.look().progress.step == 1
    training.learn(lambda n: n == 3)
    assert training.look().assessment.digest == f"{training.spec.digest}@4"
    assert training.look().progress.step == 4 and not training.finished
    training.learn(lambda n: False)
    assert training.look().progress.step == 6 and training.finished
    assert training.seconds > 0


def test_at_the_end_it_is_the_model_that_fit_gives():
    training = a_training()
    training.learn(lambda n: False)
    fitted = registry.create("neural_network", n_steps=6, hidden=4).fit(*DATA.train)
    X, _ = DATA.held_out
    assert training.look().assessment.digest == training.spec.digest
    np.testing.assert_array_equal(training.look().assessment.model.predict_proba(X), fitted.predict_proba(X))


def test_a_look_is_a_copy():
    training = a_training()
    training.learn(lambda n: True)
    model = training.look().assessment.model
    before = model.predict_proba(DATA.X)
    training.learn(lambda n: False)
    np.testing.assert_array_equal(model.predict_proba(DATA.X), before)


@pytest.mark.parametrize(
    ("seconds_of_the_finest", "expected"), [(0.0, RESOLUTION), (0.5, 100), (1.9, 50), (60.0, 50)]
)
def test_a_dear_picture_is_made_on_a_coarser_grid_until_the_end(monkeypatch, seconds_of_the_finest, expected):
    now = [0.0]
    monkeypatch.setattr(fitting, "time", SimpleNamespace(perf_counter=lambda: now[0]))
    resolutions = []

    def assess(model, data, seconds, resolution, **about):
        now[0] += seconds_of_the_finest * (resolution / RESOLUTION) ** 2
        resolutions.append(resolution)

    monkeypatch.setattr(fitting, "assess", assess)
    training = a_training()
    for _ in range(3):
        training.learn(lambda n: True)
        training.look()
    training.learn(lambda n: False)
    training.look()
    assert resolutions == [COARSER[-1], expected, expected, RESOLUTION]


def test_the_losses_are_kept_from_the_first_step_on():
    training = a_training()
    losses = []
    for _ in range(4):
        training.learn(lambda n: True)
        losses.append(training.look().progress.losses["log loss"])
    np.testing.assert_allclose(training.look().losses["log loss"], losses)


@pytest.mark.parametrize(
    ("dear", "expected"),
    [
        (0.0, [1, *range(2, 121, 2)]),
        (1.48, [1, 10, 20, 24, 40, 48, 60, 70, 72, 90, 96, 110, 120]),  # what 0.15 of the time allows
        (60.0, [1, 24, 48, 72, 96, 120]),  # five times in any case
    ],
)
def test_it_is_measured_between_looks_as_often_as_is_cheap(monkeypatch, dear, expected):
    """A step takes a second here, and a measurement ``dear`` seconds: that may be 0.15 of the time."""
    now = [0.0]
    monkeypatch.setattr(fitting, "time", SimpleNamespace(perf_counter=lambda: now[0]))

    def slow(function, seconds):
        def slowed(*arguments):
            now[0] += seconds
            return function(*arguments)

        return slowed

    monkeypatch.setattr(fitting, "assess", lambda *arguments, **about: None)
    training = a_training(n_steps=120)
    monkeypatch.setattr(training._scores, "add", slow(training._scores.add, dear))
    monkeypatch.setattr(training, "_steps", map(slow(lambda progress: progress, 1.0), training._steps))
    training.learn(lambda n: False)
    assert training.look().scores.steps.tolist() == expected
    assert training.seconds == 120, "what the steps took, and nothing else"
