"""Points anywhere, samples, and scores anomalies: what both models answer."""

import re

import pytest

pytestmark = pytest.mark.browser
VERDICT = re.compile(r"(Sure|Unsure), and (familiar|never seen|strange)\.")


def test_a_click_on_either_plane_gives_one_sentence_and_the_numbers(desk):
    desk.plane("function").stroke((3.5, 3.5))
    desk.until(lambda: VERDICT.search(desk.text("probe")))
    assert re.search(r"At \(3\.(4[89]|5[0-2]), 3\.(4[89]|5[0-2])\)", desk.text("probe"))
    desk.plane("distribution").stroke((-1, -2))
    desk.until(lambda: re.search(r"At \(−(0\.9[89]|1\.0[0-2]), −(1\.9[89]|2\.0[0-2])\)", desk.text("probe")))
    table = desk.page.locator(".st-key-probe table")
    assert table.locator("tbody tr").count() == 2
    assert "%" in table.inner_text()


def test_far_away_the_function_is_sure_of_what_it_has_never_seen(desk):
    desk.plane("function").stroke((-3.9, 3.9))
    desk.until(lambda: "Sure, and never seen." in desk.text("probe"))


def test_drawing_asks_nothing_and_asking_draws_nothing(desk):
    desk.plane("function").stroke((0, 0))
    desk.until(lambda: VERDICT.search(desk.text("probe")))
    assert [plane.state["points"] for plane in desk.planes] == [400] * 3
    assert desk.plane("draw").state["revision"] == 0


def test_sampling_dims_the_function_and_fills_the_distribution(desk):
    function, distribution = desk.plane("function"), desk.plane("distribution")
    desk.press("sample")
    desk.until(lambda: distribution.state["points"] == 200)
    veil = function.root.locator(".plane-dimming")
    assert veil.is_visible() and "nothing to sample from" in veil.inner_text()
    assert desk.plane("draw").state["points"] == 400
    desk.choose("sample_class", "B only")
    desk.until(lambda: "points of class B that nobody drew" in desk.page.locator("body").inner_text())
    assert distribution.state["points"] == 200
    desk.press("sample_back")
    desk.until(lambda: distribution.state["points"] == 400 and not veil.is_visible())


def test_the_anomaly_slider_draws_a_frontier(desk):
    slider = desk.page.locator(".st-key-anomaly_quantile input")
    before = [plane.state["painted"] for plane in desk.planes[1:]]
    slider.focus()
    for _ in range(5):
        desk.page.keyboard.press("ArrowRight")
    found = re.compile(r"(\d+) of 400 points lie below it")
    desk.until(lambda: (m := found.search(desk.page.locator("body").inner_text())) and int(m[1]) > 5)
    desk.until(lambda: all(p.state["painted"] > n for p, n in zip(desk.planes[1:], before, strict=True)))


def test_the_truth_can_be_shown(desk):
    before = [plane.state["painted"] for plane in desk.planes[1:]]
    desk.page.locator(".st-key-truth label").click()
    desk.until(lambda: all(p.state["painted"] > n for p, n in zip(desk.planes[1:], before, strict=True)))


def test_planes_point_together(desk):
    desk.page.mouse.move(*desk.plane("draw").place(1, 1))
    for plane in desk.planes:
        readout = plane.root.locator(".plane-readout")
        desk.until(readout.is_visible)
        assert "1.0" in readout.inner_text()
    assert "p(x)" in desk.plane("distribution").root.locator(".plane-readout").inner_text()
