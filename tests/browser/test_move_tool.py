"""The Move tool at the edge of the plane, on the plane by itself."""

import base64
import json

import numpy as np
import pytest

pytestmark = pytest.mark.browser


def moved(alone, points, start, end, radius=1.5):
    """The points after a stroke of the Move tool, in plane units."""
    alone.show({}, points)
    alone.page.locator('label[data-tool="move"]').click()
    alone.page.locator('[name="size"]').fill(str(radius))
    box = alone.page.locator(".plane-stage").bounding_box()
    pixel = [
        (box["x"] + (x + 4) / 8 * box["width"], box["y"] + (4 - y) / 8 * box["height"])
        for x, y in (start, end)
    ]
    alone.page.mouse.move(*pixel[0])
    alone.page.mouse.down()
    alone.page.mouse.move(*pixel[1], steps=8)
    alone.page.mouse.up()
    kept = json.loads(alone.page.evaluate("sessionStorage.getItem('two-souls.plane.draw')"))
    return np.frombuffer(base64.b64decode(kept["xy"]), dtype="<u2").reshape(-1, 2) * (16 / 65_535) - 8


@pytest.mark.parametrize("end", [(3.9, 0), (-3.9, 0), (0, 3.9), (3.9, 3.9)])
def test_a_cloud_that_is_pushed_over_the_edge_keeps_its_shape(harness, end):
    cloud = np.clip(np.random.default_rng(0).normal(0, 0.35, (200, 2)), -1, 1)
    after = moved(harness(700), [(*at, 0) for at in cloud.tolist()], (0, 0), end)
    np.testing.assert_allclose(after.std(axis=0), cloud.std(axis=0), atol=2e-4)
    np.testing.assert_allclose(after - after[0], cloud - cloud[0], atol=5e-4)
    assert np.abs(after).max() == pytest.approx(4, abs=3e-4), "the first of them is at the edge"


def test_a_cloud_slides_along_the_edge(harness):
    after = moved(harness(700), [(0, 0, 0), (1, 0, 0)], (0.5, 0), (3.9, 2))
    np.testing.assert_allclose(after, [[3, 2], [4, 2]], atol=0.02)
