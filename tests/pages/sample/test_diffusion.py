"""The page of diffusion: a start that is no noise, memory, steps, guidance, editing."""

import numpy as np
import pytest

from pages import chapters
from pages.sample.diffusion.few_steps import titles
from paradigms.data.dataset_spec import DatasetSpec

SLOW = pytest.mark.slow


@pytest.fixture
def page(visit):
    """On points of its own: what other tests have trained on the usual ones is known to every visitor."""
    return visit("sample/diffusion/page.py", spec=DatasetSpec(size=398))


def samples(page, layers, name):
    return layers(page.planes[name], "points")[-1]["xy"]


def test_there_are_samples_everywhere_and_nothing_trains_by_itself(page, layers):
    for name in ("schedule", "way", "between"):
        positions = layers(page.planes[name], "particles")[0]["positions"]
        assert np.isfinite(positions).all() and page.planes[name]["timeline"]["frames"] == len(positions)
    for name in ("score_mixture", "score_raw", "guidance_free", "guidance_steered", "filled"):
        assert np.isfinite(samples(page, layers, name)).all()
    assert not page.at.warning and "has not learned" in page.text
    assert page.at.session_state["kept/jobs"]["denoiser"].running is False


@pytest.mark.slow
def test_a_start_that_is_no_noise_is_said_and_seen(page):
    page.choose("preset", "eight_gaussians").choose("schedule_steps", 50).choose("schedule_beta", 0.02)
    (warning,) = page.at.warning
    assert "60 %" in warning.value
    page.choose("schedule_steps", 1000)
    assert not page.at.warning


def test_alpha_bar_runs_along_the_timeline(page):
    timeline = page.planes["schedule"]["timeline"]
    alpha = np.array(timeline["curve"]["values"])
    (turn, mark), *_ = timeline["marks"]
    assert alpha[0] == alpha[-1] == 1 and alpha.argmin() in (turn - 1, turn) and mark.startswith("ᾱ = 0.0017")
    page.choose("schedule_beta", 0.1)
    assert page.planes["schedule"]["timeline"]["id"] != timeline["id"]


@pytest.mark.parametrize("sampler", titles())
def test_every_sampler_comes_back_with_few_steps_and_with_many(page, sampler):
    distances = []
    for n_steps in (2, 80):
        page.choose("way_steps", n_steps).choose("way_sampler", sampler)
        numbers = {name.split(" ")[0]: value for name, value in reversed(page.metrics)}
        distances.append(float(numbers["distance"]))
    assert distances[1] < 0.12 and (sampler == "rectified_flow" or distances[0] > 2 * distances[1])
    assert ("bend" in numbers) == (sampler in ("flow_matching", "rectified_flow"))
    assert page.has("way_eta") == (sampler == "ddim")


def test_chance_is_another_way_back(page):
    page.choose("way_sampler", "ddim")
    before = page.planes["way"]["timeline"]["id"]
    assert page.choose("way_eta", 1.0).planes["way"]["timeline"]["id"] != before


def test_slopes_and_their_difference_are_fields(page, layers):
    page.choose("scores_view", "slopes")
    assert layers(page.planes["score_raw"], "arrows") and not layers(page.planes["score_raw"], "density")
    page.choose("scores_view", "difference")
    assert layers(page.planes["score_raw"], "density") and "held against" in page.text

    def off():
        return float(page.text.split("slope by ")[1].split(" of the noise")[0].replace("\\", ""))

    near = off()
    page.choose("scores_noise", 3.0)
    assert off() < 0.2 * near, "under much noise all that matters is where the points are on the whole"


def test_likelihood_along_the_ode_comes_nearer_with_more_levels(page):
    def error():
        return float(page.text.split("points is off by ")[1].split(" on")[0].replace("\\", ""))

    page.choose("likelihood_levels", 5)
    few = error()
    page.choose("likelihood_levels", 80)
    assert error() < 0.1 * few


def test_two_other_points(page, layers):
    before = ways(page, layers)
    assert len(before) == 41 and before.shape[1] == 2, "through the noise, and straight"
    np.testing.assert_allclose(np.diff(before[:, 1], axis=0).std(axis=0), 0, atol=1e-3)
    page.press("pair")
    assert not np.array_equal(ways(page, layers), before)


