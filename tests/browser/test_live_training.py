"""A neural network learns before the visitor's eyes."""

import re

import pytest

pytestmark = pytest.mark.browser


def step_of(visitor):
    found = re.search(r"step (\d+) of (\d+)", visitor.page.locator("body").inner_text())
    return int(found[1]) if found else 0


@pytest.fixture
def learner(desk):
    desk.choose("function_model", "Neural network")
    desk.until(lambda: step_of(desk) > 0)
    return desk


@pytest.fixture
def slow_learner(learner):
    """The largest network that there is, so that it is not done before it is paused."""
    learner.press("function_model_controls")
    for control in ("hidden", "n_layers"):
        slider = learner.page.locator(f".st-key-neural_network_{control} input")
        slider.focus()
        learner.page.keyboard.press("End")
    learner.page.keyboard.press("Escape")
    learner.until(lambda: 0 < step_of(learner) < 400)
    return learner


def test_the_boundary_moves_and_pause_step_and_reset_mean_it(slow_learner):
    learner, page = slow_learner, slow_learner.page
    function = learner.plane("function")
    painted = function.state["painted"]
    learner.until(lambda: function.state["painted"] > painted)

    learner.press("function_training_pause")
    learner.until(page.locator(".st-key-function_training_run button:enabled").count)
    page.wait_for_timeout(800)  # a turn that was under way may end
    paused, picture = step_of(learner), function.state["painted"]
    page.wait_for_timeout(1500)
    assert (step_of(learner), function.state["painted"]) == (paused, picture), "pause really pauses"

    learner.press("function_training_step")
    learner.until(lambda: step_of(learner) == paused + 1)
    page.wait_for_timeout(700)
    assert step_of(learner) == paused + 1, "one step is one step"

    learner.press("function_training_run")
    learner.until(lambda: step_of(learner) > paused + 1)
    learner.press("function_training_pause")
    learner.until(page.locator(".st-key-function_training_run button:enabled").count)
    late = step_of(learner)
    learner.press("function_training_reset")
    learner.until(lambda: 0 < step_of(learner) < late)


def test_it_starts_anew_on_new_points(learner):
    learner.plane("draw").stroke((3, 3), (3.5, 3))
    learner.until(lambda: learner.plane("function").state["revision"] == 1)
    learner.until(lambda: learner.plane("distribution").state["revision"] == 1)
    learner.until(lambda: step_of(learner) > 0)
    assert learner.plane("function").state["points"] > 400


def test_it_comes_to_an_end_with_numbers(learner):
    finished = learner.page.locator(".st-key-function_training_run button:disabled")
    learner.until(finished.count, seconds=60)
    accuracy = learner.page.locator(".st-key-function_numbers .stMetric").first
    found = learner.until(lambda: re.search(r"\d\.\d+", accuracy.inner_text()))
    assert float(found[0]) > 0.8
