"""What Python tells the browser, against the contract that both sides read."""

import json
import tomllib
from pathlib import Path
from typing import get_args

import numpy as np
import pytest

from paradigms import contract, grid
from paradigms.contract import CONTRACT
from paradigms.data import dataset, drawn_points
from paradigms.scene import layers
from paradigms.scene.quantised import Quantised
from paradigms.scene.scene import Drawing, Probing, Status
from paradigms.scene.timeline import Timeline

ROOT = Path(__file__).parents[3]
ASSETS = ROOT / "assets"
NOTHING = np.zeros((1, 2))
EACH_KIND = (
    layers.Probability(np.ones((1, 1, 1)), (0,)),
    layers.Density(np.zeros((1, 1))),
    layers.Contour("density", (-1.0,), "distribution", "thin"),
    layers.Boundary("probability", "function", "dashed"),
    layers.Points(NOTHING, np.zeros(1)),
    layers.Arrows(NOTHING, NOTHING, "truth"),
    layers.Particles(NOTHING[None]),
    layers.Probe((0.0, 0.0)),
)


def test_python_reads_the_file_that_the_browser_fetches():
    assert json.loads((ASSETS / "plane" / "contract.json").read_text(encoding="utf-8")) == CONTRACT


def test_a_wheel_carries_a_copy_of_it_beside_its_reader():
    build = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["hatch"]["build"]
    copied = build["targets"]["wheel"]["force-include"]
    assert copied == {"assets/plane/contract.json": contract._IN_A_WHEEL.relative_to(ROOT).as_posix()}


@pytest.mark.parametrize("layer", EACH_KIND, ids=lambda layer: layer.kind)
def test_a_layer_says_what_the_contract_needs_and_is_by_default_as_it_says(layer):
    expected, told = CONTRACT["layers"][layer.kind], layer.header()
    assert told.keys() == {*expected["needs"], *expected["defaults"]}
    for name, value in expected["defaults"].items():
        assert (list(told[name]) if isinstance(told[name], tuple) else told[name]) == value, name


def test_the_contract_names_every_kind_of_layer_and_no_other():
    assert [layer.kind for layer in EACH_KIND] == list(CONTRACT["layers"])
    of_the_module = {kind for member in vars(layers).values() if (kind := getattr(member, "kind", None))}
    assert of_the_module == set(CONTRACT["layers"])


def test_a_timeline_is_by_default_as_the_contract_says():
    told = Timeline("a", (0.0,), "t").header()
    assert told.keys() == {*CONTRACT["timeline"]["needs"], *CONTRACT["timeline"]["defaults"]}
    for name, value in CONTRACT["timeline"]["defaults"].items():
        assert (list(told[name]) if isinstance(told[name], tuple) else told[name]) == value, name


@pytest.mark.parametrize(
    ("group", "record"), [("drawing", Drawing), ("probing", Probing), ("status", Status)]
)
def test_a_group_is_by_default_as_the_contract_says(group, record):
    assert vars(record()) == CONTRACT["header"][group]


def test_hues_and_line_styles_are_those_of_the_contract_and_the_palette_has_the_hues():
    assert list(get_args(layers.Hue)) == CONTRACT["hues"]
    assert list(get_args(layers.LineStyle)) == CONTRACT["line_styles"]
    palette = json.loads((ASSETS / "palette.json").read_text(encoding="utf-8"))
    assert all(palette[theme].keys() >= set(CONTRACT["hues"]) for theme in ("light", "dark"))
    assert len(palette["classes"]) == len(CONTRACT["class_letters"]) == dataset.MAX_CLASSES


def test_flags_are_bits_of_one_byte_each_its_own():
    flags = list(CONTRACT["point_flags"].values())
    assert all(flag.bit_count() == 1 and flag < 256 for flag in flags) and len(set(flags)) == len(flags)
    assert tuple(flags) == (layers.HELD_OUT, layers.RINGED, layers.SAMPLED, layers.SUPPORTING)
    shapes = CONTRACT["particle_shapes"]
    assert [shapes[shape] for shape in (layers.DISC, layers.RING, layers.CROSS)] == ["disc", "ring", "cross"]


def test_the_lattice_fills_sixteen_bits_and_is_the_one_that_drawings_come_on():
    half_range, steps = CONTRACT["lattice"]["half_range"], CONTRACT["lattice"]["steps"]
    assert steps == np.iinfo(np.uint16).max and grid.HALF_WIDTH == CONTRACT["half_width"] < half_range
    places = np.array([[-half_range, half_range], [0.1, -3.999]])
    sent = Quantised.on_the_lattice(places)
    np.testing.assert_array_equal(sent.stored, drawn_points.quantise(places))
    np.testing.assert_allclose(sent.shift + sent.scale * sent.stored, drawn_points.restore(sent.stored))
    np.testing.assert_allclose(sent.scale, 2 * half_range / steps, rtol=1e-12)
