"""Drawing with the mouse: at pen-up, both models answer to the new points."""

import numpy as np
import pytest

pytestmark = pytest.mark.browser


def test_a_stroke_reaches_both_models_and_can_be_undone_and_redone(desk):
    draw, _, _ = desk.planes
    painted = [plane.state["painted"] for plane in desk.planes[1:]]
    draw.stroke((2, 3), (3, 3))
    n = desk.until_all_show(1)
    assert n > 400
    assert all(
        plane.state["painted"] > before for plane, before in zip(desk.planes[1:], painted, strict=True)
    )
    X, class_indices = desk.drawn()
    assert len(X) == n
    assert np.abs(X[400:] - [2.5, 3]).max() < 1.2, "they lie where the brush went"
    assert set(class_indices[400:]) == {0}

    draw.tool("undo").click()
    assert desk.until_all_show(2) == 400
    draw.tool("redo").click()
    assert desk.until_all_show(3) == n


def test_every_class_has_a_button_and_strokes_that_come_fast_are_all_kept(desk):
    draw = desk.plane("draw")
    draw.root.locator('label[data-tool="point"]').click()
    places = [(-3, 3), (-1, 3), (1, 3), (3, 3)]
    for class_index, place in enumerate(places):
        draw.root.locator(f'label[data-class="{class_index}"]').click()
        draw.stroke(place)
        assert desk.until_all_show(class_index + 1) == 401 + class_index
    X, class_indices = desk.drawn()
    np.testing.assert_allclose(X[400:], places, atol=0.03)
    assert class_indices[400:].tolist() == [0, 1, 2, 3]

    for x in (-3, -2, -1, 0, 1, 2, 3):
        draw.stroke((x, 3.5))
    desk.until(lambda: all(plane.state["points"] == 411 for plane in desk.planes))
    np.testing.assert_allclose(desk.drawn()[0][404:, 0], range(-3, 4), atol=0.03)


def test_points_can_be_erased_cleared_and_moved(desk):
    draw = desk.plane("draw")
    draw.root.locator('label[data-tool="eraser"]').click()
    draw.stroke((-4, 0), (4, 0))
    n = desk.until_all_show(1)
    X, _ = desk.drawn()
    assert 0 < n < 400
    assert np.abs(X[np.abs(X[:, 0]) < 4, 1]).min() > 0.4

    draw.tool("clear").click()
    assert desk.until_all_show(2) == 0
    for plane in desk.planes[1:]:
        assert "no points" in plane.root.locator(".plane-dimming").inner_text()

    draw.root.locator('label[data-tool="point"]').click()
    draw.stroke((-2, -2))
    desk.until_all_show(3)
    draw.stroke((2, 2))
    desk.until_all_show(4)
    draw.root.locator('label[data-tool="move"]').click()
    draw.stroke((-2.1, -2.1), (-1.1, 0.9))
    desk.until_all_show(5)
    np.testing.assert_allclose(desk.drawn()[0], [[-1, 1], [2, 2]], atol=0.05)


def test_two_presets_in_a_row_and_back_by_undo_and_one_that_is_drawn_on(desk):
    draw = desk.plane("draw")
    desk.choose_preset("Circles")
    desk.until_all_show(1)
    desk.choose_preset("Four blobs")
    desk.until_all_show(2)
    assert "four classes" in draw.stage.get_attribute("aria-label")
    draw.tool("undo").click()
    desk.until_all_show(3)
    _, class_indices = desk.drawn()
    assert set(class_indices) == {0, 1}, "the circles again"

    desk.choose_preset("Spiral")
    desk.until_all_show(4)
    draw.stroke((3, 3), (3.5, 3.5))
    assert desk.until_all_show(5) > 400
    assert "your drawing" in draw.stage.get_attribute("aria-label")
