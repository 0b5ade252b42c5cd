"""A page that is opened by its address shows what the one showed that the address was taken from."""

import numpy as np
import pytest

from pages import chapters
from pages.parts.text.story import words
from pages.parts.workspace import link
from pages.parts.workspace.workspace import Workspace
from paradigms.data.dataset_spec import DatasetSpec
from paradigms.data.tables.transform import Axis, Transform
from paradigms.data.tables.units import Units

RNG = np.random.default_rng(0)
MINE = DatasetSpec.of_points(RNG.normal(0, 1, (60, 2)), RNG.integers(0, 2, 60), ("cat", "dog"), seed=3)
METRES = Units("height, m", "width, m", "kind", Transform(Axis(100.0, 10.0), Axis(50.0, 10.0)))


def shared(visitor):
    return next(told["shared"] for told in visitor.addresses if told["shared"])


def seen(visitor):
    """All that a page shows: its pictures, number by number, its words and its metrics, but no durations."""
    history = {"revision", "origin", "commit"}
    pictures = {
        name: {key: str(value) for key, value in scene.items() if key not in history}
        for name, scene in visitor.planes.items()
    }
    return pictures, visitor.text, [metric for metric in visitor.metrics if "ms" not in metric[0]]


@pytest.fixture
def opened(visit):
    """``opened(word, page)``: somebody new comes by that link."""
    return lambda word, page=None: visit(page, link=word)


@pytest.mark.parametrize("page", [page.path for page in chapters.PAGES])
def test_an_untouched_app_has_no_word(visit, page):
    chapters.import_sections()
    assert visit(page).word == ""


def test_a_change_is_in_the_address_and_goes_from_it_again(visit):
    visitor = visit()
    assert Workspace.of_word(visitor.choose("anomaly_quantile", 5).word) == Workspace({"anomaly_quantile": 5})
    assert visitor.choose("anomaly_quantile", 0).word == ""


def test_the_playground_comes_back_as_it_was(visit, opened):
    first = visit().choose("preset", "pinwheel").open("settings").choose("size", 100).choose("seed", 4)
    first.choose("function_model", "nearest_neighbours").open("function_model_controls")
    first.choose("nearest_neighbours_n_neighbours", 3).choose("distribution_model", "gaussian_mixture")
    first.choose("truth", True).choose("anomaly_quantile", 5).press("sample").press("sample")
    first.close("settings", "function_model_controls")
    second = opened(first.word)
    assert seen(second) == seen(first)
    assert second.at.session_state["spec"] == first.at.session_state["spec"]


def test_drawn_points_come_back_with_their_names_and_units(visit, opened):
    word_of_mine = Workspace({"anomaly_quantile": 5, "probe_at": (1.0, 1.0)}, MINE, METRES).word
    first = opened(word_of_mine)
    assert first.at.session_state["spec"] == MINE and "cat" in str(first.planes["function"])
    told = Workspace.of_word(first.word)
    assert (told.drawn, told.units) == (MINE, METRES)
    assert "height" in str(first.planes["draw"]["axes"])
    second = opened(first.word)
    assert seen(second) == seen(first) and second.word == first.word
    assert second.planes["draw"]["revision"] == 0 and second.planes["draw"]["commit"] == "link"


@pytest.mark.parametrize(
    "page", ["sample/langevin/page.py", "sample/why/page.py", "sample/diffusion/page.py"]
)
def test_settings_of_other_pages_come_back_too(visit, opened, page):
    turned = {
        "walk_target": "ring",
        "walk_left": "hamiltonian",
        "walk_seed": 5,
        "importance_spread": 1.2,
        "heights_seed": 2,
        "schedule_beta": 0.1,
        "way_sampler": "ddpm",
        "pair_seed": 1,
        "preset": "circles",
        "guidance_weight": 2.0,
    }
    first = opened(Workspace(turned).word, page)
    second = opened(first.word, page)
    assert dict(Workspace.of_word(second.word).settings) == turned
    pictures, text, numbers = seen(first)
    again, said, counted = seen(second)
    assert again.keys() == pictures.keys() and counted == numbers
    assert said == text and all(again[name] == scene for name, scene in pictures.items())


