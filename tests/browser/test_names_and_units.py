"""Names and units of a table on the plane by itself: ticks, palette, undo, reload; and the Move tool."""

import base64
import itertools
import json
import random
import re

import numpy as np
import pytest

from pages.parts.text.written import written

pytestmark = pytest.mark.browser

THIN = "\u202f"
NAMES = [
    "a class of 24 letters...",
    "MMMMMMMMMMMMMMMMMMMMMMMM",
    "iiiiiiiiiiiiiiiiiiiiiiii",
    "كلمة طويلة من حروف كثيرة",
]
LENGTH = {"name": "length", "shift": 5.8, "scale": 0.5, "logarithmic": False}
INCOME = {"name": "income", "shift": 4.0, "scale": 0.4, "logarithmic": True}
UNITS = {
    "x": "length", "y": "income", "label": "kind",
    "transform": {"x": {k: LENGTH[k] for k in ("shift", "scale", "logarithmic")},
                  "y": {k: INCOME[k] for k in ("shift", "scale", "logarithmic")}},
}  # fmt: skip
TABLE = {
    "revision": 1, "origin": 1, "drawn": True, "units": UNITS, "axes": [LENGTH, INCOME],
    "class_names": ["cat", "dog", "C", "D"],
}  # fmt: skip


@pytest.fixture
def harness(browser, repository):
    """``harness(width)``: planes without Streamlit, none of them there yet."""
    opened = []

    def come(width=390, height=844):
        page = browser.new_page(viewport={"width": width, "height": height})
        page.problems = []
        page.on("pageerror", lambda error: page.problems.append(str(error)))
        page.goto(f"{repository}/tests/browser/plane_harness/index.html?show=")
        page.wait_for_selector("body[data-ready]", state="attached")
        opened.append(page)
        return page

    yield come
    for page in opened:
        assert page.problems == []
        page.close()


def show(page, header, points=None):
    """The drawing plane with that header; points are (x, y, class index)."""
    page.evaluate(
        """([header, points]) => {
          points = points.map(([x, y, slot]) => ({ x, y, slot, flags: 0 }));
          mount("draw", scenes.draw({ points, ...header }));
        }""",
        [header, points or [(0, 0, 0), (1, 1, 1)]],
    )
    page.wait_for_function("JSON.parse(document.querySelector('.plane').dataset.state).painted > 0")


def sent(page):
    return page.evaluate("sent.at(-1).value")


def palette(page):
    return page.locator(".plane-class-name").all_inner_texts()


def said(page, key):
    page.locator(".plane-stage").focus()
    page.keyboard.press(key)
    return page.locator(".plane [aria-live]").inner_text().replace("\xa0", "")


# Ticks

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
    every = harness().evaluate(TICKS, axes)
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
    found = harness().evaluate(TICKS, axes)
    assert [[tick["text"] for tick in ticks] for ticks in found] == list(COMMON.values())


def test_the_plane_and_the_sentences_write_numbers_alike(harness):
    rng = random.Random(1)
    numbers = [rng.choice((-1, 1)) * 10 ** rng.uniform(-12, 14) for _ in range(2000)]
    steps = [abs(number) * 10 ** rng.uniform(-6, 1) for number in numbers]
    script = """async (pairs) => {
      const { written } = await import("/assets/plane/picture/numbers.js");
      return pairs.map(([number, step]) => written([number], [step], 9)[0]);
    }"""
    on_the_plane = harness().evaluate(script, list(zip(numbers, steps, strict=True)))
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


