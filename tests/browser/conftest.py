"""A real browser before a real server. What a page says to its console is looked at when it closes."""

import base64
import functools
import http.server
import json
import os
import re
import shutil
import threading
import time
from pathlib import Path

import numpy as np
import pytest
from playwright.sync_api import Error, sync_playwright

ROOT = Path(__file__).parents[2]
NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome", "microsoft-edge")
DESKTOP = {"viewport": {"width": 1440, "height": 1000}}
PHONE = {
    "viewport": {"width": 390, "height": 844}, "device_scale_factor": 2, "has_touch": True, "is_mobile": True,
}  # fmt: skip
# What Streamlit itself makes the browser complain about: on an address below the root it tries where its
# server is, from the longest path to the shortest, and says so if there is no such page.
STREAMLITS_OWN = re.compile(
    r"//[^/]+/[^/]+/_stcore/(health|host-config)$|The page that you have requested does not seem to exist"
)


@pytest.fixture(scope="session")
def chromium():
    """Where Chromium is. Without one these tests are skipped; in CI that is a failure."""
    found = next(filter(None, map(shutil.which, NAMES)), None)
    if found is None:
        say = pytest.fail if os.environ.get("CI") == "true" else pytest.skip
        say("No Chromium was found: install one, or put it on the path as one of " + ", ".join(NAMES) + ".")
    return found


@pytest.fixture(scope="session")
def server(chromium, serve):
    """The address of an app of our own, ended when the tests are."""
    with serve() as server:
        yield server.address
        assert "that no browser sends was refused" not in server.said, server.said[-2000:]


@pytest.fixture(scope="module")
def browser(chromium):
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        yield browser
        browser.close()


class Quiet(http.server.SimpleHTTPRequestHandler):
    def log_message(self, *_):
        pass


@pytest.fixture(scope="session")
def repository():
    """The address of a server of the repository's files."""
    handler = functools.partial(Quiet, directory=str(ROOT))
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


class PlaneByItself:
    """A page for planes without Streamlit, none of them there yet."""

    def __init__(self, page, repository):
        self.page, self.problems = page, []
        page.on("pageerror", lambda error: self.problems.append(str(error)))
        page.goto(f"{repository}/tests/browser/plane_harness/index.html?show=")
        page.wait_for_selector("body[data-ready]", state="attached")

    def show(self, header, points=((0, 0, 0), (1, 1, 1))):
        """The drawing plane with that header; points are (x, y, class index)."""
        self.page.evaluate(
            """([header, points]) => {
              points = points.map(([x, y, slot]) => ({ x, y, slot, flags: 0 }));
              mount("draw", scenes.draw({ points, ...header }));
            }""",
            [header, points],
        )
        self.page.wait_for_function("JSON.parse(document.querySelector('.plane').dataset.state).painted > 0")

    def reload(self):
        self.page.reload()
        self.page.wait_for_selector("body[data-ready]", state="attached")

    @property
    def sent(self):
        return self.page.evaluate("sent.at(-1).value")

    @property
    def palette(self):
        return self.page.locator(".plane-class-name").all_inner_texts()

    def said(self, key):
        """What is announced when that key is pressed on the plane."""
        self.page.locator(".plane-stage").focus()
        self.page.keyboard.press(key)
        return self.page.locator(".plane [aria-live]").inner_text().replace("\xa0", "")


class Plane:
    """One plane of a page, found by its name, in plane units."""

    def __init__(self, visitor, name):
        self.visitor, self.name = visitor, name
        self.root = visitor.page.locator(f'[data-testid="plane"][data-name="{name}"]')
        self.stage = self.root.locator(".plane-stage")

    @property
    def state(self):
        return json.loads(self.root.get_attribute("data-state"))

    def part(self, name):
        return self.root.locator(f'[data-testid="{name}"]')

    def tool(self, name):
        return self.root.locator(f'[data-tool="{name}"]')

    def look(self):
        self.stage.scroll_into_view_if_needed()
        return self

    def seconds_to(self, frame, speed):
        """How long the animation takes to come there from its start, at one of its speeds; it pauses then."""
        self.part("timeline").fill("0")
        self.part("speed").select_option(speed)
        started = time.monotonic()
        self.part("play").click()
        self.visitor.until(lambda: self.state["frame"] >= frame)
        taken = time.monotonic() - started
        if self.state["playing"]:
            self.part("play").click()
        return taken

    def place(self, x, y):
        """Plane units to the pixels of the window."""
        box = self.stage.bounding_box()
        return box["x"] + (x + 4) / 8 * box["width"], box["y"] + (4 - y) / 8 * box["height"]

    def stroke(self, *places):
        """With the left button of the mouse, as a hand would: through places in between."""
        mouse = self.visitor.page.mouse
        mouse.move(*self.place(*places[0]))
        mouse.down()
        for place in places[1:]:
            mouse.move(*self.place(*place), steps=6)
        mouse.up()


