"""Numbers as people write them."""

import pytest

from pages.parts.text.places import spread, told
from pages.parts.text.written import written
from paradigms.data.tables.transform import Axis, Transform
from paradigms.data.tables.units import Units


@pytest.mark.parametrize(
    "number, step, text",
    [
        (3.5, 0.05, "3.50"),
        (-0.5, 0.05, "−0.50"),
        (-0.001, 0.05, "0.00"),
        (2012.4, 0.5, "2012.4"),
        (12_345.6, 1, "12\u202f346"),
        (260_912, 2_000, "261\u202f000"),
        (123_456_789, 1, "123\u202f456\u202f789"),
        (1_234_567_890, 1e7, "1.23×10⁹"),
        (1.234e-9, 1e-11, "1.23×10⁻⁹"),
        (-4.8e-9, 1e-10, "−4.8×10⁻⁹"),
        (0.0, 1e-9, "0"),
        (9.996e9, 1e8, "10¹⁰"),
        (float("inf"), 1, "∞"),
        (float("-inf"), 1, "−∞"),
    ],
)
def test_each_number_is_written_to_what_it_is_worth(number, step, text):
    assert written(number, step) == text


def test_a_place_is_told_in_the_names_and_numbers_of_the_table():
    units = Units("length", "income", None, Transform(Axis(5.8, 0.5), Axis(4.0, 0.4, True)))
    assert told((-1.4, 0.0), units) == ("length 5.10", "income 10\u202f000")
    assert told((0.8, -1.2), None) == ("0.80", "−1.20")


def test_mean_and_deviation_are_scaled_and_of_the_logarithm_where_it_stands_on_the_axis():
    assert spread(Axis(), 0.5, 0.25) == "0.50 ± 0.25"
    assert spread(Axis(170.0, 10.0), 0.5, 0.25) == "175.0 ± 2.5"
    assert spread(Axis(4.0, 0.4, True), 0.5, 0.25) == "4.200 ± 0.100"
