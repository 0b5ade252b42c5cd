"""The page of what is hard about sampling."""

import numpy as np
import pytest

from paradigms import registry


@pytest.fixture
def page(visit):
    return visit("sample/why/page.py")


@pytest.mark.parametrize("target", [*registry.targets(), "fitted"])
def test_every_target_is_drawn_from_in_three_ways(page, layers, target):
    page.choose("walk_target", target)
    planes = page.pictures
    assert list(planes) == ["inverse", "darts", "weighed"]
    for name in ("inverse", "darts"):
        positions = layers(planes[name], "particles")[0]["positions"]
        assert np.isfinite(positions).all() and planes[name]["timeline"]["frames"] == len(positions)
    assert len(layers(planes["weighed"], "points")) == 2
    assert "stayed, and the areas say" in page.text
    assert len(page.at.get("plotly_chart")) == 4, "three on a line, and the curse"


def test_other_heights_lead_elsewhere(page):
    before = page.planes["inverse"]["timeline"]["id"]
    assert page.press("heights").planes["inverse"]["timeline"]["id"] != before


def test_other_darts_fall_elsewhere_on_the_line_and_in_the_plane(page):
    before, on_the_line = page.planes["darts"]["timeline"]["id"], discs_and_crosses(page)
    page.press("throws")
    assert page.planes["darts"]["timeline"]["id"] != before and discs_and_crosses(page) != on_the_line


def test_the_darts_that_are_shown_are_those_that_are_counted(page):
    stayed, refused = discs_and_crosses(page)
    share = page.text.split("On the line ")[1].split("of the darts")[0]
    assert float(share.replace("\\", "").replace("%", "")) == round(100 * stayed / (stayed + refused), 1)


def discs_and_crosses(page):
    caption = next(part.value for part in page.at.caption if "crosses" in part.value)
    return tuple(int(caption.split(f" {shape}")[0].split(" ")[-1]) for shape in ("discs", "crosses"))


def test_other_draws_weigh_something_else(page, layers):
    def seen():
        carries = next(part.value for part in page.at.caption if "heaviest" in part.value)
        return carries, layers(page.planes["weighed"], "points")[0]["xy"].tolist()

    before = seen()
    page.press("draws")
    assert all(now != then for now, then in zip(seen(), before, strict=True))


def test_a_narrow_spread_counts_for_less(page):
    def worth():
        few = float(page.text.split("together they are worth ")[1].split(" ")[0])
        many = int(page.text.split("draws are worth about ")[1].split(" ")[0].replace("\\", ""))
        return few, many

    wide = worth()
    page.choose("importance_spread", 0.5)
    assert all(narrow < before for narrow, before in zip(worth(), wide, strict=True))
