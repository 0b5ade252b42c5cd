"""Watching particles arrive: the frames are sent once and played in the browser."""

import pytest

pytestmark = pytest.mark.browser


def watch(visitor, kind):
    visitor.press(f"watch_{kind}")
    animation = visitor.plane("animation")
    visitor.until(lambda: animation.root.count() and animation.state["frames"] > 0)
    return animation.look()


def plays_of_itself_and_every_control_does_what_it_says(watched):
    until, part, page = watched.visitor.until, watched.part, watched.visitor.page
    until(lambda: watched.state["playing"])
    first = watched.state["frame"]
    until(lambda: watched.state["frame"] > first + 3)

    part("play").click()
    until(lambda: not watched.state["playing"])
    still = watched.state["frame"]
    page.wait_for_timeout(300)
    assert watched.state["frame"] == still, "pause really pauses"

    part("timeline").fill("20")
    until(lambda: watched.state["frame"] == 20)
    part("step").click()
    until(lambda: watched.state["frame"] == 21)
    part("step-back").click()
    part("step-back").click()
    until(lambda: watched.state["frame"] == 19)

    part("play").click()
    until(lambda: watched.state["frame"] > 22)
    assert part("play").get_attribute("aria-label") == "Pause"
    assert part("play").get_attribute("aria-pressed") is None, "its name says it already"


def test_langevin_plays_at_any_speed_what_is_sent_once_and_goes_with_its_data(desk):
    animation = watch(desk, "langevin")
    plays_of_itself_and_every_control_does_what_it_says(animation)
    seconds = {speed: animation.seconds_to(12, speed) for speed in ("0.5", "4")}
    assert seconds["0.5"] > 2 * seconds["4"], seconds

    desk.settle()
    animation.part("timeline").fill("0")
    animation.part("play").click()
    received = desk.received
    desk.until(lambda: animation.state["frame"] > 10)
    assert desk.received == received, "the browser has all frames"

    desk.choose_preset("Circles")
    desk.until(lambda: animation.root.count() == 0)
    assert desk.received > received


def test_diffusion_tells_the_noise_level_and_the_two_ways_to_the_end_and_round_again(desk):
    animation = watch(desk, "diffusion")
    plays_of_itself_and_every_control_does_what_it_says(animation)
    last = animation.state["frames"] - 1
    animation.part("timeline").fill("0")
    caption = animation.root.locator(".plane-caption-now")
    assert "way in" in caption.inner_text()
    animation.part("timeline").fill(str(last))
    desk.until(lambda: "way back" in caption.inner_text())
    assert "σ" in animation.part("timeline").get_attribute("aria-valuetext")

    animation.part("timeline").fill(str(last - 2))
    animation.part("play").click()
    desk.until(lambda: animation.state["frame"] == last and not animation.state["playing"])
    animation.part("loop").click()
    animation.part("timeline").fill(str(last - 2))
    animation.part("play").click()
    desk.until(lambda: 0 < animation.state["frame"] < last - 5)
    assert animation.state["playing"]


def test_nothing_plays_unasked_where_motion_is_unwelcome(visit):
    visitor = visit(viewport={"width": 1440, "height": 1000}, reduced_motion="reduce")
    animation = watch(visitor, "langevin")
    visitor.page.wait_for_timeout(600)
    assert not animation.state["playing"] and animation.state["frame"] == animation.state["frames"] - 1
    animation.part("play").click()
    visitor.until(lambda: 2 < animation.state["frame"] < animation.state["frames"] - 2)
