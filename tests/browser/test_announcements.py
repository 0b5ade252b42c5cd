"""What a plane says to those who do not see it: how it stands, a refusal, and nothing that is past."""

import pytest

pytestmark = pytest.mark.browser
REFUSAL = "There is only one class here."


def said(plane):
    return plane.page.locator(".plane [aria-live]").first.inner_text().replace("\xa0", "")


def test_a_refusal_follows_upon_what_was_being_learned_and_nothing_past_is_left_standing(harness):
    plane = harness()
    plane.show({})
    plane.show({"status": "It is learning.", "busy": True, "dimmed": "The training is about to begin."})
    assert said(plane) == "It is learning."
    plane.show({"dimmed": REFUSAL})
    assert said(plane) == REFUSAL
    plane.show({"dimmed": REFUSAL})
    assert said(plane) == REFUSAL, "it is said once"
    plane.show({})
    assert said(plane) == ""
