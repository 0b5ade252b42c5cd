"""An animation belongs to one model on one data set: it is taken away with them, and the address knows."""

import pytest

from pages.parts.workspace.workspace import Workspace


def told(visitor):
    """The settings that its address tells."""
    return dict(Workspace.of_word(visitor.word).settings)


@pytest.fixture
def watching(visit):
    """Somebody who watches with a step size of their own, ``by`` a press or a link."""

    def arrive(by):
        if by == "link":
            return visit(link=Workspace({"langevin_step": 0.05, "watched": "langevin"}).word)
        return visit().press("watch_langevin").choose("langevin_step", 0.05)

    return arrive


@pytest.mark.parametrize("by", ["press", "link"])
def test_it_goes_with_its_model_and_comes_back_when_it_is_asked_for(watching, by):
    visitor = watching(by)
    assert "animation" in visitor.planes
    usual = visitor.at.session_state["distribution_model"]
    visitor.choose("distribution_model", "kernel_density")
    assert "animation" not in visitor.planes and "no longer about them" in visitor.text
    assert told(visitor) == {"distribution_model": "kernel_density"}
    visitor.choose("distribution_model", usual)
    assert "animation" not in visitor.planes and told(visitor) == {}
    visitor.press("watch_langevin")
    assert "animation" in visitor.planes and told(visitor) == {"watched": "langevin"}


@pytest.mark.parametrize("by", ["press", "link"])
def test_it_goes_with_the_data(watching, by):
    visitor = watching(by).choose("preset", "circles")
    assert "animation" not in visitor.planes and told(visitor) == {"preset": "circles"}


@pytest.mark.slow
def test_one_that_a_link_tells_waits_for_the_end_of_a_training(visit):
    quick = {"size": 50, "normalizing_flow_n_layers": 1, "normalizing_flow_n_bins": 2}
    link = Workspace({"distribution_model": "normalizing_flow", "watched": "langevin"} | quick).word
    visitor = visit(link=link).learned("distribution")
    assert "animation" not in visitor.planes and told(visitor)["watched"] == "langevin"
    visitor.at.session_state["kept/jobs"]["distribution"].run()
    visitor.learned("distribution", to_the_end=True)
    assert "animation" in visitor.planes
