"""The page of chains: every sampler on every target, what goes wrong at one click, steps phase by phase."""

import numpy as np
import pytest

from pages.parts.models import pickers
from pages.sample.langevin.failures import FAILURES
from paradigms import registry
from paradigms.data.dataset_spec import DatasetSpec
from paradigms.experiments.sample.walks import chain_samplers
from paradigms.scene.layers import CROSS


@pytest.fixture
def page(visit):
    return visit("sample/langevin/page.py")


def numbers(page):
    """Left and right: what is accepted, what the draws are worth, R̂ and the distance."""
    values = [value for _, value in page.metrics]
    return values[:4], values[4:8]


def test_two_walks_stand_side_by_side_on_a_first_visit(page, layers):
    planes = page.pictures
    assert list(planes) == ["animation", "animation_right"]
    for scene in planes.values():
        assert layers(scene, "density") and layers(scene, "arrows") and layers(scene, "particles")
        assert scene["timeline"]["frames"] > 50
        curve = scene["timeline"]["curve"]["values"]
        assert len(curve) == scene["timeline"]["frames"] and curve[-1] < curve[0]
    left, right = numbers(page)
    assert left[0] == "all" and right[0].endswith("%")


@pytest.mark.parametrize(
    "left, right",
    [
        ("unadjusted_langevin", "metropolis_langevin"),
        ("gibbs", "random_walk_metropolis"),
        ("annealed_langevin", "parallel_tempering"),
        pytest.param("no_u_turn", "hamiltonian", marks=pytest.mark.slow),
    ],
)
def test_timid_is_said_only_of_steps_whose_reach_can_be_set_and_refused(page, left, right):
    page.choose("walk_left", left).choose("walk_right", right)
    told = [metric.help for metric in page.at.metric if metric.label in ("accepted", "moved")]
    assert ["timid" in text for text in told] == [False, True]


def test_refused_steps_are_told_by_shape_and_word(page, layers):
    page.choose("walk_slow", True).choose("walk_right_metropolis_langevin_step_size", 1.0)
    scene = page.planes["animation_right"]
    (particles,) = layers(scene, "particles")
    refused = (particles["shapes"] == CROSS).any(axis=1)
    assert refused.any() and not refused[0]
    said = {words for _, words, part in scene["timeline"]["captions"] if part == "choice"}
    assert any("stay (✕)" in words and " 0 stay" not in words for words in said)


@pytest.mark.slow
@pytest.mark.parametrize(
    ("sampler", "target"),
    [(sampler, "funnel") for sampler in chain_samplers()]
    + [("hamiltonian", target) for target in registry.targets()],
)
def test_every_sampler_walks_and_every_target_is_walked_over_fast_and_slow(page, layers, sampler, target):
    (picker,) = [widget for widget in page.widgets if widget.key == "walk_left"]
    assert chain_samplers()[sampler].title in picker.options
    page.choose("walk_target", target).choose("walk_left", sampler)
    fast = layers(page.planes["animation"], "particles")[0]["positions"]
    page.choose("walk_slow", True)
    slow, captions = layers(page.planes["animation"], "particles")[0]["positions"], page.planes["animation"]
    assert np.isfinite(fast).all() and np.isfinite(slow).all() and slow.shape[1] in (4, 12)
    parts = {part for _, part in captions["timeline"]["terms"]} - {""}
    assert parts == {part for _, _, part in captions["timeline"]["captions"]}, "each part has its term"


@pytest.mark.parametrize(
    "failure", ["step too large", "two islands", "a ridge", pytest.param("a funnel", marks=pytest.mark.slow)]
)
def test_what_goes_wrong_is_seen_in_the_numbers(page, failure):
    page.press(f"failure_{failure}")
    left, right = numbers(page)
    assert float(left[3]) > 1.3 * float(right[3]), "the left one is the one that fails"
    assert f"**{failure.capitalize()}.**" in page.text
    page.choose("walk_target", "ring")
    assert f"**{failure.capitalize()}.**" not in page.text, "it is no longer about what is shown"


def test_a_change_of_setting_is_another_animation(page):
    before = page.planes["animation"]["timeline"]["id"]
    other = page.planes["animation_right"]["timeline"]["id"]
    page.choose("walk_left_unadjusted_langevin_step_size", 0.02)
    assert page.planes["animation"]["timeline"]["id"] != before
    assert page.planes["animation_right"]["timeline"]["id"] == other
    page.choose("walk_seed", 3)
    assert page.planes["animation_right"]["timeline"]["id"] != other


@pytest.mark.parametrize("model", ["naive_bayes", "kernel_density"])
def test_the_visitor_s_own_distribution_can_be_walked_over(page, layers, model):
    page.choose("walk_target", "fitted").choose("distribution_model", model)
    assert "table of 200 by 200" in page.text and "in the slope" in page.text
    before = page.planes["animation_right"]["timeline"]["id"]
    assert page.choose("walk_exact", False).planes["animation_right"]["timeline"]["id"] != before
    data = page.at.session_state["spec"].dataset().X
    arrived = layers(page.planes["animation_right"], "particles")[0]["positions"][-1]
    assert np.abs(arrived.mean(axis=0) - data.mean(axis=0)).max() < 0.6


def test_a_distribution_without_a_density_says_that_it_has_none(page):
    page.choose("walk_target", "fitted").choose("distribution_model", "generative_adversarial_network")
    assert "no density" in page.text and not page.pictures
    assert not page.has("distribution_training_run"), "nobody teaches it for nothing"


@pytest.mark.slow
def test_a_model_of_slopes_alone_is_walked_by_those_that_ask_for_no_density(page, layers):
    page.choose("walk_target", "fitted").choose("distribution_model", "score_based")
    page.learned("distribution", to_the_end=True)
    assert "no density" in page.text and list(page.pictures) == ["animation", "animation_right"]
    samplers = [page.at.session_state[f"walk_{side}"] for side in ("left", "right")]
    assert samplers == ["unadjusted_langevin", "annealed_langevin"]
    arrived = layers(page.planes["animation_right"], "particles")[0]["positions"][-1]
    assert np.isfinite(arrived).all() and not layers(page.planes["animation_right"], "density")


@pytest.mark.slow
def test_while_a_distribution_learns_the_page_says_so_and_walks_when_it_has(page):
    page.having(spec=DatasetSpec(size=397))
    page.choose("walk_target", "fitted").choose("distribution_model", "normalizing_flow")
    assert "no density" not in page.text and list(page.pictures) == ["animation", "animation_right"]
    assert all("still learns" in scene["dimmed"] for scene in page.pictures.values())
    assert (
        page.has("distribution_training_run") and page.at.session_state["kept/jobs"]["distribution"].running
    )
    page.learned("distribution")
    assert not any(scene["dimmed"] for scene in page.pictures.values()) and "a table of" in page.text


def test_a_failure_s_sentence_goes_with_its_settings(page):
    page.press("failure_step too large")
    assert "**Step too large.**" in page.text
    page.choose("walk_left_unadjusted_langevin_step_size", 0.001)
    assert "**Step too large.**" not in page.text


@pytest.mark.parametrize("failure", FAILURES.values(), ids=FAILURES)
def test_what_a_failure_sets_are_stops_of_the_sliders(failure):
    for key, value in failure.workspace.settings.items():
        if key.endswith("step_size"):
            sampler = next(name for name in chain_samplers() if f"_{name}_step_size" in key)
            card = chain_samplers()[sampler]
            (control,) = [control for control in card.controls if control.parameter == "step_size"]
            assert value in pickers.log_stops(control, registry.defaults(card.estimator)["step_size"])
