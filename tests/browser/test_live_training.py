"""Models learn before the visitor's eyes, on either side."""

import re

import pytest

pytestmark = pytest.mark.browser


def waits(visitor, side="function"):
    """Whether the training stands: its button offers to train (again)."""
    return "Train" in visitor.text(f"{side}_training_run")


def step_of(visitor):
    found = re.search(r"step (\d+) of (\d+)", visitor.page.locator("body").inner_text())
    return int(found[1]) if found else 0


@pytest.fixture
def learner(desk):
    desk.choose("function_model", "Neural network")
    desk.until(lambda: step_of(desk) > 0, seconds=30)
    return desk


@pytest.fixture
def slow_learner(learner):
    """Ten steps from look to look, so that it is not done before it is paused."""
    learner.choose("function_training_pace", "10 steps a picture")
    learner.press("function_training_reset")
    learner.until(lambda: waits(learner))
    learner.press("function_training_run")
    learner.until(lambda: 0 < step_of(learner) < 100)
    return learner


def test_the_boundary_moves_and_pause_step_and_reset_mean_it_and_keep_the_focus(slow_learner):
    learner, page = slow_learner, slow_learner.page
    function = learner.plane("function")
    painted = function.state["painted"]
    learner.until(lambda: function.state["painted"] > painted)

    learner.press("function_training_run")
    learner.until(lambda: waits(learner))
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
    learner.press("function_training_run")
    learner.until(lambda: waits(learner))
    learner.press("function_training_reset")
    learner.until(lambda: step_of(learner) == 0)
    learner.press("function_training_step")
    learner.until(lambda: step_of(learner) == 1)

    button = page.locator(".st-key-function_training_run button")
    for _ in range(2):  # train on, and pause
        stood = waits(learner)
        button.focus()
        page.keyboard.press("Enter")
        learner.until(lambda stood=stood: waits(learner) != stood)
        assert page.evaluate("document.activeElement.tagName") == "BUTTON"


def test_it_starts_anew_on_new_points_and_comes_to_an_end_with_numbers(learner):
    learner.plane("draw").stroke((3, 3), (3.5, 3))
    learner.until(lambda: learner.plane("function").state["revision"] == 1)
    learner.until(lambda: learner.plane("distribution").state["revision"] == 1)
    learner.until(lambda: step_of(learner) > 0)
    assert learner.plane("function").state["points"] > 400

    learner.until(lambda: finished(learner, "function"), seconds=60)
    accuracy = learner.page.locator(".st-key-function_numbers .stMetric").first
    found = learner.until(lambda: re.search(r"\d\.\d+", accuracy.inner_text()))
    assert float(found[0]) > 0.8


def of(desk, title):
    desk.choose("distribution_model", title)
    desk.until(lambda: step_of(desk) > 0, seconds=30)
    desk.press("distribution_training_reset")  # somebody may have trained the same before
    desk.until(lambda: step_of(desk) == 0)
    desk.press("distribution_training_run")
    desk.until(lambda: step_of(desk) > 0, seconds=30)
    return desk.plane("distribution")


def finished(desk, side="distribution"):
    return "Train again" in desk.text(f"{side}_training_run")


def test_a_distribution_learns_before_the_eyes_and_can_then_be_asked(desk):
    distribution = of(desk, "Diffusion")
    painted = distribution.state["painted"]
    desk.until(lambda: distribution.state["painted"] > painted, seconds=30)
    assert desk.page.locator(".training-curves").first.is_visible()
    desk.until(lambda: finished(desk), seconds=90)
    likelihood = desk.page.locator(".st-key-distribution_numbers .stMetric").nth(2)
    found = desk.until(lambda: re.search(r"−?\d\.\d+", likelihood.inner_text()))
    assert -6 < float(found[0].replace("−", "-")) < 0
    desk.press("sample")
    desk.until(lambda: distribution.state["points"] == 200)
    desk.press("watch_flow")
    animation = desk.plane("animation")
    desk.until(lambda: animation.root.count() and animation.state["frames"] > 0, seconds=30)


def test_one_step_from_look_to_look(desk):
    desk.choose("distribution_model", "Variational autoencoder (VAE)")
    desk.until(lambda: step_of(desk) > 6, seconds=30)
    desk.choose("distribution_training_pace", "1 step a picture")
    desk.press("distribution_training_reset")
    desk.until(lambda: waits(desk, "distribution"))
    desk.press("distribution_training_run")
    desk.until(lambda: 0 < step_of(desk) < 6, seconds=30)
    start = step_of(desk)
    desk.page.wait_for_timeout(2500)  # some five looks of the page
    assert start < step_of(desk) <= start + 12


def test_a_model_without_a_density_shows_points_and_its_map(desk):
    distribution = of(desk, "Adversarial network (GAN)")
    painted = distribution.state["painted"]
    desk.until(lambda: distribution.state["painted"] > painted, seconds=30)
    assert "distance" in desk.text("distribution_numbers")
    if not finished(desk):
        desk.press("distribution_training_run")
    desk.until(lambda: waits(desk, "distribution"), seconds=30)
    desk.settle()
    desk.press("watch_map")
    animation = desk.plane("animation")
    desk.until(lambda: animation.root.count() and animation.state["frames"] > 0, seconds=30)
    desk.press("watch_langevin")
    desk.until(lambda: "needs the slope" in desk.page.locator("body").inner_text())


def test_one_class_is_a_tint_and_no_black_square(desk):
    draw = desk.plane("draw")
    draw.tool("clear").click()
    desk.until_all_show(1)
    draw.stroke((-1, -1), (1, 1))
    desk.until_all_show(2)
    desk.choose("function_model", "Joint energy model")
    desk.until(lambda: step_of(desk) > 0, seconds=30)
    canvas = desk.plane("function").root.locator("canvas.plane-picture")
    corner = "canvas => [...canvas.getContext('2d').getImageData(9, 9, 1, 1).data]"
    desk.until(lambda: sum(canvas.evaluate(corner)[:3]) > 300)
