"""Ticks and their numbers, on the plane by itself; what is written at the axes stands inside and apart."""

import itertools
import random
import re

import numpy as np
import pytest

from pages.parts.text.written import written

pytestmark = pytest.mark.browser

THIN = "\u202f"
NAMES = [
    "x₁",
    "length",
    "a class of 24 letters...",
    "MMMMMMMMMMMMMMMMMMMMMMMM",
    "iiiiiiiiiiiiiiiiiiiiiiii",
    "كلمة طويلة من حروف كثيرة",
]
TICKS = """async (axes) => {
  const { ticks } = await import("/assets/plane/picture/ticks.js");
  return axes.map(ticks);
}"""


def axes_of_all_sizes():
    rng = random.Random(0)
    for _ in range(400):
        scale = 10 ** rng.uniform(-9, 9)
        yield {"name": "u", "shift": scale * rng.uniform(-20, 20), "scale": scale, "logarithmic": False}
    for _ in range(200):
        scale = 10 ** rng.uniform(-2, 1)
        yield {"name": "u", "shift": rng.uniform(-9, 9), "scale": scale, "logarithmic": True}


def read(text):
    """The number that a text says."""
    sign, text = (-1, text[1:]) if text[0] == "−" else (1, text)
    mantissa, power = re.fullmatch("(?:(.*)×)?10([⁻⁰-⁹¹²³]+)|.*", text).groups()
    if power:
        raised = power.translate(str.maketrans("⁻⁰¹²³⁴⁵⁶⁷⁸⁹", "-0123456789"))
        return sign * float(mantissa or 1) * 10.0 ** int(raised)
    return sign * float(text.replace(THIN, "").rstrip("kM")) * {"k": 1e3, "M": 1e6}.get(text[-1], 1)


def test_ticks_are_few_nice_numbers_that_say_what_they_are(harness):
    axes = list(axes_of_all_sizes())
    every = harness().page.evaluate(TICKS, axes)
    for axis, found in zip(axes, every, strict=True):
        values = np.array([tick["value"] for tick in found], dtype=float)
        assert 3 <= len(found) <= 8, (axis, values)
        on_the_plane = (np.log10(values) if axis["logarithmic"] else values) - axis["shift"]
        np.testing.assert_allclose([tick["at"] for tick in found], on_the_plane / axis["scale"], atol=1e-6)
        assert all(abs(tick["at"]) <= 4 for tick in found)
        told = [read(tick["text"]) for tick in found]
        np.testing.assert_allclose(told, values, rtol=1e-9, atol=1e-9 * axis["scale"])
        assert len({tick["text"] for tick in found}) == len(found)
        if not axis["logarithmic"]:
            steps = np.diff(values)
            np.testing.assert_allclose(steps, steps[0], rtol=1e-6)
            assert f"{steps[0]:.3e}"[:5] in ("1.000", "2.000", "5.000")
    many = sum(len(found) <= 5 for found in every) / len(every)
    assert many > 0.9, "three to five, but for a few"


COMMON = {
    (0, 1, False): ["−2", "0", "2"],
    (2010, 3, False): ["2000", "2005", "2010", "2015", "2020"],
    (250_000, 60_000, False): [f"{n}00{THIN}000" for n in range(1, 5)],
    (0, 5e8, False): ["−10⁹", "0", "10⁹"],
    (0, 4e5, False): ["−1M", "−500k", "0", "500k", "1M"],
    (0.5, 0.1, False): ["0.2", "0.4", "0.6", "0.8"],
    (2e-9, 5e-10, False): ["10⁻⁹", "2×10⁻⁹", "3×10⁻⁹"],
    (4, 0.5, True): ["1000", f"10{THIN}000", f"100{THIN}000"],
    (2, 0.15, True): ["50", "100", "200"],
    (3, 0.8, True): ["10", "100", "1000", f"10{THIN}000", f"100{THIN}000"],
}


def test_ticks_of_common_axes(harness):
    axes = [dict(zip(("shift", "scale", "logarithmic"), axis, strict=True), name="u") for axis in COMMON]
    found = harness().page.evaluate(TICKS, axes)
    assert [[tick["text"] for tick in ticks] for ticks in found] == list(COMMON.values())


def test_the_plane_and_the_sentences_write_numbers_alike(harness):
    rng = random.Random(1)
    numbers = [rng.choice((-1, 1)) * 10 ** rng.uniform(-12, 14) for _ in range(2000)]
    steps = [abs(number) * 10 ** rng.uniform(-6, 1) for number in numbers]
    script = """async (pairs) => {
      const { written } = await import("/assets/plane/picture/numbers.js");
      return pairs.map(([number, step]) => written([number], [step], 9)[0]);
    }"""
    on_the_plane = harness().page.evaluate(script, list(zip(numbers, steps, strict=True)))
    assert on_the_plane == [written(*pair) for pair in zip(numbers, steps, strict=True)]


PAINT = """async (pictures) => {
  const { paintAxes } = await import("/assets/plane/picture/axes.js");
  const { THEMES } = await import("/assets/plane/picture/theme.js");
  const context = document.createElement("canvas").getContext("2d");
  return pictures.map(([size, axes]) => {
    const boxes = [];
    context.fillText = (text, left, baseline) => {
      const { width, actualBoundingBoxAscent: up, actualBoundingBoxDescent: down }
        = context.measureText(text);
      boxes.push({ text, left, right: left + width, top: baseline - up, bottom: baseline + down });
    };
    paintAxes(context, axes, size, THEMES.light);
    return boxes;
  });
}"""


def test_what_is_written_at_the_axes_lies_inside_and_apart(harness):
    axes = [{**axis, "name": name} for name in NAMES for axis in list(axes_of_all_sizes())[::25]]
    pictures = [[size, [axis, axis]] for size in (280, 360, 440, 560) for axis in axes]
    for (size, _), boxes in zip(pictures, harness().page.evaluate(PAINT, pictures), strict=True):
        assert len(boxes) >= 2 + 2 + 2, "two names, and two numbers at each axis"
        for box in boxes:
            assert min(box["left"], box["top"]) >= 0 and max(box["right"], box["bottom"]) <= size, box
        for a, b in itertools.combinations(boxes, 2):
            beside = a["right"] <= b["left"] or b["right"] <= a["left"]
            assert beside or a["bottom"] <= b["top"] or b["bottom"] <= a["top"], (a, b)