class Visitor:
    """One tab. ``complaints`` are the errors that it met, ``received`` counts what the server has told it."""

    def __init__(self, context, server, path):
        self.context, self.server = context, server
        self.complaints, self.elsewhere, self.received = [], [], 0
        self.page = context.new_page()
        self.page.on("console", self._on_console)
        self.page.on("pageerror", lambda error: self.complaints.append(f"page error: {error}"))
        self.page.on("request", self._on_request)
        self.page.on("websocket", lambda socket: socket.on("framereceived", self._on_frame))
        self.page.goto(server + path)
        self.wait_for_planes()

    def _on_console(self, message):
        said = f"{message.text} {message.location.get('url', '')}"
        if message.type == "error" and not STREAMLITS_OWN.search(said):
            self.complaints.append(f"console: {said}")
        if message.type == "warning" and message.text.startswith("plane:"):
            self.complaints.append(f"console: {message.text}")

    def _on_request(self, request):
        if not request.url.startswith((self.server, self.server.replace("http", "ws"), "data:", "blob:")):
            self.elsewhere.append(request.url)

    def _on_frame(self, _):
        self.received += 1

    def wait_for_planes(self):
        # The last plane of a page is there when all are, and the run has come to its end.
        self.page.wait_for_selector('[data-testid="plane"][data-state]', timeout=60_000)
        self.settle()

    def settle(self):
        """Until the server has no more to say, and nothing on the page is still computed."""
        self.page.wait_for_selector('[class*="st-key-awaited_"]', timeout=60_000, state="detached")
        self.page.wait_for_selector(
            '[data-testid="stApp"][data-test-script-state="notRunning"]', timeout=60_000, state="attached"
        )

    def plane(self, name):
        return Plane(self, name)

    @property
    def planes(self):
        return self.plane("draw"), self.plane("function"), self.plane("distribution")

    def until(self, question, seconds=15):
        """Ask again and again until the answer is yes; answers that.

        A question that falls between two pictures of one plane, the old and the new, is asked again, too.
        """
        deadline, problem = time.monotonic() + seconds, None
        while True:
            try:
                if answer := question():
                    return answer
            except Error as between:
                problem = between
            if time.monotonic() > deadline:
                raise AssertionError(f"Still not so after {seconds} s; {self.describe()}") from problem
            self.page.wait_for_timeout(30)

    def describe(self):
        states = "document.querySelectorAll('[data-testid=plane]')"
        return self.page.evaluate(
            f"[...{states}].map((p) => p.dataset.name + ' ' + p.dataset.state).join('; ')"
        )

    def until_all_show(self, revision):
        """Until all three planes show that revision, the same points on each."""
        self.until(lambda: all(plane.state["revision"] == revision for plane in self.planes))
        counts = {plane.state["points"] for plane in self.planes}
        assert len(counts) == 1, counts
        return counts.pop()

    def drawn(self):
        """The last commit's points, as the tab keeps them: places ``(n, 2)`` and class indices ``(n,)``."""
        kept = json.loads(self.page.evaluate("sessionStorage.getItem('two-souls.plane.draw')"))
        xy = np.frombuffer(base64.b64decode(kept["xy"]), dtype="<u2").reshape(-1, 2)
        return xy * (16 / 65_535) - 8, np.frombuffer(base64.b64decode(kept["slots"]), dtype=np.uint8)

    def press(self, key):
        """The button of the Streamlit widget with that key."""
        self.page.locator(f".st-key-{key} button").first.click()

    def choose(self, key, option):
        """An option of a select box."""
        self.page.locator(f".st-key-{key} input").click()
        self.page.get_by_role("option", name=option, exact=True).click()
        self.settle()

    def choose_preset(self, title):
        self.page.locator(".st-key-preset").get_by_role("radio", name=title, exact=True).click()

    def go_to(self, section, title):
        """By the links at the top, as a visitor would: the session lives on."""
        self.page.get_by_test_id("stTopNavSection").filter(has_text=section).click()
        self.page.get_by_role("link", name=title).or_(self.page.get_by_role("menuitem", name=title)).click()
        self.page.wait_for_url(lambda url: True)

    def text(self, key):
        return self.page.locator(f".st-key-{key}").inner_text()

    def leave(self):
        errors = self.page.locator('[data-testid="stException"]').all_inner_texts()
        self.page.close()
        assert errors == [] and self.complaints == []


@pytest.fixture(scope="module")
def contexts(browser):
    """Browser contexts by their options. Tabs of one context share what it has fetched, and nothing else."""
    opened = {}

    def context(options):
        key = json.dumps(options, sort_keys=True)
        if key not in opened:
            opened[key] = browser.new_context(**options)
        return opened[key]

    yield context
    for one in opened.values():
        one.close()


@pytest.fixture
def harness(contexts, repository):
    """``harness(width)``: a PlaneByItself."""
    opened = []

    def come(width=390, height=844):
        page = contexts({"viewport": {"width": width, "height": height}}).new_page()
        opened.append(PlaneByItself(page, repository))
        return opened[-1]

    yield come
    for alone in opened:
        assert alone.problems == []
        alone.page.close()


@pytest.fixture
def visit(contexts, server):
    """``visit(path, **options of the browser's context)``: a new tab on that page; at a desk if not told."""
    visitors = []

    def come(path="/", **options):
        visitors.append(Visitor(contexts(options or DESKTOP), server, path))
        return visitors[-1]

    yield come
    for visitor in visitors:
        visitor.leave()


@pytest.fixture
def desk(visit):
    """A visitor at a desk, on the playground, with all three planes painted."""
    visitor = visit()
    visitor.until(lambda: all(plane.root.count() and plane.state["painted"] for plane in visitor.planes))
    return visitor


@pytest.fixture
def phone(visit):
    """A visitor with a telephone and a finger."""
    visitor = visit(**PHONE)
    visitor.until(lambda: all(plane.root.count() for plane in visitor.planes))
    return visitor
