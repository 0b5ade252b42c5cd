"""From what a visitor does until both pictures are painted again, measured inside the browser."""

from __future__ import annotations

from collections.abc import Callable

from playwright.sync_api import Page

# The clock starts at the event's own time stamp and stops one animation frame after the pictures are new.
# Each page looks once in every animation frame.
WATCH = """(event) => {
    const isNew = (%s)();
    window.repainted = new Promise((resolve) => addEventListener(event, ({ timeStamp }) => {
        const look = () => requestAnimationFrame(
            isNew() ? () => resolve((performance.now() - timeStamp) / 1000) : look);
        look();
    }, { capture: true, once: true }));
}"""

# `painted` counts the plane's paintings; the revision is that of the points it shows.
PLANES_PAINTED = """() => {
    const states = () => ['function', 'distribution'].map(
        (name) => JSON.parse(document.querySelector(`[data-name=${name}]`).dataset.state));
    const before = states();
    return () => states().every(({ painted, revision }, i) =>
        painted > before[i].painted && (%s || revision > before[i].revision));
}"""
NEW_POINTS_ON_PLANES = PLANES_PAINTED % "false"
PLANES_AGAIN = PLANES_PAINTED % "true"

# The title is part of the figure, and drawn with it.
FIGURES_AGAIN = """() => {
    const titles = () => [...document.querySelectorAll('.js-plotly-plot .gtitle')].map((t) => t.textContent);
    const before = titles();
    return () => titles().length === 2 && titles().every((title, i) => title !== before[i]);
}"""


def until_repainted(page: Page, event: str, is_new: str, act: Callable[[], None]) -> float:
    """Seconds from the ``event`` that ``act`` causes until ``is_new`` and one frame more."""
    page.evaluate(WATCH % is_new, event)
    act()
    return page.evaluate("() => window.repainted")
