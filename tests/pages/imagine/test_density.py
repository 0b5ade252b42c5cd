"""The density page: every density on the same points."""

import numpy as np
import pytest

from paradigms import registry
from paradigms.data.dataset_spec import DatasetSpec
from paradigms.fits.fitting import fit
from paradigms.fits.specs import FitSpec, ModelSpec
from paradigms.protocols import JointModel, Trainable

JOINT = registry.lifted() | registry.that_can(JointModel)
DENSITIES = [name for name in registry.cards() if name in JOINT]
LEARNED = [name for name in DENSITIES if name in registry.that_can(Trainable)]
AT_ONCE = [name for name in DENSITIES if name not in LEARNED]


def numbers(visit):
    """(mean log p, integral) beneath each plane, in the order of the planes."""
    values = [float(value.replace("−", "-")) for _, value in visit.metrics]
    return list(zip(values[::2], values[1::2], strict=True))


def test_there_is_one_plane_for_each_density_and_one_for_the_truth(density_page):
    assert list(density_page.planes) == ["draw", "truth", *DENSITIES]
    assert density_page.at.title[0].value == "Density"


@pytest.mark.parametrize("preset", registry.presets())
def test_every_integral_is_the_share_that_lies_on_the_plane(density_page, preset):
    density_page.choose("preset", preset)
    spec = density_page.at.session_state["spec"]
    models = [spec.dataset().truth]
    models += [fit(FitSpec(ModelSpec(name), spec)).model for name in AT_ONCE]
    found = numbers(density_page)
    for name, model, (_, integral) in zip(["truth", *AT_ONCE], models, found, strict=True):
        X, _ = model.sample_joint(20_000, random_state=0)
        on_the_plane = (np.abs(X) <= 4).all(axis=1).mean()
        assert integral == pytest.approx(on_the_plane, abs=0.01), name
        assert integral == pytest.approx(1, abs=0.1), name


def test_the_truth_is_the_best_on_average(density_page):
    density_page.choose("size", 2000)
    truth, *estimates = numbers(density_page)
    assert all(estimate[0] < truth[0] + 0.02 for estimate in estimates)


def test_the_pictures_integrate_to_the_number_beneath_them(density_page, layers):
    scenes = [scene for scene in density_page.planes.values() if layers(scene, "density")]
    for scene, (_, integral) in zip(scenes, numbers(density_page), strict=True):
        density = np.exp(layers(scene, "density")[0]["values"])
        assert density.sum() * (8 / len(density)) ** 2 == pytest.approx(integral, abs=0.01)


def test_drawn_points_have_no_truth(density_page):
    rng = np.random.default_rng(0)
    spec = DatasetSpec.of_points(rng.normal(size=(40, 2)), np.repeat([0, 1], 20))
    density_page.having(spec=spec)
    assert list(density_page.planes) == ["draw", *DENSITIES]
    assert len(numbers(density_page)) == len(AT_ONCE)


@pytest.mark.parametrize("place", [0.5, 0.51])
def test_what_is_narrower_than_a_cell_has_its_integral_and_a_sentence(density_page, layers, place):
    """Once 251.335 on a cell's centre and 0.000 beside it, with lines that held nothing."""
    density_page.having(spec=DatasetSpec.of_points(np.full((10, 2), place), np.zeros(10, dtype=int)))
    assert [integral for _, integral in numbers(density_page)] == pytest.approx([1] * len(AT_ONCE), abs=0.01)
    told = "\n".join(element.value for element in density_page.at.markdown).replace("\\", "")
    assert "No line is drawn for 25, 50, 75, 95 %" in told and "cells are 0.04 wide" in told
    assert "100 % of the probability lies where the density is narrower than a cell" in told
    assert layers(density_page.planes["naive_bayes"], "contour")[0]["levels"] == []


@pytest.mark.parametrize("n", [0, 1, 3])
def test_few_points_get_a_sentence_or_a_density(density_page, n):
    density_page.having(spec=DatasetSpec.of_points(np.ones((n, 2)), np.zeros(n, dtype=int)))
    for name in DENSITIES:
        scene = density_page.planes[name]
        assert any(layer["kind"] == "density" for layer in scene["layers"]) or scene["dimmed"]


def test_on_a_first_visit_everything_learns_at_once(visit):
    jobs = visit("imagine/density/page.py").at.session_state["kept/jobs"]
    assert all(jobs[name].running or jobs[name].finished for name in LEARNED)


def test_what_learns_in_steps_waits_to_be_asked(density_page, layers):
    for name in LEARNED:
        scene = density_page.planes[name]
        assert not layers(scene, "density") and "Press Train" in scene["dimmed"]
        assert density_page.at.session_state["kept/jobs"][name].running is False


def test_all_can_be_trained_at_once(density_page):
    jobs = density_page.press("train_all").at.session_state["kept/jobs"]
    assert all(jobs[name].running or jobs[name].finished for name in LEARNED)


@pytest.mark.parametrize("name", LEARNED)
def test_what_learns_in_steps_can_be_trained_here(density_page, layers, name):
    density_page.press(f"{name}_training_run").learned(name)
    assert layers(density_page.planes[name], "density")
    kind = registry.cards()[name].estimator.density_kind
    shown = [value for _, value in density_page.metrics]
    assert ("≥" in "".join(shown)) == (kind == "lower_bound")
    assert (shown.count("—") == 2) == (kind == "unnormalised")
    helps = [metric.proto.help for metric in density_page.at.metric if metric.label.startswith("integral")]
    assert any("loose" in text for text in helps) == (kind == "lower_bound"), "outside the picture is not all"
