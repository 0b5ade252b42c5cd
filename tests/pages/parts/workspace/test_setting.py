"""What a visitor can set is declared once, and takes no value that its widget cannot have."""

import ast
import re
from collections import Counter
from pathlib import Path

import pytest

from pages.parts.models.pickers import DISTRIBUTION, FUNCTION, chosen
from pages.parts.workspace.data_settings import BALANCE, NOISE, PRESET, SEED, SIZE, preset_spec
from pages.parts.workspace.declared import changed, forget_with_data
from pages.parts.workspace.setting import Setting
from paradigms import registry
from paradigms.data.dataset_spec import DatasetSpec

PAGES = Path(__file__).parents[4] / "pages"
# A dialogue over a table in hand, and what is open or shut, are nothing that one would pass on.
PASSING = {"csv_text"} | {
    f"table_offer.py: f'csv_{of}_{{digest}}'" for of in ("{name}", "equal_scales", "log_{axis}_{column}")
}
WIDGETS = {
    "slider", "select_slider", "selectbox", "toggle", "checkbox", "radio", "number_input", "pills",
    "text_input", "segmented_control", "multiselect", "text_area", "color_picker", "date_input", "time_input",
}  # fmt: skip
NO_VALUES = [
    None,
    "no such",
    "",
    [],
    {},
    [1, 2],
    float("nan"),
    float("inf"),
    -1e9,
    10**30,
    10**400,
    True,
    "0.5",
    0.123,
]


def calls(name):
    for path in PAGES.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.Call) and re.fullmatch(name, ast.unparse(node.func)):
                yield path, node


def test_every_name_is_declared_once():
    names = Counter(
        node.args[0].value for _, node in calls("Setting") if isinstance(node.args[0], ast.Constant)
    )
    assert len(names) > 20 and max(names.values()) == 1


def test_no_page_draws_what_can_be_set_past_its_setting():
    keys = set()
    for path, node in calls(r"st\.(" + "|".join(WIDGETS) + ")"):
        key = next((each.value for each in node.keywords if each.arg == "key"), None)
        keys.add(key.value if isinstance(key, ast.Constant) else f"{path.name}: {ast.unparse(key)}")
    assert keys == PASSING


def test_every_setting_of_every_page_and_model_is_known(declared):
    for name in (
        "known",
        "walk_left_hamiltonian_step_size",
        "nearest_neighbours_n_neighbours",
        "anomaly_quantile",
        "preset",
    ):
        assert name in declared, sorted(declared)
    assert len(declared) > 100


def test_each_takes_its_default_and_its_choices(declared, session):
    for setting in declared.values():
        if setting.default is not None:
            assert setting.checked(setting.default) == setting.default
        for choice in setting.choices:
            assert setting.checked(choice) == choice


@pytest.mark.parametrize("value", NO_VALUES, ids=repr)
def test_none_takes_what_its_widget_cannot_have(declared, session, value):
    for setting in declared.values():
        allowed = setting.choices or (True, False) if isinstance(setting.default, bool) else setting.choices
        if any(value == each and type(value) is type(each) for each in allowed):
            continue
        try:
            taken = setting.checked(value)
        except ValueError:
            continue
        assert not setting.choices and isinstance(taken, int | float | tuple), setting.name
        assert isinstance(taken, tuple) or setting.low <= taken <= setting.high, setting.name


def test_numbers_keep_their_kind(session):
    whole = Setting("test_whole", 3, low=0, high=10)
    real = Setting("test_real", 0.5, low=0.0, high=1.0)
    assert type(whole.checked(4)) is int and type(real.checked(1)) is float
    for setting, value in ((whole, 4.0), (whole, True), (real, False), (whole, 11), (real, -0.1)):
        with pytest.raises(ValueError, match="cannot be set to"):
            setting.checked(value)


def test_only_what_was_turned_counts_as_changed(session):
    session.update(preset="moons", size=400, seed=7, draw={"points": 1}, revision=3)
    assert dict(changed()) == {"seed": 7}


def test_what_no_widget_can_have_is_not_told(session):
    session.update(preset={}, size=10**400, seed=7, label_noise="much")
    assert dict(changed()) == {"seed": 7}


def test_a_preset_s_own_noise_is_no_change(session):
    session["preset"] = "spiral"
    session["noise"] = registry.presets()["spiral"].noise
    assert dict(changed()) == {"preset": "spiral"}
    assert preset_spec() == DatasetSpec("spiral")


def test_the_data_are_those_of_their_settings(session):
    for setting, value in ((PRESET, "imbalanced"), (SIZE, 100), (NOISE, 0.5), (BALANCE, 0.7), (SEED, 4)):
        setting.set(value)
    assert preset_spec() == DatasetSpec("imbalanced", size=100, noise=0.5, balance=0.7, seed=4)


def test_what_was_asked_of_old_points_is_forgotten_with_them(declared, session):
    session.update(sample_seed=3, anomaly_quantile=5)
    forget_with_data()
    assert dict(changed()) == {"anomaly_quantile": 5}


def test_a_model_is_its_name_and_what_was_turned_on_it(declared, session):
    session.update(function_model="nearest_neighbours", nearest_neighbours_n_neighbours=1)
    assert chosen(FUNCTION).name == "nearest_neighbours"
    assert dict(chosen(FUNCTION).parameters) == {"n_neighbours": 1}
    session.update(distribution_model="joint_energy_model", function_model="joint_energy_model")
    name = next(name for name in declared if name.startswith("function_model_joint_energy_model"))
    setting = declared[name]
    session[name] = next(choice for choice in setting.choices or (setting.low,) if choice != setting.default)
    assert chosen(FUNCTION).parameters and not chosen(DISTRIBUTION).parameters, "each has its own"
