"""Scenes and their layers, as they arrive in the browser."""

import numpy as np
import pytest

from paradigms.data.tables.transform import Axis, Transform
from paradigms.data.tables.units import Units
from paradigms.scene.layers import (
    DENSITY_FLOOR,
    HELD_OUT,
    RINGED,
    Arrows,
    Boundary,
    Contour,
    Density,
    Particles,
    Points,
    Probability,
    Probe,
)
from paradigms.scene.message import packed
from paradigms.scene.scene import Drawing, Picture, Probing, Scene, Status
from paradigms.scene.timeline import Curve, Timeline

RNG = np.random.default_rng(0)
POINT_STEP = 16 / 65_535


def message_of(*layers, **about):
    return packed(Scene("draw", Picture("A picture.", layers, ("A", "B"), **about)))


@pytest.fixture
def seen(read_scene):
    """``seen(*layers, **about)``: the picture of such a scene as the browser has it."""
    return lambda *layers, **about: read_scene(message_of(*layers, **about))["picture"]


def test_the_header_says_everything_about_the_plane(read_scene):
    scene = Scene(
        "draw",
        Picture("A picture.", class_names=("A", "dog")),
        Drawing(draw=True, drawn=True, revision=3, origin=2, commit="abc"),
        Probing(probe=True, answer="No function."),
        Status(dimmed="No model.", status="It learns.", busy=True, reveal=4),
    )
    assert read_scene(packed(scene)) == {
        "name": "draw",
        "picture": {
            "alt": "A picture.",
            "class_names": ["A", "dog", "C", "D"],
            "axes": [
                {"name": name, "shift": 0.0, "scale": 1.0, "logarithmic": False} for name in ("x₁", "x₂")
            ],
            "units": None,
            "layers": [],
            "timeline": None,
        },
        "drawing": {"draw": True, "drawn": True, "revision": 3, "origin": 2, "commit": "abc"},
        "probing": {"probe": True, "answer": "No function."},
        "status": {"dimmed": "No model.", "status": "It learns.", "busy": True, "reveal": 4},
    }


def test_what_is_as_by_default_is_not_sent(read_message):
    assert read_message(packed(Scene("truth", Picture("")))) == {"name": "truth"}
    layers, timeline = (Points(np.zeros((1, 2)), np.zeros(1)),), Timeline("a", (0.0,), "t")
    (layer,) = read_message(message_of(*layers))["picture"]["layers"]
    assert layer.keys() == {"kind", "xy", "slots"}
    told = read_message(message_of(timeline=timeline))["picture"]["timeline"]
    assert told.keys() == {"id", "frames", "times", "time_label"}


def test_the_axes_are_those_of_the_table(seen):
    units = Units("length", "income", "kind", Transform(Axis(5.8, 0.5), Axis(4.0, 0.4, True)))
    header = seen(units=units)
    assert header["axes"] == [
        {"name": "length", "shift": 5.8, "scale": 0.5, "logarithmic": False},
        {"name": "income", "shift": 4.0, "scale": 0.4, "logarithmic": True},
    ]
    assert Units.from_json(header["units"]) == units, "for the browser to keep"


def test_layers_arrive_in_the_order_they_are_drawn(seen):
    layers = (
        Probability(np.full((4, 4, 2), 0.5), (0, 1)),
        Density(np.zeros((4, 4))),
        Contour("density", (-1.0,), "distribution", "thin"),
        Boundary("probability", "function", "dashed"),
        Points(np.zeros((1, 2)), np.zeros(1)),
        Arrows(np.zeros((1, 2)), np.ones((1, 2)), "truth"),
        Particles(np.zeros((1, 1, 2))),
        Probe((1.0, 2.0)),
    )
    kinds = [layer["kind"] for layer in seen(*layers)["layers"]]
    assert kinds == [
        "probability",
        "density",
        "contour",
        "boundary",
        "points",
        "arrows",
        "particles",
        "probe",
    ]


def test_probability_has_one_channel_a_class_and_keeps_its_lowest_row_first(seen):
    values = RNG.dirichlet([1, 1, 1], size=(5, 4))  # (H, W, K)
    (layer,) = seen(Probability(values, (0, 2, 3), id="p"))["layers"]
    assert layer["slots"] == [0, 2, 3]
    assert layer["values"].shape == (3, 5, 4)
    for channel in range(3):
        np.testing.assert_allclose(layer["values"][channel], values[..., channel], rtol=0, atol=1 / 65_535)


