"""Both pages, as a browser meets them first."""

import pytest

pytestmark = pytest.mark.browser


def test_a_first_visit_shows_a_finished_result(desk):
    assert desk.page.locator("h1").inner_text().startswith("Two Souls")
    assert [plane.state["points"] for plane in desk.planes] == [400] * 3
    numbers = desk.page.locator('[data-testid="stMetricValue"]').all_inner_texts()
    assert len(numbers) == 8 and numbers.count("—") == 1


def test_a_link_straight_to_the_density_page_works(visit):
    visitor = visit("/density")
    assert visitor.page.locator("h1").inner_text() == "Density"
    planes = visitor.page.locator('[data-testid="plane"]')
    visitor.until(lambda: planes.count() >= 5)
    assert visitor.plane("truth").state["points"] == 400


def test_an_address_that_is_none_still_shows_the_app(visit):
    visitor = visit("/no-such-page")
    assert visitor.page.locator("h1").count() == 1


def test_nothing_is_asked_of_anybody_else(desk):
    assert desk.elsewhere == []


def test_a_table_is_pasted_and_its_points_appear(desk):
    page = desk.page
    page.get_by_role("button", name="Table").click()
    rows = "\n".join(f"{i / 10},{i * 7 % 11 / 5},{'dog' if i % 2 else 'cat'}" for i in range(40))
    area = page.locator(".st-key-csv_text textarea")
    area.fill(f"height,width,kind\n{rows}")
    area.press("Control+Enter")
    page.locator(".st-key-csv_use button").click()
    assert desk.until_all_show(1) == 40
    assert "cat with 20 points" in desk.plane("draw").stage.get_attribute("aria-label")
