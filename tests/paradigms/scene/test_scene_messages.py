"""Scenes and their layers, as they arrive in the browser."""

import numpy as np

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
from paradigms.scene.scene import Scene, Timeline

RNG = np.random.default_rng(0)
POINT_STEP = 16 / 65_535


def message_of(*layers, **settings):
    return Scene("draw", "A picture.", layers, ("A", "B"), revision=3, **settings).to_bytes()


def test_the_header_says_everything_about_the_plane(read_message):
    header = read_message(
        message_of(
            origin=2, commit="abc", drawn=True, draw=True, probe=True, dimmed="No model.", reveal=4, limit=70
        )
    )
    assert header.pop("classes") == [{"name": name} for name in "ABCD"]
    assert header == {
        "name": "draw",
        "alt": "A picture.",
        "revision": 3,
        "origin": 2,
        "commit": "abc",
        "drawn": True,
        "draw": True,
        "probe": True,
        "dimmed": "No model.",
        "answer": None,
        "status": "",
        "busy": False,
        "reveal": 4,
        "limit": 70,
        "axes": [{"name": name, "shift": 0.0, "scale": 1.0, "logarithmic": False} for name in ("x₁", "x₂")],
        "units": None,
        "layers": [],
        "timeline": None,
    }


def test_the_axes_are_those_of_the_table(read_message):
    units = Units("length", "income", "kind", Transform(Axis(5.8, 0.5), Axis(4.0, 0.4, True)))
    header = read_message(message_of(units=units))
    assert header["axes"] == [
        {"name": "length", "shift": 5.8, "scale": 0.5, "logarithmic": False},
        {"name": "income", "shift": 4.0, "scale": 0.4, "logarithmic": True},
    ]
    assert Units.from_json(header["units"]) == units, "for the browser to keep"


def test_layers_arrive_in_the_order_they_are_drawn(read_message):
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
    kinds = [layer["kind"] for layer in read_message(message_of(*layers))["layers"]]
    assert kinds == [
        "probability", "density", "contour", "boundary", "points", "arrows", "particles", "probe",
    ]  # fmt: skip


def test_probability_has_one_channel_a_class_and_keeps_its_lowest_row_first(read_message):
    values = RNG.dirichlet([1, 1, 1], size=(5, 4))  # (H, W, K)
    (layer,) = read_message(message_of(Probability(values, (0, 2, 3), id="p")))["layers"]
    assert layer["slots"] == [0, 2, 3]
    assert layer["values"].shape == (3, 5, 4)
    for channel in range(3):
        np.testing.assert_allclose(layer["values"][channel], values[..., channel], rtol=0, atol=1 / 65_535)


def test_density_is_exact_near_its_peak_and_floored_far_below(read_message):
    values = np.array([[2.0, -3.5], [2.0 - DENSITY_FLOOR, -1e9]])
    (layer,) = read_message(message_of(Density(values)))["layers"]
    expected = [[2.0, -3.5], [2.0 - DENSITY_FLOOR, 2.0 - DENSITY_FLOOR]]
    np.testing.assert_allclose(layer["values"], expected, rtol=0, atol=DENSITY_FLOOR / 65_535)


def test_a_density_that_underflowed_still_makes_a_picture(read_message):
    (layer,) = read_message(message_of(Density(np.array([[0.0, -np.inf]]))))["layers"]
    np.testing.assert_allclose(layer["values"], [[0.0, -DENSITY_FLOOR]], atol=1e-9)


def test_points_keep_their_place_class_and_flags(read_message):
    xy = RNG.uniform(-8, 8, size=(50, 2))
    slots, flags = RNG.integers(0, 4, 50), RNG.choice([0, HELD_OUT, HELD_OUT | RINGED], 50)
    (layer,) = read_message(message_of(Points(xy, slots, flags)))["layers"]
    np.testing.assert_allclose(layer["xy"], xy, rtol=0, atol=POINT_STEP / 2 * 1.0001)
    np.testing.assert_array_equal(layer["slots"], slots)
    np.testing.assert_array_equal(layer["flags"], flags)


def test_one_flag_serves_for_all_points_and_no_points_are_points_too(read_message):
    (layer,) = read_message(message_of(Points(np.zeros((3, 2)), np.zeros(3), 4)))["layers"]
    assert layer["flags"].tolist() == [4, 4, 4]
    (layer,) = read_message(message_of(Points(np.zeros((0, 2)), np.zeros(0))))["layers"]
    assert layer["xy"].shape == (0, 2)


def test_drawn_points_and_shown_points_share_their_lattice(read_message):
    # What the browser sends back after a drawing must be the same place to the last bit.
    from paradigms.data import drawn_points

    X, slots = drawn_points.unpack(drawn_points.pack(RNG.uniform(-4, 4, (100, 2)), np.zeros(100)))
    (layer,) = read_message(message_of(Points(X, slots)))["layers"]
    np.testing.assert_allclose(layer["xy"], X, rtol=0, atol=1e-12)


def test_particles_and_the_fields_behind_them(read_message):
    positions = RNG.uniform(-5, 5, size=(6, 10, 2))
    fields = RNG.uniform(0, 1, size=(3, 4, 4))
    particles = Particles(positions, RNG.integers(0, 2, 10), fields, (0, 0, 1, 1, 2, 2))
    (layer,) = read_message(message_of(particles))["layers"]
    np.testing.assert_allclose(layer["positions"], positions, rtol=0, atol=POINT_STEP / 2 * 1.0001)
    # The browser looks the byte itself up in a table of 256 colours.
    np.testing.assert_allclose(layer["fields"]["values"] / 255, fields, rtol=0, atol=0.5001 / 255)
    assert layer["fields"]["frame"] == [0, 0, 1, 1, 2, 2]


def test_arrows_arrive_as_floats(read_message):
    xy, uv = RNG.normal(size=(4, 2)), RNG.normal(size=(4, 2))
    (layer,) = read_message(message_of(Arrows(xy, uv, "distribution")))["layers"]
    np.testing.assert_array_equal(layer["xy"], xy.astype(np.float32))
    np.testing.assert_array_equal(layer["uv"], uv.astype(np.float32))


def test_a_timeline_has_one_time_a_frame(read_message):
    timeline = Timeline(
        "langevin 1", (0.0, 0.5, 1.0), "time", curve_label="σ", curve=(3.0, 2.0, 1.0), curve_is_log=True,
        captions=((0, "in"), (2, "out")), marks=((1, "turn"),),
    )  # fmt: skip
    header = read_message(message_of(timeline=timeline))["timeline"]
    assert (header["id"], header["frames"], header["times"]) == ("langevin 1", 3, [0.0, 0.5, 1.0])
    assert header["curve"] == {"label": "σ", "values": [3.0, 2.0, 1.0], "log": True}
    assert header["captions"] == [[0, "in"], [2, "out"]] and header["marks"] == [[1, "turn"]]
    assert read_message(message_of(timeline=Timeline("a", (0.0,), "t")))["timeline"]["curve"] is None
