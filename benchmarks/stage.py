"""What a benchmark in the browser needs: Chromium, and servers of our app, the plain page and the player."""

from __future__ import annotations

import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from functools import cached_property
from pathlib import Path
from typing import Self

from playwright.sync_api import Browser, Page, sync_playwright

from benchmarks import process_tree

ROOT = Path(__file__).parents[1]
CHROMIUMS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
CHROMIUM_OPTIONS = ["--headless", "--no-sandbox", "--disable-gpu", "--disable-background-networking"]
# The two pictures of each page are there.
OURS_IS_DRAWN = """() => ['function', 'distribution'].every((name) => {
    const plane = document.querySelector(`[data-name=${name}]`);
    return plane && JSON.parse(plane.dataset.state ?? '{}').painted > 0;
})"""
PLAYER_IS_DRAWN = """() => {
    const plane = document.querySelector("[data-name=animation]");
    return JSON.parse(plane?.dataset.state ?? "{}").painted > 0;
}"""
PLAIN_IS_DRAWN = "() => document.querySelectorAll('.js-plotly-plot .gtitle').length === 2"


class CannotMeasure(Exception):
    """The machine lacks what the measurement needs; the message says what."""


class Site:
    """One Streamlit server in a process of its own. ``is_drawn`` is JavaScript: are its pictures there?"""

    def __init__(self, script: Path, is_drawn: str, port: int, process: subprocess.Popen) -> None:
        self.script, self.is_drawn, self.process = script, is_drawn, process
        self.address = f"http://127.0.0.1:{port}"
        self.url = f"{self.address}/"

    def cpu_seconds(self) -> float:
        """CPU time of the server and its worker processes so far, user and system, all threads."""
        self._needs_proc()
        return process_tree.cpu_seconds(self.process.pid)

    def resident_bytes(self) -> list[int]:
        """What the server holds in memory, then each of its worker processes."""
        self._needs_proc()
        return process_tree.resident_bytes(self.process.pid)

    def _needs_proc(self) -> None:
        if not Path("/proc/self/stat").exists():
            raise CannotMeasure("CPU time and memory are read from /proc, which this system has not.")


class Stage:
    """Everything is started when it is first asked for, and ended with the ``with`` block.

    ``visitors`` and ``seconds`` are how many a crowd is, and how long it stays.
    """

    def __init__(self, visitors: int = 40, seconds: float = 40.0) -> None:
        self.visitors, self.seconds = visitors, seconds

    def __enter__(self) -> Self:
        self._ends = ExitStack()
        return self

    def __exit__(self, *problem: object) -> None:
        self._ends.close()

    @cached_property
    def browser(self) -> Browser:
        found = next(filter(None, map(shutil.which, CHROMIUMS)), None)
        if found is None:
            raise CannotMeasure("There is no Chromium on the path.")
        playwright = self._ends.enter_context(sync_playwright())
        browser = playwright.chromium.launch(executable_path=found, args=CHROMIUM_OPTIONS)
        self._ends.callback(browser.close)
        return browser

    @cached_property
    def ours(self) -> Site:
        return self._warm(self._ends.enter_context(served(ROOT / "app.py", OURS_IS_DRAWN)))

    @cached_property
    def plain(self) -> Site:
        return self._warm(self._ends.enter_context(served(ROOT / "benchmarks/plain_page.py", PLAIN_IS_DRAWN)))

    @cached_property
    def player(self) -> Site:
        return self._warm(self._ends.enter_context(served(ROOT / "benchmarks/player.py", PLAYER_IS_DRAWN)))

    @contextmanager
    def visit(self, site: Site) -> Iterator[Page]:
        """A new visitor before the finished page."""
        with self.browser.new_context(viewport={"width": 1440, "height": 1000}) as context:
            page = context.new_page()
            page.goto(site.url)
            page.wait_for_function(site.is_drawn)
            wait_until_idle(page)
            yield page

    def _warm(self, site: Site) -> Site:
        with self.visit(site) as page:
            page.wait_for_timeout(2000)  # what the server still imports in the background
        return site


def wait_until_idle(page: Page) -> None:
    """Until the script has run to its end, and the browser has had a moment to paint."""
    page.wait_for_selector("[data-testid=stApp][data-test-script-state=notRunning]")
    page.wait_for_timeout(200)


@contextmanager
def served(script: Path, is_drawn: str) -> Iterator[Site]:
    """A server of that script, ended with the ``with`` block."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [sys.executable, "-m", "streamlit", "run", str(script), "--server.headless", "true"]
    process = subprocess.Popen(
        [*command, "--server.port", str(port), "--server.fileWatcherType", "none"],
        cwd=ROOT,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        site = Site(script, is_drawn, port, process)
        _wait_for_health(site)
        yield site
    finally:
        process.terminate()
        process.wait(timeout=20)


def _wait_for_health(site: Site, patience: float = 60) -> None:
    deadline = time.monotonic() + patience
    while time.monotonic() < deadline and site.process.poll() is None:
        try:
            urllib.request.urlopen(site.url + "_stcore/health", timeout=1).close()
            return
        except (urllib.error.URLError, OSError):
            time.sleep(0.1)
    raise CannotMeasure(f"The server of {site.script.name} did not start within {patience:.0f} s.")
