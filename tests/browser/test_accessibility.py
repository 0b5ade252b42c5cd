"""axe-core finds nothing serious, on every page, light and dark, at a desk and on a telephone."""

import pytest
from axe_playwright_python.sync_playwright import Axe

from pages import chapters

pytestmark = pytest.mark.browser

SIZES = {"desktop": {"width": 1440, "height": 1000}, "phone": {"width": 390, "height": 844}}
# Rules that elements of Streamlit's own break, which the app has no hand in: {rule: (inside of, why)}.
NOT_OURS = {
    "list": ("[data-testid=stSidebarNavItems]", "sections of st.navigation put a div between ul and li"),
    "listitem": ("[data-testid=stSidebarNavItems]", "the other side of the same"),
}
ALL_PLANES_ARE = """(scheme) =>
  [...document.querySelectorAll("[data-testid=plane]")].every((plane) => plane.dataset.theme === scheme)
"""


def nothing_serious(visitor):
    """In the light, which the visitor came in, and then in the dark."""
    for scheme in ("light", "dark"):
        visitor.page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
        visitor.page.wait_for_function(ALL_PLANES_ARE, arg=scheme)
        visitor.settle()
        found = serious(visitor.page)
        assert found == [], "\n".join([scheme, *found])


def serious(page):
    """Violations of impact serious or critical, one line an element."""
    found = []
    for violation in Axe().run(page).response["violations"]:
        if violation["impact"] not in ("serious", "critical"):
            continue
        for node in violation["nodes"]:
            target = str(node["target"][0])
            if violation["id"] in NOT_OURS and page.locator(target).first.evaluate(
                "(element, selector) => Boolean(element.closest(selector))", NOT_OURS[violation["id"]][0]
            ):
                continue
            checks = node["any"] + node["all"] + node["none"]
            messages = "; ".join(check["message"] for check in checks)
            found.append(f"{violation['id']}: {node['html'][:160]} [{target}] {messages}")
    return found


@pytest.fixture
def guest(visit):
    """Without motion, which makes no difference here but to the time that it takes."""
    return lambda path="/": visit(
        path, viewport=SIZES["desktop"], color_scheme="light", reduced_motion="reduce"
    )


@pytest.mark.parametrize("path", [f"/{page.address}" for page in chapters.PAGES])
def test_nothing_serious(guest, path):
    visitor = guest(path)
    visitor.until(lambda: visitor.page.locator('[data-testid="plane"]').count() >= 2)
    for size in SIZES.values():
        visitor.page.set_viewport_size(size)
        nothing_serious(visitor)


def test_nothing_serious_in_the_midst_of_it(guest):
    visitor = guest()
    visitor.plane("function").stroke((1, 1))
    visitor.until(lambda: "At (" in visitor.text("probe"))
    visitor.press("sample")
    visitor.until(lambda: visitor.plane("function").root.locator(".plane-dimming").is_visible())
    visitor.press("watch_diffusion")
    animation = visitor.plane("animation")
    visitor.until(lambda: animation.root.count() and animation.state["frames"] > 0)
    animation.look().part("timeline").fill("3")
    nothing_serious(visitor)


def test_nothing_serious_in_a_popover(guest):
    visitor = guest()
    for popover in ("Settings", "Table"):
        visitor.page.get_by_role("button", name=popover).click()
        visitor.page.get_by_test_id("stPopoverBody").wait_for()
        found = serious(visitor.page)
        assert found == [], "\n".join(found)
        visitor.page.keyboard.press("Escape")
        visitor.page.get_by_test_id("stPopoverBody").wait_for(state="detached")