def ways(page, layers):
    return layers(page.planes["between"], "particles")[0]["positions"]


def test_the_raw_points_are_remembered_and_the_mixture_invents(page):
    remembered = [part for part in page.text.split("\n") if "of a training point" in part]
    mixture, raw = (int(part.split(" of ")[0]) for part in remembered)
    assert raw == 500 and mixture < 100
    assert all("%" in part.split("held out, ")[1] for part in remembered), "what comes near by chance"


def test_guidance_is_bought_with_diversity(page):
    def numbers():
        wanted = ("diversity", "fidelity")
        return np.array([float(value) for name, value in page.metrics if name in wanted]).reshape(2, 2)

    found = {}
    for weight in (0.0, 1.0, 8.0):
        page.choose("guidance_weight", weight)
        found[weight] = numbers()
    np.testing.assert_allclose(found[0.0][0], found[0.0][1])  # nobody steers
    for way in range(2):
        diversity, fidelity = np.array([found[weight][way] for weight in (0.0, 1.0, 8.0)]).T
        assert diversity[0] > diversity[1] > diversity[2]
        assert fidelity[0] < fidelity[1] <= fidelity[2] + 0.005


def test_what_is_filled_in_has_the_known_coordinate(page, layers):
    page.choose("known", 1.0)
    np.testing.assert_allclose(samples(page, layers, "filled")[:, 0], 1.0, atol=1e-3)


@SLOW
def test_the_network_can_be_trained_here(page, layers):
    assert "truth of this preset" not in page.text
    page.press("denoiser_training_run").learned("denoiser", to_the_end=True)
    assert "truth of this preset" in page.text
    assert np.isfinite(samples(page, layers, "score_network")).all()


@pytest.mark.slow
@pytest.mark.parametrize(
    "preset",
    ["imbalanced", *(pytest.param(name, marks=SLOW) for name in ("spiral", "four_blobs", "checkerboard"))],
)
def test_other_presets_will_do(page, preset):
    assert page.choose("preset", preset).planes["redrawn"]


@pytest.mark.parametrize("n", [0, pytest.param(1, marks=SLOW), 3])
def test_few_points_are_no_accident(visit, n):
    points = DatasetSpec.of_points(np.eye(3, 2)[:n], np.zeros(n, dtype=int))
    page = visit("sample/diffusion/page.py", spec=points)
    assert bool(page.pictures) == (n > 0) and bool(page.at.warning) == (n == 0)


@SLOW
def test_a_class_that_is_there_no_more_is_asked_for_no_more(page):
    page.choose("preset", "four_blobs").choose("guided_class", 3)
    page.choose("preset", "moons")
    assert page.at.session_state["guided_class"] == 0


def test_the_function_that_was_chosen_steers_and_is_named(page):
    assert "here: Logistic regression" in page.text
    before = dict(page.metrics)
    page.having(function_model="nearest_neighbours", nearest_neighbours_n_neighbors=1)
    assert "here: Nearest neighbours" in page.text and dict(page.metrics) != before


def test_settings_outlive_a_visit_to_another_page(page):
    page.choose("schedule_beta", 0.1).choose("way_sampler", "ddpm")
    page.at.switch_page("sample/why/page.py").run()
    page.at.switch_page("sample/diffusion/page.py").run()
    state = page.check().at.session_state
    assert (state["schedule_beta"], state["way_sampler"]) == (0.1, "ddpm")


@pytest.mark.parametrize("path", [page.path for page in chapters.PAGES if page.chapter == "Sample"])
def test_one_s_own_points_are_named_kept_and_given_up(visit, path):
    page = visit(path)
    assert "This page is about your own" not in page.text and not page.has("back_to_preset")
    page.having(spec=DatasetSpec.of_points(np.eye(4, 2), np.array([0, 1, 0, 1])), revision=1)
    said = {"sample/diffusion/page.py": "about your own 4 points"}.get(path, "Your own 4 points are kept")
    assert said in page.text
    assert page.planes["draw"]["drawn"] and page.planes["draw"]["draw"]
    page.press("back_to_preset")
    assert page.at.session_state["spec"].preset == "moons" and not page.has("back_to_preset")