@pytest.mark.parametrize("name", ["x₁", "length", *NAMES])
def test_what_is_written_at_the_axes_lies_inside_and_apart(harness, name):
    axes = [{**axis, "name": name} for axis in list(axes_of_all_sizes())[::25]]
    pictures = [[size, [axis, axis]] for size in (280, 360, 440, 560) for axis in axes]
    for (size, _), boxes in zip(pictures, harness().evaluate(PAINT, pictures), strict=True):
        assert len(boxes) >= 2 + 2 + 2, "two names, and two numbers at each axis"
        for box in boxes:
            assert min(box["left"], box["top"]) >= 0 and max(box["right"], box["bottom"]) <= size, box
        for a, b in itertools.combinations(boxes, 2):
            beside = a["right"] <= b["left"] or b["right"] <= a["left"]
            assert beside or a["bottom"] <= b["top"] or b["bottom"] <= a["top"], (a, b)


# Palette, read-outs, announcements


def test_a_place_is_said_in_the_tables_numbers(harness):
    page = harness(700)
    show(page, TABLE)
    # 5.8 + 0.5 · 0.1 and 10^4; the next place to the right is a twentieth further
    assert said(page, "ArrowRight").startswith("length 5.85, income 10\u202f000")
    assert "length 5.90" in said(page, "ArrowRight"), "a step of the keyboard is a tenth of a plane unit"
    assert "income 11\u202f000" in said(page, "ArrowUp"), "10^(4 + 0.4 · 0.1)"
    assert said(page, "2") == "Class dog"
    page.locator('[data-tool="point"] input').check()  # and the cursor goes, and comes back in the middle
    assert said(page, "Space").startswith("Point dog placed at length 5.80, income 10\u202f000")
    box = page.locator(".plane-stage").bounding_box()
    page.mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    readout = page.locator(".plane-readout")
    assert re.fullmatch(r"length 5\.(79|80|81), income (9|10\u202f)[0-9]00", readout.inner_text())
    help_text = page.locator(".plane [id$=help]").inner_text()
    assert "length from 3.80 to 7.80, upwards income from 250 to 400\u202f000" in help_text


def test_without_a_table_a_place_is_said_in_plane_units(harness):
    page = harness()
    show(page, {})
    assert said(page, "ArrowLeft") == "−0.1, 0.0"
    assert said(page, "3") == "Class C" and palette(page) == ["A", "B", "C", "D"]


def test_a_field_names_the_class(harness):
    page = harness(700)
    page.evaluate("(header) => mount('function', scenes.fun(header))", {**TABLE, "revision": 0})
    assert "p(cat|x)" in said(page, "ArrowRight") and "p(A|x)" not in said(page, "ArrowRight")


@pytest.mark.parametrize("names", [NAMES, ["cat", "dog", "C", "D"]])
def test_the_palette_shows_names_and_fits_a_phone(harness, names):
    page = harness(390)
    show(page, {**TABLE, "class_names": names})
    assert palette(page) == names
    plane = page.locator(".plane").bounding_box()
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    for class_index, name in enumerate(names):
        button = page.locator(f'label[data-class="{class_index}"]')
        assert button.get_attribute("title") == f"Class {name}"
        assert button.locator("input").get_attribute("aria-label") == f"Class {name}"
        box = button.bounding_box()
        assert box["x"] >= plane["x"] and box["x"] + box["width"] <= plane["x"] + plane["width"] + 0.5
        assert box["height"] < 50 and button.locator(".plane-class-name").bounding_box()["width"] > 8


# Undo and redo across an import, and a reload


def test_undo_and_redo_bring_names_and_units_along_at_once(harness):
    page = harness(700)
    show(page, {})
    show(page, TABLE, [(2, 2, 0), (-1, 1, 1), (3, 0, 1)])
    assert palette(page) == ["cat", "dog", "C", "D"]
    for tool, names, place, origin, units in (
        ("undo", ["A", "B", "C", "D"], "0.1, 0.0", 0, None),
        ("redo", ["cat", "dog", "C", "D"], "length 5.85, income 10\u202f000", 1, UNITS),
    ):
        page.locator(f'[data-tool="{tool}"]').click()
        assert palette(page) == names, "before there is any answer"
        assert said(page, "ArrowRight") == place
        assert (sent(page)["origin"], sent(page)["units"], sent(page)["class_names"]) == (
            origin,
            units,
            names,
        )


