"""Tables in and out as a visitor handles them: pasted, uploaded, used, downloaded, read."""

import csv

import numpy as np
import pytest

from paradigms.data.drawn_points import quantise
from paradigms.data.tables import read_points

pytestmark = pytest.mark.browser

PEOPLE = "age,income,bought\n22,31000,no\n25,142000,no\n31,58000,yes\n47,25000,yes\n52.5,90250,no\n"
PETALS = "height,weight,age,sex\n1.5,2.2,30.5,m\n2.7,7.1,31.5,f\n3.5,1.3,22.5,m\n"


class Tables:
    """The popover of tables."""

    def __init__(self, visitor):
        self.visitor, self.page = visitor, visitor.page

    @property
    def panel(self):
        return self.page.get_by_test_id("stPopoverBody")

    def open(self):
        if not self.panel.count():
            self.visitor.press("table")
            self.page.locator(".st-key-csv_text textarea").wait_for()
        return self

    def paste(self, text):
        self.open()
        self.page.locator(".st-key-csv_text textarea").fill(text)
        self.page.keyboard.press("Control+Enter")
        self.visitor.settle()
        return self

    def upload(self, name, text):
        self.open()
        payload = {"name": name, "mimeType": "application/octet-stream", "buffer": text.encode()}
        self.page.locator(".st-key-csv_file input[type=file]").set_input_files(payload)
        self.panel.get_by_text(f"From {name}").wait_for()
        self.visitor.settle()
        return self

    def chosen(self):
        return [self.box(name).input_value() for name in ("x", "y", "label")]

    def box(self, name):
        """Its key has the table's digest in it."""
        return self.page.locator(f"[class*=st-key-csv_{name}_] input")

    def choose(self, name, column):
        self.box(name).click()
        self.page.get_by_role("option", name=column, exact=True).click()
        self.visitor.settle()

    def show(self, *columns):
        """Whether the boxes come to show these columns."""
        return self.visitor.until(lambda: self.chosen() == list(columns))

    def use(self):
        self.press("csv_use")
        self.visitor.until(lambda: not self.panel.count())
        return self

    def press(self, key):
        """The button, once the panel has come to rest: until then an old one may stand beside it."""
        button = self.page.locator(f".st-key-{key} button")
        self.visitor.settle()
        self.visitor.until(lambda: button.count() == 1 and button.is_enabled())
        button.click()

    def download(self):
        self.open()
        with self.page.expect_download() as started:
            self.press("csv_download")
        rows = list(csv.reader(started.value.path().read_text(encoding="utf-8").splitlines()))
        self.page.keyboard.press("Escape")
        self.visitor.until(lambda: not self.panel.count())
        return rows


@pytest.fixture
def tables(desk):
    return Tables(desk)


def as_rows(text):
    return [line.split(",") for line in text.splitlines()]


def places_of(rows):
    """The places on the plane of what a download holds, on its lattice."""
    return quantise(np.array([[float(cell) for cell in row[:2]] for row in rows[1:]])).tolist()


def test_a_table_that_was_used_closes_is_seen_and_comes_out_as_it_came_in(tables):
    revision = tables.visitor.plane("draw").state["revision"]
    tables.paste(PEOPLE).use()
    tables.visitor.until_all_show(revision + 1)
    assert tables.visitor.plane("draw").state["points"] == 5
    points = read_points(PEOPLE)
    X, class_indices = tables.visitor.drawn()
    np.testing.assert_array_equal(quantise(X), quantise(points.X))
    np.testing.assert_array_equal(class_indices, points.class_indices)
    assert tables.download() == as_rows(PEOPLE)
    tables.visitor.go_to("Imagine", "Density")
    assert tables.download() == as_rows(PEOPLE)


def test_a_drawing_a_preset_an_undo_and_a_reload_come_out_as_they_are_shown(tables):
    draw, visitor = tables.visitor.plane("draw"), tables.visitor
    draw.tool("clear").click()
    visitor.until_all_show(1)
    draw.stroke((-2, -2), (1, 2))
    visitor.until_all_show(2)
    drawn = tables.download()
    assert drawn[0] == ["x1", "x2", "label"]
    assert places_of(drawn) == quantise(visitor.drawn()[0]).tolist()
    visitor.choose_preset("Circles")
    visitor.until_all_show(3)
    circles = tables.download()
    assert len(circles) == 401 and circles != drawn
    draw.tool("undo").click()
    visitor.until_all_show(4)
    assert tables.download() == drawn
    visitor.page.reload()
    visitor.wait_for_planes()
    visitor.until(lambda: draw.state["points"] == len(drawn) - 1)
    visitor.settle()
    assert tables.download() == drawn


def test_the_boxes_and_the_preview_show_the_table_that_is_there_now_and_what_is_wrong_with_it(tables):
    assert tables.paste(PEOPLE).show("age", "income", "bought")
    assert tables.paste(PETALS).show("height", "weight", "sex")
    tables.choose("y", "age")
    assert tables.chosen()[1] == "age"
    assert tables.paste(PEOPLE).show("age", "income", "bought")

    tables.paste(
        "id,length,width,kind\n" + "\n".join(f"{i},{i * i % 7}.5,{i % 3}.25,{'ab'[i % 2]}" for i in range(9))
    )
    head = tables.page.locator(".st-key-csv_preview th")
    marked = ["id", "length → x₁", "width → x₂", "kind → label"]
    assert tables.visitor.until(lambda: head.all_inner_texts() == marked)
    assert tables.page.locator(".st-key-csv_preview tr").count() == 6
    tables.paste("month,count\n2024-01,58\n2024-02,63\n")
    said = tables.page.get_by_test_id("stAlert").inner_text()
    assert "“month” has none" in said and "“count”" in said
    assert tables.visitor.plane("draw").state["points"] == 400


def test_what_was_given_last_wins_and_waits_through_a_change_of_page(tables):
    tables.paste(PEOPLE).upload("petals.measured", PETALS)
    assert tables.show("height", "weight", "sex")
    assert tables.paste(PEOPLE.replace("age", "years")).show("years", "income", "bought")
    tables.upload("petals.measured", PETALS.replace("weight", "mass"))
    tables.visitor.go_to("Imagine", "Density")
    tables.open()
    tables.page.locator(".st-key-csv_use").wait_for()
    assert tables.show("height", "mass", "sex")
    assert "petals.measured" in tables.panel.inner_text()
    tables.use()
    assert [row[1] for row in tables.download()] == ["mass", "2.2", "7.1", "1.3"]