def test_density_is_exact_near_its_peak_and_floored_far_below(seen):
    values = np.array([[2.0, -3.5], [2.0 - DENSITY_FLOOR, -1e9]])
    (layer,) = seen(Density(values))["layers"]
    expected = [[2.0, -3.5], [2.0 - DENSITY_FLOOR, 2.0 - DENSITY_FLOOR]]
    np.testing.assert_allclose(layer["values"], expected, rtol=0, atol=DENSITY_FLOOR / 65_535)


def test_a_density_that_underflowed_still_makes_a_picture(seen):
    (layer,) = seen(Density(np.array([[0.0, -np.inf]])))["layers"]
    np.testing.assert_allclose(layer["values"], [[0.0, -DENSITY_FLOOR]], atol=1e-9)


def test_points_keep_their_place_class_and_flags(seen):
    xy = RNG.uniform(-8, 8, size=(50, 2))
    class_indices, flags = RNG.integers(0, 4, 50), RNG.choice([0, HELD_OUT, HELD_OUT | RINGED], 50)
    (layer,) = seen(Points(xy, class_indices, flags))["layers"]
    np.testing.assert_allclose(layer["xy"], xy, rtol=0, atol=POINT_STEP / 2 * 1.0001)
    np.testing.assert_array_equal(layer["slots"], class_indices)
    np.testing.assert_array_equal(layer["flags"], flags)


def test_one_flag_serves_for_all_points_and_no_points_are_points_too(seen):
    (layer,) = seen(Points(np.zeros((3, 2)), np.zeros(3), 4))["layers"]
    assert layer["flags"].tolist() == [4, 4, 4]
    (layer,) = seen(Points(np.zeros((0, 2)), np.zeros(0)))["layers"]
    assert layer["xy"].shape == (0, 2)


def test_drawn_points_and_shown_points_share_their_lattice(seen):
    # What the browser sends back after a drawing must be the same place to the last bit.
    from paradigms.data import drawn_points

    X, class_indices = drawn_points.unpack(drawn_points.pack(RNG.uniform(-4, 4, (100, 2)), np.zeros(100)))
    (layer,) = seen(Points(X, class_indices))["layers"]
    np.testing.assert_allclose(layer["xy"], X, rtol=0, atol=1e-12)


def test_particles_and_the_fields_behind_them(seen):
    positions = RNG.uniform(-5, 5, size=(6, 10, 2))
    fields = RNG.uniform(0, 1, size=(3, 4, 4))
    particles = Particles(positions, RNG.integers(0, 2, 10), fields, (0, 0, 1, 1, 2, 2))
    (layer,) = seen(particles)["layers"]
    np.testing.assert_allclose(layer["positions"], positions, rtol=0, atol=POINT_STEP / 2 * 1.0001)
    # The browser looks the byte itself up in a table of 256 colours.
    np.testing.assert_allclose(layer["fields"]["values"] / 255, fields, rtol=0, atol=0.5001 / 255)
    assert layer["fields"]["frame"] == [0, 0, 1, 1, 2, 2]


def test_arrows_arrive_as_floats(seen):
    xy, uv = RNG.normal(size=(4, 2)), RNG.normal(size=(4, 2))
    (layer,) = seen(Arrows(xy, uv, "distribution"))["layers"]
    np.testing.assert_array_equal(layer["xy"], xy.astype(np.float32))
    np.testing.assert_array_equal(layer["uv"], uv.astype(np.float32))


def test_a_timeline_has_one_time_a_frame(seen):
    timeline = Timeline(
        "langevin 1",
        (0.0, 0.5, 1.0),
        "time",
        curve=Curve("σ", (3.0, 2.0, 1.0), log=True),
        captions=((0, "in"), (2, "out")),
        marks=((1, "turn"),),
    )
    header = seen(timeline=timeline)["timeline"]
    assert (header["id"], header["frames"], header["times"]) == ("langevin 1", 3, [0.0, 0.5, 1.0])
    assert header["curve"] == {"label": "σ", "values": [3.0, 2.0, 1.0], "log": True}
    assert header["captions"] == [[0, "in"], [2, "out"]] and header["marks"] == [[1, "turn"]]
    assert seen(timeline=Timeline("a", (0.0,), "t"))["timeline"]["curve"] is None
