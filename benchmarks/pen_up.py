"""Pen-up to both planes repainted: default models, 400 points, real strokes of the mouse."""

from __future__ import annotations

import math
from collections.abc import Iterator
from itertools import count

from playwright.sync_api import Page

from benchmarks.comparison import Comparison, milliseconds, side_by_side
from benchmarks.repaint import FIGURES_AGAIN, NEW_POINTS_ON_PLANES, until_repainted
from benchmarks.stage import Stage, wait_until_idle

STROKES = 12


def compare(stage: Stage) -> Iterator[Comparison]:
    with stage.visit(stage.ours) as our_page, stage.visit(stage.plain) as plain_page:
        angles = count()
        ours, plain = side_by_side(
            lambda: stroke(our_page, next(angles)), lambda: add_points(plain_page), STROKES
        )
    yield Comparison(
        f"pen-up to both planes repainted, {STROKES} strokes on 400 points",
        milliseconds(ours),
        f"{milliseconds(plain)}, the plain page (scikit-learn, Plotly)",
        f"{ours / plain:.2f} of it",
        "< 200 ms and < 0.25",
        ours < 0.2 and ours < plain / 4,
    )


def stroke(page: Page, number: int) -> float:
    """Seconds to the repaint after one stroke; it is undone afterwards, so that each starts from 400."""
    canvas = page.locator("[data-name=draw] canvas").last
    canvas.scroll_into_view_if_needed()
    box = canvas.bounding_box()
    angle = 2.4 * number  # the golden angle: never the same stroke twice
    page.mouse.move(*_place(box, angle, 0.15))
    page.mouse.down()
    page.mouse.move(*_place(box, angle, 0.4), steps=8)
    took = until_repainted(page, "pointerup", NEW_POINTS_ON_PLANES, page.mouse.up)
    wait_until_idle(page)
    until_repainted(
        page, "click", NEW_POINTS_ON_PLANES, page.locator("[data-name=draw] [data-tool=undo]").click
    )
    wait_until_idle(page)
    return took


def add_points(page: Page) -> float:
    """The same on the plain page, where a button stands for the stroke."""
    took = until_repainted(
        page, "pointerup", FIGURES_AGAIN, page.get_by_role("button", name="Add points").click
    )
    wait_until_idle(page)
    return took


def _place(box: dict, angle: float, reach: float) -> tuple[float, float]:
    return (
        box["x"] + box["width"] * (0.5 + reach * math.cos(angle)),
        box["y"] + box["height"] * (0.5 + reach * math.sin(angle)),
    )
