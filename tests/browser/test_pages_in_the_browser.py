"""Pages as a browser meets them first."""

import pytest

pytestmark = pytest.mark.browser


def test_a_first_visit_shows_a_finished_result_and_asks_nothing_of_anybody_else(desk):
    assert desk.page.locator("h1").inner_text().startswith("Two Souls")
    assert [plane.state["points"] for plane in desk.planes] == [400] * 3
    numbers = desk.page.locator('[data-testid="stMetricValue"]').all_inner_texts()
    assert len(numbers) == 8 and numbers.count("—") == 1
    assert desk.elsewhere == []


def test_a_link_straight_to_the_density_page_works(visit):
    visitor = visit("/density")
    assert visitor.page.locator("h1").inner_text() == "Density"
    planes = visitor.page.locator('[data-testid="plane"]')
    visitor.until(lambda: planes.count() >= 5)
    assert visitor.plane("truth").state["points"] == 400


def test_an_address_that_is_none_still_shows_the_app(visit):
    visitor = visit("/no-such-page")
    assert visitor.page.locator("h1").count() == 1
