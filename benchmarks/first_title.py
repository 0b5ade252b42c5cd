"""From navigation to a title in sight, for a new visitor with an empty cache on a warm server."""

from __future__ import annotations

from collections.abc import Iterator

from benchmarks.comparison import Comparison, milliseconds, side_by_side
from benchmarks.stage import Site, Stage

VISITS = 7
# Looks once in every animation frame; performance.now() counts from the navigation.
WATCH_FOR_TITLE = """
const look = () => {
    const title = document.querySelector("h1");
    if (title?.offsetHeight && title.innerText) window.titleAfter ??= performance.now() / 1000;
    else requestAnimationFrame(look);
};
look();
"""


def compare(stage: Stage) -> Iterator[Comparison]:
    ours, plain = side_by_side(
        lambda: until_title(stage, stage.ours), lambda: until_title(stage, stage.plain), VISITS
    )
    yield Comparison(
        f"first title on a warm server, {VISITS} visits",
        milliseconds(ours),
        f"{milliseconds(plain)}, the plain page",
        f"{ours / plain:.2f} of it",
        "< 2,000 ms",
        ours < 2,
    )


def until_title(stage: Stage, site: Site) -> float:
    with stage.browser.new_context() as context:
        page = context.new_page()
        page.add_init_script(WATCH_FOR_TITLE)
        page.goto(site.url)
        took = page.wait_for_function("() => window.titleAfter").json_value()
        page.wait_for_function(site.is_drawn)  # its work must not fall into the next measurement
        return took
