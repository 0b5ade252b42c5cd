"""The page of what is hard about sampling."""

import numpy as np
import pytest

from paradigms import registry


@pytest.fixture
def page(visit):
    return visit("sample/why.py")


@pytest.mark.parametrize("target", [*registry.targets(), "fitted"])
def test_every_target_is_drawn_from_in_three_ways(page, layers, target):
    page.choose("walk_target", target)
    planes = page.planes
    assert list(planes) == ["inverse", "darts", "weighed"]
    for name in ("inverse", "darts"):
        positions = layers(planes[name], "particles")[0]["positions"]
        assert np.isfinite(positions).all() and planes[name]["timeline"]["frames"] == len(positions)
    assert len(layers(planes["weighed"], "points")) == 2
    assert "stayed; the areas say" in page.text


def test_other_heights_lead_elsewhere(page):
    before = page.planes["inverse"]["timeline"]["id"]
    assert page.press("heights").planes["inverse"]["timeline"]["id"] != before


def test_a_narrow_spread_counts_for_less(page):
    def worth():
        return int(page.text.split("only some ")[1].split(" ")[0].replace("\\", ""))

    wide = worth()
    page.choose("importance_spread", 0.5)
    assert worth() < wide
