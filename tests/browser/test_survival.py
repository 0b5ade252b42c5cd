"""What was drawn stays: through a rerun, a change of page, and a reload."""

import re

import numpy as np
import pytest

pytestmark = pytest.mark.browser


@pytest.fixture
def artist(desk):
    """Somebody who has drawn a few points by hand, and nothing else is left."""
    draw = desk.plane("draw")
    draw.tool("clear").click()
    desk.until_all_show(1)
    for revision, (class_index, place) in enumerate([(0, (-2, -2)), (1, (2, 2))], start=2):
        draw.root.locator(f'label[data-class="{class_index}"]').click()
        draw.stroke(place, (place[0] + 0.5, place[1]))
        desk.until_all_show(revision)
    desk.points = draw.state["points"]
    assert desk.points > 8
    return desk


def test_a_rerun_another_page_and_coming_back_keep_them(artist, visit):
    artist.choose("function_model", "Nearest neighbours")
    artist.until(lambda: artist.plane("function").state["points"] == artist.points)
    assert artist.plane("draw").state["points"] == artist.points
    artist.go_to("Imagine", "Density")
    mixture = artist.plane("gaussian_mixture")
    artist.until(lambda: mixture.root.count() and mixture.state["points"] == artist.points)
    artist.go_to("Play", "Playground")
    artist.until(lambda: all(p.root.count() and p.state["points"] == artist.points for p in artist.planes))
    artist.plane("draw").tool("undo").click()
    artist.until(lambda: all(0 < p.state["points"] < artist.points for p in artist.planes))

    other = visit()
    other.until(lambda: other.plane("draw").state["points"] == 400)


def test_a_reload_brings_them_back_and_one_on_another_page_too(artist):
    before = artist.drawn()
    artist.page.reload()
    artist.wait_for_planes()
    artist.until(lambda: all(p.root.count() and p.state["points"] == artist.points for p in artist.planes))
    for kept, drawn in zip(artist.drawn(), before, strict=True):
        np.testing.assert_array_equal(kept, drawn)
    artist.go_to("Imagine", "Density")
    mixture = artist.plane("gaussian_mixture")
    artist.until(lambda: mixture.root.count() and mixture.state["points"] == artist.points)
    artist.page.reload()
    artist.until(lambda: mixture.root.count() == 1 and mixture.state["points"] == artist.points)


def test_a_reload_on_pages_without_a_drawing_plane_brings_them_back_too(artist):
    for path in ("Langevin and friends", "Diffusion and flows"):
        artist.go_to("Sample", path)
        artist.page.get_by_role("heading", name=path, exact=True, level=1).wait_for()
        said = artist.page.get_by_text(re.compile(f"your own {artist.points} points", re.IGNORECASE))
        said.wait_for()
        artist.page.reload()
        said.wait_for(timeout=60_000)
