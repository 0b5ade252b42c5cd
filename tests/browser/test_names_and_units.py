"""Names and units of a table: palette, read-outs, undo and reload, on the plane by itself and in the app."""

import re

import pytest

pytestmark = pytest.mark.browser

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


# Palette, read-outs, announcements


def test_a_place_is_said_in_the_tables_numbers(harness):
    alone = harness(700)
    alone.show(TABLE)
    # 5.8 + 0.5 · 0.1 and 10^4; the next place to the right is a twentieth further
    assert alone.said("ArrowRight").startswith("length 5.85, income 10\u202f000")
    assert "length 5.90" in alone.said("ArrowRight"), "a step of the keyboard is a tenth of a plane unit"
    assert "income 11\u202f000" in alone.said("ArrowUp"), "10^(4 + 0.4 · 0.1)"
    assert alone.said("2") == "Class dog"
    alone.page.locator('[data-tool="point"] input').check()  # the cursor goes, and comes back in the middle
    assert alone.said("Space").startswith("Point dog placed at length 5.80, income 10\u202f000")
    box = alone.page.locator(".plane-stage").bounding_box()
    alone.page.mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    readout = alone.page.locator(".plane-readout")
    assert re.fullmatch(r"length 5\.(79|80|81), income (9|10\u202f)[0-9]00", readout.inner_text())
    help_text = alone.page.locator(".plane [id$=help]").inner_text()
    assert "length from 3.80 to 7.80, upwards income from 250 to 400\u202f000" in help_text


def test_without_a_table_a_place_is_said_in_plane_units(harness):
    alone = harness()
    alone.show({})
    assert alone.said("ArrowLeft") == "−0.1, 0.0"
    assert alone.said("3") == "Class C" and alone.palette == ["A", "B", "C", "D"]


def test_a_field_names_the_class(harness):
    alone = harness(700)
    alone.page.evaluate("(header) => mount('function', scenes.fun(header))", {**TABLE, "revision": 0})
    assert "p(cat|x)" in alone.said("ArrowRight") and "p(A|x)" not in alone.said("ArrowRight")


@pytest.mark.parametrize("names", [NAMES, ["cat", "dog", "C", "D"]])
def test_the_palette_shows_names_and_fits_a_phone(harness, names):
    alone = harness(390)
    alone.show({**TABLE, "class_names": names})
    assert alone.palette == names
    plane = alone.page.locator(".plane").bounding_box()
    assert alone.page.evaluate("document.documentElement.scrollWidth") <= 390
    for class_index, name in enumerate(names):
        button = alone.page.locator(f'label[data-class="{class_index}"]')
        assert button.get_attribute("title") == f"Class {name}"
        assert button.locator("input").get_attribute("aria-label") == f"Class {name}"
        box = button.bounding_box()
        assert box["x"] >= plane["x"] and box["x"] + box["width"] <= plane["x"] + plane["width"] + 0.5
        assert box["height"] < 50 and button.locator(".plane-class-name").bounding_box()["width"] > 8


# Undo and redo across an import, and a reload


def test_undo_and_redo_bring_names_and_units_along_at_once(harness):
    alone = harness(700)
    alone.show({})
    alone.show(TABLE, [(2, 2, 0), (-1, 1, 1), (3, 0, 1)])
    assert alone.palette == ["cat", "dog", "C", "D"]
    for tool, names, place, origin, units in (
        ("undo", ["A", "B", "C", "D"], "0.1, 0.0", 0, None),
        ("redo", ["cat", "dog", "C", "D"], "length 5.85, income 10\u202f000", 1, UNITS),
    ):
        alone.page.locator(f'[data-tool="{tool}"]').click()
        assert alone.palette == names, "before there is any answer"
        assert alone.said("ArrowRight") == place
        assert (alone.sent["origin"], alone.sent["units"], alone.sent["class_names"]) == (
            origin,
            units,
            names,
        )


def test_the_server_has_the_last_word_on_names(harness):
    alone = harness(700)
    alone.show({})
    alone.show(TABLE)
    alone.page.locator('[data-tool="undo"]').click()
    commit = alone.sent["commit"]
    other = {
        "revision": 2,
        "commit": commit,
        "drawn": True,
        "class_names": ["E", "F", "C", "D"],
    }
    alone.show(other)
    assert alone.palette == ["E", "F", "C", "D"]


def test_a_reload_keeps_names_and_units(harness):
    alone = harness(700)
    alone.show(TABLE, [(2, 2, 0), (-1, 1, 1)])
    alone.reload()
    alone.show({})
    assert alone.palette == ["cat", "dog", "C", "D"], "before there is any answer"
    snapshot = alone.sent
    assert (
        snapshot["restored"] and snapshot["units"] == UNITS and snapshot["class_names"][:2] == ["cat", "dog"]
    )
    assert alone.said("ArrowRight") == "length 5.85, income 10\u202f000"
    alone.page.locator('[data-tool="undo"]').click()
    assert alone.palette == ["A", "B", "C", "D"] and alone.sent["units"] is None, "what was there before them"
    assert alone.sent["origin"] == 0
    alone.page.locator('[data-tool="redo"]').click()
    assert alone.palette[:2] == ["cat", "dog"] and alone.sent["units"] == UNITS
    assert alone.sent["origin"] == -1, "the number was another session's"


def test_another_session_on_the_server_does_not_mistake_its_own_numbers_for_ours(harness):
    alone = harness(700)
    alone.show({})
    alone.show(TABLE, [(2, 2, 0), (-1, 1, 1)])
    alone.show(
        {**TABLE, "revision": 2, "origin": 2, "units": None, "class_names": [], "axes": None, "drawn": False},
    )
    alone.page.evaluate("sessionStorage.clear()")
    alone.show({}, [(3, 3, 0)])  # a server that was started again
    for _ in range(2):
        alone.page.locator('[data-tool="undo"]').click()
    assert alone.palette[:2] == ["cat", "dog"]
    assert (alone.sent["origin"], alone.sent["units"]) == (-1, UNITS)


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


def test_names_and_units_are_in_each_answer_and_live_through_undo_and_a_reload(desk):
    imported(desk)
    desk.until(lambda: speak_of_the_table(desk))
    assert "cat with 30 points" in desk.plane("draw").stage.get_attribute("aria-label")
    desk.plane("function").look().stroke((0, 0))
    desk.until(lambda: re.search(r"At \(length 5[45]\.\d, width 13[45]", desk.text("probe")))
    assert re.search(r"says (cat|dog)|first guess, (cat|dog)", desk.text("probe"))

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
