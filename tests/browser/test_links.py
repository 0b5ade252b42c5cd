"""The address holds what a visitor has made, and another browser that opens it shows the same."""

import re

import pytest

pytestmark = pytest.mark.browser

CANVASES = """
[...document.querySelectorAll('[data-testid="plane"]')].map((plane) => [plane.dataset.name,
  [...plane.querySelectorAll('canvas')].slice(0, 2).map((canvas) => canvas.toDataURL()).join()])
"""


def pictures(visitor):
    """What stands on each plane's canvases, by its name: the picture and the drawing, pixel by pixel.

    Seen in the dark, for which they are painted anew: at first the fonts may not have been there.
    """
    visitor.settle()
    painted = {plane.name: plane.state["painted"] for plane in visitor.planes}
    visitor.page.emulate_media(color_scheme="dark")
    visitor.until(lambda: all(plane.state["painted"] > painted[plane.name] for plane in visitor.planes))
    found = dict(visitor.page.evaluate(CANVASES))
    painted = {plane.name: plane.state["painted"] for plane in visitor.planes}
    visitor.page.emulate_media(color_scheme="light")
    visitor.until(lambda: all(plane.state["painted"] > painted[plane.name] for plane in visitor.planes))
    return found


def numbers(visitor):
    """Of both models, without how long they took."""
    found = visitor.page.locator('[data-testid="stMetric"]').all_inner_texts()
    return [number for number in found if "ms" not in number]


def path_of(visitor):
    return visitor.page.url.removeprefix(visitor.server)


def history_of(visitor):
    return visitor.page.evaluate("history.length")


@pytest.fixture
def artist(desk):
    """Somebody who has drawn with two classes, and chosen models."""
    draw = desk.plane("draw")
    for revision, (class_index, y) in enumerate([(0, 2), (1, -2)], start=1):
        draw.root.locator(f'label[data-class="{class_index}"]').click()
        draw.stroke((-2, y), (2, y))
        desk.until_all_show(revision)
    for model in ({"function_model": "Nearest neighbours"}, {"distribution_model": "Gaussian mixture"}):
        before = desk.page.url
        desk.choose(*model.popitem())
        desk.until(lambda before=before: desk.page.url != before)
    assert len(desk.page.url) > 2_000
    return desk


def test_another_browser_and_a_reload_show_the_same_pictures_and_numbers(artist, visit):
    other = visit(path_of(artist), viewport={"width": 1440, "height": 1000}, locale="en-US")
    mine = pictures(artist)
    assert pictures(other) == mine and len(mine) == 3
    assert numbers(other) == numbers(artist) and len(numbers(artist)) >= 4
    other.until(lambda: path_of(other) == path_of(artist))

    artist.page.locator(".st-key-anomaly_quantile input").press("ArrowRight")
    artist.settle()
    before, points = pictures(artist), artist.drawn()
    address = artist.page.url
    artist.page.reload()
    artist.wait_for_planes()
    assert pictures(artist) == before and artist.page.url == address
    assert artist.plane("draw").state["points"] == len(points[0])
    assert artist.page.locator(".st-key-function_model input").input_value() == "Nearest neighbours"


def test_share_copies_the_address_which_has_one_entry_of_the_history_a_page_and_not_a_stroke(artist):
    artist.context.grant_permissions(["clipboard-read", "clipboard-write"])
    artist.press("share")
    note = artist.page.locator(".link-note")
    artist.until(lambda: "Copied" in note.inner_text())
    assert artist.page.evaluate("navigator.clipboard.readText()") == artist.page.url
    assert note.locator("input").input_value() == artist.page.url
    artist.choose("function_model", "Logistic regression")
    artist.until(lambda: not note.is_visible())

    assert len(path_of(artist)) <= 2_600
    before, address = history_of(artist), artist.page.url
    artist.plane("draw").stroke((0, 0), (1, 1))
    artist.until(lambda: artist.page.url != address)
    artist.choose_preset("Circles")
    artist.until(lambda: len(artist.page.url) < 400)
    assert history_of(artist) == before
    artist.go_to("Sample", "Why sampling is hard")
    artist.until(lambda: re.search(r"/why\?w=1", artist.page.url))
    artist.settle()
    assert history_of(artist) == before + 1
    artist.page.go_back()
    artist.until(lambda: "/why" not in artist.page.url and "w=1" in artist.page.url)
    artist.wait_for_planes()
    artist.until(lambda: artist.plane("draw").state["points"] == 400)


def test_a_link_that_is_opened_in_a_tab_with_a_drawing_counts_if_it_is_whole_and_undo_leads_back(artist):
    draw = artist.plane("draw")
    mine = draw.state["points"]
    artist.page.goto(artist.server + "/?w=hello")
    artist.wait_for_planes()
    artist.until(lambda: all(plane.state["points"] == mine for plane in artist.planes))

    artist.page.goto(artist.server + "/?w=1FTYiAA2DKofLFBdkAs0HSgAA")
    artist.wait_for_planes()
    artist.until(lambda: all(plane.state["points"] == 400 for plane in artist.planes))
    draw.tool("undo").click()
    artist.until(lambda: all(plane.state["points"] == mine for plane in artist.planes))

    artist.choose_preset("Circles")
    artist.until(lambda: all(plane.state["points"] == 400 for plane in artist.planes))
    artist.until(lambda: len(artist.page.url) < 400)
    theirs = path_of(artist)
    draw.tool("undo").click()
    artist.until(lambda: draw.state["points"] == mine and len(artist.page.url) > 2_000)
    for open_it in (lambda: artist.page.goto(artist.server + theirs), artist.page.reload):
        open_it()
        artist.wait_for_planes()
        artist.until(lambda: all(plane.state["points"] == 400 for plane in artist.planes))


def test_where_nothing_can_be_copied_the_link_stands_there_selected(desk):
    desk.page.evaluate("""() => {
      Object.defineProperty(navigator, "clipboard", { value: undefined });
      document.execCommand = () => false;
    }""")
    desk.choose_preset("Circles")
    desk.until(lambda: "w=1" in desk.page.url)
    desk.press("share")
    link = desk.page.get_by_label("The link")
    link.wait_for()
    desk.until(lambda: "does not let" in desk.page.locator(".link-note").inner_text())
    assert desk.page.evaluate("getSelection().toString() || document.activeElement.value") == desk.page.url


@pytest.mark.parametrize("word", ["%00%ff", "1" + "A" * 50_000, "<script>alert(1)</script>"])
def test_a_broken_link_is_one_sentence_and_an_untouched_app(visit, word):
    visitor = visit(f"/?w={word}")
    said = visitor.page.locator('[data-testid="stAlert"]')
    assert said.count() == 1 and "nothing of it was used" in said.inner_text()
    visitor.until(lambda: all(plane.state["points"] == 400 for plane in visitor.planes))
    visitor.until(lambda: "w=" not in visitor.page.url)
    visitor.choose_preset("Circles")
    visitor.until(lambda: said.count() == 0)
