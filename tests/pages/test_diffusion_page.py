"""The page of diffusion: a start that is no noise, memory, steps, guidance, editing."""

import numpy as np
import pytest

from paradigms import registry
from paradigms.data.dataset_spec import DatasetSpec


@pytest.fixture
def page(visit):
    """On points of its own: what other tests have trained on the usual ones is known to every visitor."""
    return visit("sample/diffusion.py").having(spec=DatasetSpec(size=398))


def samples(page, layers, name):
    return layers(page.planes[name], "points")[-1]["xy"]


def test_there_are_samples_everywhere_and_nothing_trains_by_itself(page, layers):
    for name in ("schedule", "score_mixture", "score_raw", "guidance_free", "guidance_steered", "filled"):
        assert np.isfinite(samples(page, layers, name)).all()
    assert not page.at.warning and "has not learned" in page.text
    assert page.at.session_state["jobs"]["denoiser"].running is False


def test_a_start_that_is_no_noise_is_said_and_seen(page):
    page.choose("preset", "eight_gaussians").choose("schedule_steps", 50).choose("schedule_beta", 0.02)
    (warning,) = page.at.warning
    assert "60 %" in warning.value
    page.choose("schedule_steps", 1000)
    assert not page.at.warning


def test_the_raw_points_are_remembered_and_the_mixture_invents(page):
    remembered = [part for part in page.text.split("\n") if "are training points" in part]
    mixture, raw = (int(part.split(" of ")[0]) for part in remembered)
    assert raw == 500 and mixture < 100


def test_guidance_is_bought_with_diversity(page):
    def numbers():
        return np.array([float(value) for _, value in page.metrics]).reshape(2, 2)

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


def test_the_network_can_be_trained_here(page, layers):
    page.press("denoiser_training_run").learned("denoiser", to_the_end=True)
    assert np.isfinite(samples(page, layers, "score_network")).all()


@pytest.mark.parametrize("preset", registry.presets())
def test_every_preset_will_do(page, preset):
    assert page.choose("preset", preset).planes["redrawn"]


@pytest.mark.parametrize("n", [0, 1, 3])
def test_few_points_are_no_accident(visit, n):
    page = visit("sample/diffusion.py")
    page.having(spec=DatasetSpec.of_points(np.eye(3, 2)[:n], np.zeros(n, dtype=int)))
    assert page.planes or page.at.warning
