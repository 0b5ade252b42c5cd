"""A slider by keyboard until both planes are repainted: the quantile below which a point is an anomaly.

Streamlit's own slider waits a fifth of a second for another key before it says anything, on both pages.
"""

from __future__ import annotations

from collections.abc import Iterator

from playwright.sync_api import Page

from benchmarks.comparison import Comparison, milliseconds, side_by_side
from benchmarks.repaint import FIGURES_AGAIN, PLANES_AGAIN, until_repainted
from benchmarks.stage import Stage, wait_until_idle

MOVES = 12


def compare(stage: Stage) -> Iterator[Comparison]:
    with stage.visit(stage.ours) as our_page, stage.visit(stage.plain) as plain_page:
        ours, plain = side_by_side(
            lambda: move(our_page, PLANES_AGAIN), lambda: move(plain_page, FIGURES_AGAIN), MOVES
        )
    yield Comparison(
        f"a slider's key to both planes repainted, {MOVES} moves",
        milliseconds(ours),
        f"{milliseconds(plain)}, the plain page",
        f"{ours / plain:.2f} of it",
        "< 500 ms and < 0.5",
        ours < 0.5 and ours < plain / 2,
    )


def move(page: Page, is_new: str) -> float:
    """Seconds from the key to the repaint."""
    page.locator(".st-key-anomaly_quantile").get_by_role("slider").focus()
    took = until_repainted(page, "keydown", is_new, lambda: page.keyboard.press("ArrowRight"))
    wait_until_idle(page)
    return took
