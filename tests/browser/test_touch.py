"""The same by finger, on a telephone: it scrolls until Draw is switched on."""

import re

import pytest

pytestmark = pytest.mark.browser


class Finger:
    def __init__(self, visitor):
        self.page = visitor.page
        self.devtools = visitor.context.new_cdp_session(visitor.page)

    def swipe(self, start, end, steps=12):
        self._send("touchStart", start)
        for step in range(1, steps + 1):
            t = step / steps
            self._send("touchMove", [a + t * (b - a) for a, b in zip(start, end, strict=True)])
            self.page.wait_for_timeout(16)
        self._send("touchEnd")

    def _send(self, kind, at=None):
        points = [] if at is None else [{"x": at[0], "y": at[1]}]
        self.devtools.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": points})


def scrolled(visitor):
    """How far the page is scrolled, whichever part of it scrolls."""
    return visitor.page.evaluate(
        """Math.max(document.scrollingElement.scrollTop,
                    document.querySelector('[data-testid=stMain]').scrollTop)"""
    )


def up_the_middle(plane):
    """From below the middle of the plane to above it."""
    return plane.place(0.5, -2.5), plane.place(0.5, 2.5)


def test_a_finger_draws_while_draw_is_on_and_scrolls_without(phone):
    draw = phone.plane("draw").look()
    before = scrolled(phone)
    Finger(phone).swipe(*up_the_middle(draw))
    phone.until(lambda: scrolled(phone) > before + 60)
    assert draw.state["points"] == 400 and draw.state["revision"] == 0

    draw.look()
    draw.tool("draw").tap()
    assert draw.tool("draw").get_attribute("aria-pressed") == "true"
    draw.look()
    before = scrolled(phone)
    Finger(phone).swipe(*up_the_middle(draw))
    n = phone.until_all_show(1)
    assert n > 405
    assert scrolled(phone) == pytest.approx(before, abs=2)
    draw.tool("undo").tap()
    assert phone.until_all_show(2) == 400

    draw.tool("draw").tap()
    draw.look()
    before = scrolled(phone)
    Finger(phone).swipe(*up_the_middle(draw))
    phone.until(lambda: scrolled(phone) > before + 60)
    assert draw.state["points"] == 400


def test_a_swipe_over_a_model_scrolls_and_a_tap_asks_and_is_answered_in_the_picture(phone):
    function = phone.plane("function").look()
    before = scrolled(phone)
    Finger(phone).swipe(*up_the_middle(function))
    phone.until(lambda: scrolled(phone) > before + 60)
    phone.settle()
    assert "At (" not in phone.text("probe")

    function.look()
    phone.page.touchscreen.tap(*function.place(1, 0.5))
    phone.until(
        lambda: re.search(r"(Sure|Unsure), and .*At \((0\.9|1\.0)\d, 0\.(4|5)\d\)", phone.text("probe"))
    )
    answer = function.root.locator(".plane-readout")
    phone.until(lambda: answer.is_visible() and "ure and" in answer.inner_text())


def test_planes_fit_the_width_and_targets_are_large_enough_for_a_finger(phone):
    for plane in phone.planes:
        box = plane.stage.bounding_box()
        assert box["x"] >= 0 and box["x"] + box["width"] <= 390
        assert box["width"] > 0.85 * 390
        assert box["width"] == pytest.approx(box["height"], abs=1)
    overflow = phone.page.evaluate(
        """[document.scrollingElement, document.querySelector('[data-testid=stMain]')]
           .map((part) => part.scrollWidth - part.clientWidth)"""
    )
    assert max(overflow) <= 0
    # WCAG 2.2, success criterion 2.5.8: at least 24 by 24 CSS pixels.
    sizes = phone.page.evaluate(
        """[...document.querySelectorAll('.plane button, .plane .plane-radio, .plane select')]
           .filter((part) => part.offsetParent).map((part) => part.getBoundingClientRect())
           .map(({width, height}) => Math.min(width, height))"""
    )
    assert len(sizes) > 8 and min(sizes) >= 24

    phone.press("watch_slices")  # an animation with a curve
    animation = phone.plane("animation")
    phone.until(lambda: animation.root.count() and animation.state["frame"] > 20, seconds=30)
    main = "document.querySelector('[data-testid=stMain]')"
    assert phone.page.evaluate(f"{main}.scrollWidth - {main}.clientWidth") <= 0
