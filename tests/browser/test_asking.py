"""Points anywhere, samples, and scores anomalies: what both models answer."""

import re

import pytest

pytestmark = pytest.mark.browser
VERDICT = re.compile(r"(Sure|Unsure), and (familiar|never seen|strange)\.")


def test_planes_point_together_and_a_click_on_either_gives_one_sentence_and_the_numbers(desk):
    desk.page.mouse.move(*desk.plane("draw").place(1, 1))
    for plane in desk.planes:
        readout = plane.root.locator(".plane-readout")
        desk.until(readout.is_visible)
        assert "1.0" in readout.inner_text()
    assert "p(x)" in desk.plane("distribution").root.locator(".plane-readout").inner_text()

    desk.plane("function").stroke((3.5, 3.5))
    desk.until(lambda: VERDICT.search(desk.text("probe")))
    assert re.search(r"At \(3\.(4[89]|5[0-2]), 3\.(4[89]|5[0-2])\)", desk.text("probe"))
    desk.plane("distribution").stroke((-1, -2))
    desk.until(lambda: re.search(r"At \(−(0\.9[89]|1\.0[0-2]), −(1\.9[89]|2\.0[0-2])\)", desk.text("probe")))
    table = desk.page.locator(".st-key-probe table")
    assert table.locator("tbody tr").count() == 2
    assert "%" in table.inner_text()

    desk.plane("function").stroke((-3.9, 3.9))
    desk.until(lambda: "Sure, and never seen." in desk.text("probe"))
    assert [plane.state["points"] for plane in desk.planes] == [400] * 3, "asking draws nothing"
    assert desk.plane("draw").state["revision"] == 0


def test_sampling_dims_the_function_and_fills_the_distribution(desk):
    function, distribution = desk.plane("function"), desk.plane("distribution")
    desk.press("sample")
    desk.until(lambda: distribution.state["points"] == 200)
    dimming = function.root.locator(".plane-dimming")
    assert dimming.is_visible() and "nothing to sample from" in dimming.inner_text()
    assert desk.plane("draw").state["points"] == 400
    desk.choose("sample_class", "B only")
    desk.until(lambda: "points of class B that nobody drew" in desk.page.locator("body").inner_text())
    assert distribution.state["points"] == 200
    desk.page.locator(".st-key-sample_back button").focus()
    desk.page.keyboard.press("Enter")
    desk.until(lambda: distribution.state["points"] == 400 and not dimming.is_visible())
    assert not desk.page.locator(".st-key-sample_back").count()
    desk.until(lambda: desk.page.evaluate("document.activeElement !== document.body"))


def test_the_anomaly_slider_draws_a_frontier_and_the_truth_can_be_shown(desk):
    def are_painted_again(before):
        return all(plane.state["painted"] > n for plane, n in zip(desk.planes[1:], before, strict=True))

    before = [plane.state["painted"] for plane in desk.planes[1:]]
    desk.page.locator(".st-key-anomaly_quantile input").focus()
    for _ in range(5):
        desk.page.keyboard.press("ArrowRight")
    found = re.compile(r"(\d+) of 400 points lie below it")
    desk.until(lambda: (m := found.search(desk.page.locator("body").inner_text())) and int(m[1]) > 5)
    desk.until(lambda: are_painted_again(before))
    desk.settle()
    before = [plane.state["painted"] for plane in desk.planes[1:]]
    desk.page.locator(".st-key-truth label").click()
    desk.until(lambda: are_painted_again(before))