def test_the_server_has_the_last_word_on_names(harness):
    page = harness(700)
    show(page, {})
    show(page, TABLE)
    page.locator('[data-tool="undo"]').click()
    commit = sent(page)["commit"]
    other = {
        "revision": 2,
        "commit": commit,
        "drawn": True,
        "class_names": ["E", "F", "C", "D"],
    }
    show(page, other)
    assert palette(page) == ["E", "F", "C", "D"]


def reloaded(page):
    page.reload()
    page.wait_for_selector("body[data-ready]", state="attached")
    return page


def test_a_reload_keeps_names_and_units(harness):
    page = harness(700)
    show(page, TABLE, [(2, 2, 0), (-1, 1, 1)])
    show(reloaded(page), {})
    assert palette(page) == ["cat", "dog", "C", "D"], "before there is any answer"
    snapshot = sent(page)
    assert (
        snapshot["restored"] and snapshot["units"] == UNITS and snapshot["class_names"][:2] == ["cat", "dog"]
    )
    assert said(page, "ArrowRight") == "length 5.85, income 10\u202f000"
    page.locator('[data-tool="undo"]').click()
    assert palette(page) == ["A", "B", "C", "D"] and sent(page)["units"] is None, "what was there before them"
    assert sent(page)["origin"] == 0
    page.locator('[data-tool="redo"]').click()
    assert palette(page)[:2] == ["cat", "dog"] and sent(page)["units"] == UNITS
    assert sent(page)["origin"] == -1, "the number was another session's"


def test_another_session_on_the_server_does_not_mistake_its_own_numbers_for_ours(harness):
    page = harness(700)
    show(page, {})
    show(page, TABLE, [(2, 2, 0), (-1, 1, 1)])
    show(
        page,
        {**TABLE, "revision": 2, "origin": 2, "units": None, "class_names": [], "axes": None, "drawn": False},
    )
    page.evaluate("sessionStorage.clear()")
    show(page, {}, [(3, 3, 0)])  # a server that was started again
    for _ in range(2):
        page.locator('[data-tool="undo"]').click()
    assert palette(page)[:2] == ["cat", "dog"]
    assert (sent(page)["origin"], sent(page)["units"]) == (-1, UNITS)


# The Move tool


def moved(page, points, start, end, radius=1.5):
    """The points after a stroke of the Move tool, in plane units."""
    show(page, {}, points)
    page.locator('label[data-tool="move"]').click()
    page.locator('[name="size"]').fill(str(radius))
    box = page.locator(".plane-stage").bounding_box()
    pixel = [
        (box["x"] + (x + 4) / 8 * box["width"], box["y"] + (4 - y) / 8 * box["height"])
        for x, y in (start, end)
    ]
    page.mouse.move(*pixel[0])
    page.mouse.down()
    page.mouse.move(*pixel[1], steps=8)
    page.mouse.up()
    kept = json.loads(page.evaluate("sessionStorage.getItem('two-souls.plane.draw')"))
    return np.frombuffer(base64.b64decode(kept["xy"]), dtype="<u2").reshape(-1, 2) * (16 / 65_535) - 8


@pytest.mark.parametrize("end", [(3.9, 0), (-3.9, 0), (0, 3.9), (3.9, 3.9)])
def test_a_cloud_that_is_pushed_over_the_edge_keeps_its_shape(harness, end):
    cloud = np.clip(np.random.default_rng(0).normal(0, 0.35, (200, 2)), -1, 1)
    after = moved(harness(700), [(*at, 0) for at in cloud.tolist()], (0, 0), end)
    np.testing.assert_allclose(after.std(axis=0), cloud.std(axis=0), atol=2e-4)
    np.testing.assert_allclose(after - after[0], cloud - cloud[0], atol=5e-4)
    assert np.abs(after).max() == pytest.approx(4, abs=3e-4), "the first of them is at the edge"


