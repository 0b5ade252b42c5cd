"""Everything by keyboard alone."""

import numpy as np
import pytest

pytestmark = pytest.mark.browser

WHERE = """() => {
  const at = document.activeElement, key = at.closest('[class*="st-key-"]');
  const plane = at.closest('[data-testid=plane]');
  return [
    plane && plane.dataset.name,
    plane && (at.dataset.tool || at.name?.replace(/.*-/, '') || at.getAttribute('role')),
    key && [...key.classList].find((name) => name.startsWith('st-key-'))?.slice(7),
    at.getAttribute('aria-label') || at.textContent.trim().slice(0, 40),
  ];
}"""


def test_tab_reaches_everything(desk):
    keyboard, reached, labels = desk.page.keyboard, set(), set()
    desk.choose_preset("Circles")  # so that undo is there to be reached
    desk.until_all_show(1)
    desk.page.evaluate("document.activeElement.blur()")
    for _ in range(120):
        keyboard.press("Tab")
        plane, part, key, label = desk.page.evaluate(WHERE)
        reached |= {f"{plane} {part}", key}
        labels.add(label)
    wanted = {f"draw {part}" for part in ("application", "class", "tool", "undo", "clear", "size", "density")}
    wanted |= {
        "function application",
        "distribution application",
        "preset",
        "truth",
        "function_model",
        "distribution_model",
    }
    wanted |= {"sample", "sample_class", "anomaly_quantile", "watch_langevin", "watch_diffusion"}
    assert wanted - reached == set()
    for button in ("Settings", "Table"):
        assert any(button in label for label in labels), labels


def test_drawing_by_keyboard(desk):
    keyboard, draw = desk.page.keyboard, desk.plane("draw")
    draw.root.locator('[data-tool="point"] input').focus()
    keyboard.press("Space")
    draw.stage.focus()
    for _ in range(4):
        keyboard.press("Shift+ArrowRight")
    for _ in range(3):
        keyboard.press("ArrowUp")
    keyboard.press("3")
    keyboard.press("Space")
    assert desk.until_all_show(1) == 401
    X, class_indices = desk.drawn()
    np.testing.assert_allclose(X[-1], [2.0, 0.3], atol=0.01)
    assert class_indices[-1] == 2
    keyboard.press("Control+z")
    assert desk.until_all_show(2) == 400
    keyboard.press("Control+y")
    assert desk.until_all_show(3) == 401
    keyboard.press("Delete")
    assert desk.until_all_show(4) < 401


def test_what_is_done_is_announced_and_the_keyboard_stays_on_the_plane_when_a_button_has_done_its_last(desk):
    draw, keyboard = desk.plane("draw"), desk.page.keyboard
    draw.stage.focus()
    keyboard.press("ArrowRight")
    spoken = draw.root.locator("[aria-live]").first
    desk.until(lambda: "0.1" in spoken.inner_text())
    keyboard.press("2")
    desk.until(lambda: "Class B" in spoken.inner_text())
    keyboard.press("Space")
    desk.until(lambda: "points" in spoken.inner_text())

    n = desk.until_all_show(1)
    draw.tool("undo").focus()
    keyboard.press("Enter")
    assert desk.until_all_show(2) == 400
    keyboard.press("Control+Shift+Z")  # there is nothing more to undo, and focus must not be lost for it
    assert desk.until_all_show(3) == n


def test_every_plane_says_what_it_shows_and_is_asked_about_the_place_under_the_cursor(desk):
    for plane in desk.planes:
        label = plane.stage.get_attribute("aria-label")
        assert "two classes" in label and "200 points" in label
        help_id = plane.stage.get_attribute("aria-describedby")
        assert "Arrow keys" in desk.page.locator(f"#{help_id}").inner_text()
    function, keyboard = desk.plane("function"), desk.page.keyboard
    assert "held-out accuracy 0." in function.stage.get_attribute("aria-label")

    function.stage.focus()
    for _ in range(7):
        keyboard.press("Shift+ArrowRight")
    keyboard.press("Enter")
    desk.until(lambda: "At (3.50, 0.00)" in desk.text("probe"))
    keyboard.press("Shift+ArrowUp")
    keyboard.press("Space")
    desk.until(lambda: "At (3.50, 0.50)" in desk.text("probe"))


def test_an_animation_by_keyboard(desk):
    keyboard = desk.page.keyboard
    desk.page.locator(".st-key-watch_langevin button").focus()
    keyboard.press("Enter")
    animation = desk.plane("animation")
    desk.until(lambda: animation.root.count() and animation.state["frames"] > 0)
    animation.look()
    animation.stage.focus()
    keyboard.press("Home")
    desk.until(lambda: animation.state["frame"] == 0 and not animation.state["playing"])
    keyboard.press(".")
    keyboard.press(".")
    keyboard.press(",")
    desk.until(lambda: animation.state["frame"] == 1)
    keyboard.press("Space")
    desk.until(lambda: animation.state["playing"])
    keyboard.press("End")
    desk.until(lambda: animation.state["frame"] == animation.state["frames"] - 1)
