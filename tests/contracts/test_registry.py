"""What holds of every file that the registry finds."""

import inspect
import re
from pathlib import Path

import pytest

from paradigms import registry
from paradigms.cards import Card
from paradigms.protocols import DensityModel, JointModel, can

ROOT = Path(__file__).parents[2]
PARADIGMS = ("discriminative", "generative", "hybrid")
FOLDERS_WITH_CARDS = (*PARADIGMS, "samplers", "anomaly")
SECTIONS = ["idea", "models", "objective", "sample", "score", "fails", "paper"]


def files_in(folder):
    return {path.stem for path in (ROOT / "paradigms" / folder).glob("*.py")} - {"__init__"}


def all_cards():
    return models() | registry.samplers() | registry.anomaly_scores()


def models():
    return registry.cards() | registry.regressors()


def test_names_are_file_names_and_paradigms_are_folders():
    for paradigm in PARADIGMS:
        found = {name for name, card in registry.cards().items() if card.paradigm == paradigm}
        assert found == files_in(paradigm)
    assert set(registry.regressors()) == files_in("regression")
    assert not registry.regressors().keys() & registry.cards().keys()
    assert set(registry.samplers()) == files_in("samplers")
    assert set(registry.anomaly_scores()) == files_in("anomaly")
    assert set(registry.presets()) == files_in("data/presets")
    assert set(registry.targets()) == files_in("densities/targets")


@pytest.mark.parametrize("name", all_cards())
def test_a_card_is_filled_in_and_belongs_to_its_file(name):
    card = all_cards()[name]
    assert isinstance(card, Card)
    assert card.title and card.estimates
    assert re.search(r"\b(1[6-9]|20)\d\d\b", card.source), "a source has a year"
    assert card.estimator.__module__.split(".")[-1] == name


@pytest.mark.parametrize("name", models())
def test_created_models_are_unfitted_and_hold_their_defaults(name):
    model = registry.create(name)
    assert isinstance(model, models()[name].estimator)
    defaults = {p.name: p.default for p in inspect.signature(type(model)).parameters.values()}
    assert inspect.Parameter.empty not in defaults.values(), "every parameter has a default"
    assert model.get_params(deep=False) == defaults
    assert not hasattr(model, "classes_")


@pytest.mark.parametrize(
    ("name", "control"),
    [
        pytest.param(name, control, id=f"{name}-{control.parameter}")
        for name, card in all_cards().items()
        for control in card.controls
    ],
)
def test_a_control_turns_a_parameter_whose_default_lies_in_its_range(name, control):
    parameters = inspect.signature(all_cards()[name].estimator).parameters
    assert control.parameter in parameters
    default = parameters[control.parameter].default
    assert control.label
    if control.options:
        assert default in control.options
    else:
        assert control.low <= default <= control.high
        assert control.scale in ("linear", "log")
        assert control.scale == "linear" or control.low > 0


def test_ranks_order_the_pickers():
    for paradigm in PARADIGMS:
        ranks = [card.rank for card in registry.cards().values() if card.paradigm == paradigm]
        assert ranks == sorted(ranks)


def test_lifted_are_the_normalised_densities_that_are_blind_to_classes():
    lifted = registry.lifted()
    for name, card in registry.that_can(DensityModel).items():
        blind = not can(card.estimator, JointModel)
        assert (name in lifted) == (blind and card.estimator.density_kind in ("exact", "lower_bound"))
    assert set(lifted) <= set(registry.that_can(DensityModel))


def test_unknown_names_and_parameters_are_refused():
    with pytest.raises(KeyError):
        registry.create("crystal_ball")
    with pytest.raises(TypeError):
        registry.create("logistic_regression", wishes=3)


@pytest.mark.parametrize("name", models())
def test_every_model_has_its_text(name):
    path = ROOT / "assets" / "text" / "models" / f"{name}.md"
    assert path.exists(), f"assets/text/models/{name}.md is missing"
    parts = re.split(r"^## +(.+)$", path.read_text(encoding="utf-8"), flags=re.MULTILINE)
    assert [title.strip() for title in parts[1::2]] == SECTIONS
    empty = [title for title, body in zip(parts[1::2], parts[2::2], strict=True) if not body.strip()]
    assert not empty, f"assets/text/models/{name}.md says nothing about {empty}"


@pytest.mark.parametrize("folder, named", [("models", models()), ("samplers", registry.samplers())])
def test_no_text_is_left_over(folder, named):
    texts = {path.stem for path in (ROOT / "assets" / "text" / folder).glob("*.md")}
    assert texts <= set(named), "a text without a card"
