"""Every animation of the sampling pages: played, stepped, scrubbed, at a desk and on a telephone."""

import json

import pytest
from playwright.sync_api import Page

from pages import chapters

pytestmark = pytest.mark.browser

PHONE = {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True}
PAGES = [f"/{page.address}" for page in chapters.PAGES if page.chapter == "Sample"]


def found(visitor, name):
    walk = visitor.plane(name)
    visitor.until(lambda: walk.root.count() and walk.state["frames"] > 0, seconds=30)
    return walk.look()


def two_animations(visitor):
    """The names of the first two planes of the page that play."""
    planes = "[...document.querySelectorAll('[data-testid=plane]')]"

    def playing():
        visitor.settle()
        told = visitor.page.evaluate(f"{planes}.map((plane) => [plane.dataset.name, plane.dataset.state])")
        names = [name for name, state in told if json.loads(state or "{}").get("frames")]
        return len(names) > 1 and names[:2]

    return visitor.until(playing, seconds=30)


def paused(visitor, walk):
    if walk.state["playing"]:
        walk.part("play").click()
    visitor.until(lambda: not walk.state["playing"])


@pytest.mark.parametrize("device", [{}, PHONE], ids=["desktop", "phone"])
@pytest.mark.parametrize("path", PAGES)
def test_all_are_played_stepped_and_scrubbed(visit, path, device):
    """And at the desk, sped up, and started anew where a setting changes in mid-run."""
    visitor = visit(path, **device)
    for name in two_animations(visitor):
        walk = found(visitor, name)
        paused(visitor, walk)
        is_stepped_scrubbed_and_played(visitor, walk)
        assert sideways(visitor.page) <= 0
    if not device:
        seconds = {speed: walk.seconds_to(14, speed) for speed in ("0.5", "4")}
        assert seconds["0.5"] > 1.5 * seconds["4"], seconds
        starts_anew_where_a_setting_changes(visitor, *CHANGED_IN_MID_RUN[path])


def is_stepped_scrubbed_and_played(visitor, walk):
    until = visitor.until
    walk.part("timeline").fill("10")
    until(lambda: walk.state["frame"] == 10)
    walk.part("step-back").click()
    until(lambda: walk.state["frame"] == 9)
    walk.part("step").click()
    until(lambda: walk.state["frame"] == 10)
    before = walk.part("trails").get_attribute("aria-pressed")
    walk.part("trails").click()
    assert {before, walk.part("trails").get_attribute("aria-pressed")} == {"true", "false"}
    walk.part("play").click()
    until(lambda: walk.state["frame"] > 12)
    paused(visitor, walk)
    walk.stage.focus()
    for key, frame in (("Home", 0), (".", 1), (",", 0), ("End", walk.state["frames"] - 1)):
        visitor.page.keyboard.press(key)
        until(lambda frame=frame: walk.state["frame"] == frame)


def sideways(page: Page) -> int:
    """How far a page can be scrolled to the side."""
    return page.evaluate("document.documentElement.scrollWidth - innerWidth")


CHANGED_IN_MID_RUN = {
    "/why": ("darts", "throws"),
    "/langevin": ("animation", "walk_seed"),
    "/diffusion": ("schedule", "schedule_beta"),
}


def starts_anew_where_a_setting_changes(visitor, name, key):
    walk = found(visitor, name)
    visitor.settle()
    paused(visitor, walk)
    last = walk.state["frames"] - 1
    walk.part("timeline").fill(str(last - 2))
    visitor.until(lambda: walk.state["frame"] == last - 2)
    walk.part("speed").select_option("0.25")
    walk.part("play").click()
    widget = visitor.page.locator(f".st-key-{key}")
    if key == "throws":
        widget.locator("button").click()
    elif key == "walk_seed":
        widget.locator("input").fill("3")
        widget.locator("input").press("Enter")
    else:
        widget.locator('input[type="range"]').press("ArrowLeft")
    visitor.until(lambda: walk.state["frame"] < last - 5, seconds=20)


def test_slow_motion_lights_the_term_that_acts_and_a_walk_that_is_to_be_replaced_fades(visit):
    visitor = visit("/langevin")
    fades(visitor, found(visitor, "animation_right"))
    visitor.page.locator(".st-key-walk_slow label").first.click()
    visitor.settle()
    walk = found(visitor, "animation_right")
    visitor.until(lambda: walk.root.locator(".plane-formula").count())
    paused(visitor, walk)
    lit = walk.root.locator(".plane-formula [aria-current=step]")
    pictures = {}
    for frame, part, word in ((4, "score", "slope"), (10, "noise", "noise"), (16, "choice", "stay")):
        walk.part("timeline").fill(str(frame))
        visitor.until(lambda frame=frame: walk.state["frame"] == frame)
        assert lit.count() == 1 and lit.get_attribute("data-part") == part
        assert word in walk.root.locator(".plane-caption-now").inner_text()
        pictures[part] = ink(walk)
    assert pictures["score"]["distribution"] > 0, "the slope is an arrow of its colour"
    assert pictures["noise"]["dots"] > pictures["score"]["dots"], "the noise is a line of ink"


def fades(visitor, walk):
    """Streamlit marks what a run has not come to yet; the settings above it are new ones already."""
    opacity = "(plane) => getComputedStyle(plane.closest('[data-stale]')).opacity"
    assert walk.root.evaluate(opacity) == "1"
    walk.root.evaluate("(plane) => plane.closest('[data-stale]').setAttribute('data-stale', 'true')")
    visitor.until(lambda: walk.root.evaluate(opacity) == "0.25")
    walk.root.evaluate("(plane) => plane.closest('[data-stale]').setAttribute('data-stale', 'false')")


def ink(walk):
    """How many pixels of the moving canvas are of the distribution's blue, and how many are dark."""
    return walk.root.evaluate(
        """(root) => {
            const canvas = root.querySelector("canvas.plane-particles, canvas[data-layer=particles]")
                ?? [...root.querySelectorAll("canvas")].at(-2);
            const { data } = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height);
            let distribution = 0, dots = 0;
            for (let i = 0; i < data.length; i += 4) {
                if (data[i + 3] < 128) continue;
                if (data[i + 2] > data[i] + 60) distribution++;
                else if (data[i] < 90) dots++;
            }
            return { distribution, dots };
        }"""
    )


def test_trails_show_where_particles_came_from_and_what_is_off_screen_waits(visit):
    visitor = visit("/diffusion")
    walk = found(visitor, "way")
    paused(visitor, walk)
    walk.part("timeline").fill("20")
    visitor.until(lambda: walk.state["frame"] == 20)
    covered = []
    for _ in range(2):
        visitor.page.wait_for_timeout(200)
        covered.append(sum(ink(walk).values()))
        walk.part("trails").click()
    assert covered[0] > 1.3 * covered[1]

    walk = found(visitor, "schedule")
    walk.part("loop").click()
    if not walk.state["playing"]:
        walk.part("play").click()
    visitor.until(lambda: walk.state["playing"])
    visitor.page.locator(".st-key-likelihoods, .st-key-likelihood_levels").first.scroll_into_view_if_needed()
    visitor.until(lambda: not walk.state["playing"])
    walk.look()
    visitor.until(lambda: walk.state["playing"])


def test_nothing_moves_unasked_where_motion_is_unwelcome(visit):
    visitor = visit("/why", reduced_motion="reduce")
    walk = found(visitor, "darts")
    visitor.page.wait_for_timeout(600)
    assert not walk.state["playing"] and walk.state["frame"] == walk.state["frames"] - 1
