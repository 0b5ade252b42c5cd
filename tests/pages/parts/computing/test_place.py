"""What is computed beside a page: its place stands there meanwhile, veiled, and the page does none of it."""

import numpy as np
import pytest

from jobs import computing
from pages import chapters
from paradigms.data.dataset_spec import DatasetSpec
from paradigms.experiments.sample import computing_budget

# What must have stood veiled at first, and be there in the end.
COMPUTED = {
    "start/two_souls/page.py": ["function", "distribution"],
    "imagine/density/page.py": ["truth", "gaussian_mixture", "kernel_density", "naive_bayes"],
    "sample/why/page.py": ["inverse", "darts", "weighed"],
    "sample/langevin/page.py": ["animation", "animation_right"],
    "sample/diffusion/page.py": [
        "schedule", "score_mixture", "score_raw", "way", "guidance_free", "guidance_steered", "filled",
        "redrawn", "between",
    ],
}  # fmt: skip


@pytest.mark.slow
@pytest.mark.parametrize("page", [page.path for page in chapters.PAGES])
def test_the_planes_stand_veiled_until_they_are_computed(visit, beside, page):
    visitor, seen = visit(page), set()
    while beside.waiting:
        veiled = {name for name, scene in visitor.pictures.items() if scene["dimmed"]}
        assert all(visitor.pictures[name]["busy"] for name in veiled)
        seen |= veiled
        beside.run_one()
        visitor.run()
    computed = COMPUTED.get(page, seen)
    assert seen >= set(computed)
    for name in computed:
        scene = visitor.planes[name]
        assert not scene["dimmed"] and not scene["busy"] and scene["layers"]
    assert not any(widget.key.startswith("cancel_") for widget in visitor.at.button if widget.key)


def test_how_far_it_is_stands_in_the_plane(visit, beside):
    visitor = visit("sample/langevin/page.py")
    waiting = visitor.planes["animation"]["dimmed"]
    (computation,) = [one for one in computing._under_way.values() if one.key[2] == "walk"][:1]
    computation.started, computation.share = True, 0.4
    visitor.run()
    assert "turn" in waiting and "39 %" in visitor.planes["animation"]["dimmed"]


@pytest.mark.slow
def test_who_cancels_is_asked_whether_to_compute_it_after_all(visit, beside):
    visitor = visit("sample/langevin/page.py").finish(beside)
    visitor.choose("walk_seed", 5)
    visitor.press("cancel_walk_left")
    assert "cancelled" in visitor.planes["animation"]["dimmed"]
    visitor.finish(beside)
    assert "cancelled" in visitor.planes["animation"]["dimmed"], "and it stays so"
    assert not visitor.planes["animation_right"]["dimmed"]
    visitor.press("take_up_walk_left")
    assert not visitor.finish(beside).planes["animation"]["dimmed"]


@pytest.mark.slow
def test_a_changed_setting_leaves_what_was_being_computed(visit, beside):
    visitor = visit("sample/diffusion/page.py").finish(beside)
    for weight in (2.0, 4.0):
        visitor.choose("guidance_weight", weight)
    asked = [one for one in computing._under_way.values() if not one.done.is_set()]
    visitor.finish(beside)
    assert sorted(one.stopped for one in asked) == [False, False, True, True]


def test_two_visitors_share_what_both_ask_for(visit, beside):
    visit("sample/why/page.py")
    n_asked = len(beside.waiting)
    visit("sample/why/page.py")
    assert len(beside.waiting) == n_asked


def test_a_defect_is_a_sentence_in_its_place_and_the_page_stands(visit, beside, monkeypatch):
    visitor = visit("sample/langevin/page.py")

    def fail(*_, **__):
        raise ZeroDivisionError

    for one in computing._under_way.values():
        if one.key[2] == "walk":
            one._work = fail
    visitor.finish(beside)
    assert visitor.planes["animation"]["dimmed"] == computing.FAILED
    assert visitor.has("walk_seed") and "how soon a chain forgets" in visitor.text


def test_what_is_dear_to_ask_is_asked_seldom_and_said(visit, monkeypatch):
    monkeypatch.setattr(computing_budget, "MOST_SECONDS", 0.0)
    visitor = visit("sample/langevin/page.py").having(spec=DatasetSpec(size=395), walk_target="fitted")
    visitor.choose("distribution_model", "kernel_density")
    (particles,) = [part for part in visitor.planes["animation"]["layers"] if part["kind"] == "particles"]
    assert particles["positions"].shape[1] == 50
    assert "50 particles instead of 500" in visitor.text
    assert "204 draws instead of 3,204" in visitor.text.replace("\\", "")


@pytest.mark.slow
def test_while_a_model_is_fitted_the_walks_stand_veiled(visit, beside):
    points = DatasetSpec.of_points(np.random.default_rng(0).normal(size=(50, 2)), np.repeat([0, 1], 25))
    visitor = visit("sample/langevin/page.py").finish(beside)
    visitor.having(spec=points, revision=1, walk_target="fitted")
    assert list(visitor.pictures) == ["animation", "animation_right"]
    assert all(scene["dimmed"] for scene in visitor.pictures.values())
    assert not any(scene["dimmed"] for scene in visitor.finish(beside).pictures.values())
