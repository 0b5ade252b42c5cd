"""CPU time that the server spends on a rerun that changes nothing: Streamlit's own shortcut, R."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from playwright.sync_api import Page

from benchmarks.comparison import Comparison, milliseconds, side_by_side
from benchmarks.stage import Site, Stage

ROUNDS, RERUNS = 5, 20
RERUN = """() => new Promise((resolve) => {
    const app = document.querySelector("[data-testid=stApp]");
    let started = false;
    const observer = new MutationObserver(() => {
        const idle = app.dataset.testScriptState === "notRunning";
        if (started && idle) {
            observer.disconnect();
            resolve();
        }
        started ||= !idle;
    });
    observer.observe(app, { attributeFilter: ["data-test-script-state"] });
    document.activeElement?.blur();
})"""


def compare(stage: Stage) -> Iterator[Comparison]:
    with stage.visit(stage.ours) as our_page, stage.visit(stage.plain) as plain_page:
        ours, plain = side_by_side(
            cpu_of_a_rerun(stage.ours, our_page), cpu_of_a_rerun(stage.plain, plain_page), ROUNDS
        )
    yield Comparison(
        f"CPU of an unchanged rerun, {ROUNDS} × {RERUNS}",
        milliseconds(ours),
        f"{milliseconds(plain)}, the plain page",
        f"{ours / plain:.2f} of it",
        "< 20 ms",
        ours < 0.02,
    )


def cpu_of_a_rerun(site: Site, page: Page) -> Callable[[], float]:
    def measure() -> float:
        before = site.cpu_seconds()
        for _ in range(RERUNS):
            page.evaluate(f"() => {{ window.rerun = ({RERUN})(); }}")
            page.keyboard.press("r")
            page.evaluate("() => window.rerun")
        return (site.cpu_seconds() - before) / RERUNS

    return measure