def test_a_cloud_slides_along_the_edge(harness):
    after = moved(harness(700), [(0, 0, 0), (1, 0, 0)], (0.5, 0), (3.9, 2))
    np.testing.assert_allclose(after, [[3, 2], [4, 2]], atol=0.02)


# With the app round it

CATS = "length,width,kind\n" + "\n".join(
    f"{40 + 7 * i % 31},{100 + 13 * i % 71},{'dog' if i % 2 else 'cat'}" for i in range(60)
)


def imported(visitor):
    """A visitor who has pasted a table of cats and dogs: 40 to 70 long, 100 to 170 wide."""
    visitor.press("table")
    visitor.page.locator(".st-key-csv_text textarea").fill(CATS)
    visitor.page.keyboard.press("Control+Enter")
    visitor.page.locator(".st-key-csv_use button").click()
    assert visitor.until_all_show(1) == 60
    return visitor


def speak_of_the_table(visitor):
    """Whether axes, palette and read-outs of all planes speak of cats and dogs, lengths and widths."""
    draw, function, _ = visitor.planes
    helps = [plane.root.locator("[id$=help]").inner_text() for plane in visitor.planes]
    if not all("length from 37.9 to 72.1, upwards width from 95.1 to 173.9" in text for text in helps):
        return False
    function.look().stage.hover()
    readout = function.root.locator(".plane-readout").inner_text()
    names = draw.root.locator(".plane-class-name").all_inner_texts()
    says = re.search(r"length 5[45]\.\d", readout) and "p(cat|x)" in readout
    return says and names == ["cat", "dog", "C", "D"]


def test_names_and_units_live_through_undo_a_change_of_page_and_a_reload(desk):
    imported(desk)
    desk.until(lambda: speak_of_the_table(desk))
    draw = desk.plane("draw").look()
    draw.tool("undo").click()
    assert desk.until_all_show(2) == 400
    letters = draw.root.locator(".plane-class-name")
    assert letters.all_inner_texts() == ["A", "B", "C", "D"]
    assert "length" not in desk.plane("function").root.locator("[id$=help]").inner_text()
    draw.tool("redo").click()
    assert desk.until_all_show(3) == 60
    desk.until(lambda: speak_of_the_table(desk))
    desk.page.reload()
    desk.wait_for_planes()
    assert desk.until_all_show(0) == 60, "the address has them, and a session begins with what that says"
    desk.until(lambda: speak_of_the_table(desk))
    desk.press("back_to_preset")
    assert desk.until_all_show(1) == 400
    assert letters.all_inner_texts() == ["A", "B", "C", "D"], "the preset's own names, not the table's"


def test_what_is_asked_is_answered_in_the_tables_words(desk):
    imported(desk).plane("function").look().stroke((0, 0))
    desk.until(lambda: re.search(r"At \(length 5[45]\.\d, width 13[45]", desk.text("probe")))
    assert re.search(r"says (cat|dog)|first guess, (cat|dog)", desk.text("probe"))


def test_four_long_names_fit_a_telephone(phone):
    rows = "\n".join(f"{i % 17},{i * 7 % 23},{NAMES[i % 4]}" for i in range(80))
    phone.press("table")
    phone.page.locator(".st-key-csv_text textarea").fill(f"length,width,kind\n{rows}")
    phone.page.keyboard.press("Control+Enter")
    phone.page.locator(".st-key-csv_use button").click()
    phone.until_all_show(1)
    names = phone.plane("draw").look().root.locator(".plane-class-name")
    assert sorted(names.all_inner_texts()) == sorted(NAMES)
    boxes = [names.nth(class_index).bounding_box() for class_index in range(4)]
    assert all(box["x"] >= 0 and box["x"] + box["width"] <= 390 and box["width"] > 20 for box in boxes)
    main = "document.querySelector('[data-testid=stMain]')"
    assert phone.page.evaluate(f"{main}.scrollWidth - {main}.clientWidth") <= 0