def test_a_failure_is_told_where_its_settings_came_by_a_link(visit, opened):
    first = visit("sample/langevin/page.py").press("failure_a ridge")
    assert "**A ridge.**" in opened(first.word, "sample/langevin/page.py").text


TURNED = {
    "preset": "four_blobs",
    "truth": True,
    "probe_at": (0.5, 0.5),
    "sample_seed": 2,
    "sample_class": 3,
    "anomaly_quantile": 5,
    "watched": "langevin",
    "langevin_step": 0.05,
    "walk_target": "fitted",
    "walk_left": "gibbs",
    "guided_class": 2,
    "known": 1.0,
}


@pytest.mark.slow
@pytest.mark.parametrize("page", [page.path for page in chapters.PAGES])
def test_a_link_reads_back_as_it_was_while_nothing_is_fitted_yet(opened, beside, page):
    chapters.import_sections()
    told = Workspace.of_word(Workspace(TURNED).word)
    assert told.settings.keys() == TURNED.keys()
    visitor = opened(told.word, page)
    assert beside.waiting and Workspace.of_word(visitor.run().word) == told
    assert Workspace.of_word(visitor.finish(beside).word) == told


@pytest.mark.parametrize(
    ("told", "section"),
    [("hello", "broken"), (Workspace({}, MINE).word[:-3], "broken"), ("1" + "A" * 9_000, "too long")],
)
def test_a_link_that_cannot_be_used_is_a_sentence_and_an_untouched_app(visit, opened, told, section):
    visitor = opened(told)
    assert [warning.value for warning in visitor.at.warning] == [words("link", section)]
    untouched = visit()
    assert visitor.messages == untouched.messages and visitor.word == ""
    visitor.run()
    assert visitor.at.warning, "it stays until something is changed"
    assert not visitor.choose("preset", "circles").at.warning


def test_one_unknown_setting_is_lost_alone_and_named(opened):
    told = link.encoded({"s": {"anomaly_quantile": 5, "of_the_future": 1}}, b"")
    visitor = opened(told)
    assert [warning.value for warning in visitor.at.warning] == [
        words("link", "one left out", names=r"of\_the\_future")
    ]
    assert visitor.at.session_state["anomaly_quantile"] == 5


def test_a_link_is_applied_once(opened):
    visitor = opened(Workspace({"anomaly_quantile": 5}).word)
    assert visitor.choose("anomaly_quantile", 9).run().at.session_state["anomaly_quantile"] == 9


def test_share_says_what_it_copied_until_something_else_is_shown(visit):
    visitor = visit().choose("anomaly_quantile", 5).press("share")
    first = shared(visitor)
    assert first["copied"] == words("link", "copied") and shared(visitor.run()) == first
    visitor.choose("anomaly_quantile", 6)
    with pytest.raises(StopIteration):
        shared(visitor)
    assert shared(visitor.press("share"))["request"] != first["request"]


def test_no_request_to_share_is_taken_for_one_of_another_session(visit):
    """A tab that found itself in a new session still knows what it has copied."""
    first, second = (shared(visit().press("share"))["request"] for _ in range(2))
    assert first and second and first != second


def test_share_says_where_points_are_too_many(visit):
    many = DatasetSpec.of_points(RNG.uniform(-4, 4, (3000, 2)), np.zeros(3000, dtype=int))
    visitor = visit().choose("preset", "spiral").having(spec=many).press("share")
    assert len(visitor.word) <= link.LONGEST and not Workspace.of_word(visitor.word).drawn
    assert "3,000 points" in shared(visitor)["copied"] and "“Spiral”" in shared(visitor)["copied"]
