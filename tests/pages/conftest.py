"""The app in Streamlit's own test driver, with its planes read back."""

import gc
import json
import time
from collections import ChainMap
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from at_once import AtOnce
from streamlit.components.v2.component_manager import BidiComponentManager
from streamlit.testing.v1 import AppTest

from jobs import computing, lanes
from jobs.store import results
from jobs.workers import SameThread
from paradigms import registry
from paradigms.data.dataset_spec import DatasetSpec

FRAME = Path(__file__).parents[2] / "pages" / "frame.py"


class Visit:
    """One visitor's session. ``at`` is Streamlit's AppTest; every run must end without an exception.

    ``state`` is what the session holds before its first run, ``link`` the word in its address.
    """

    def __init__(self, read_scene, page=None, link=None, **state):
        self._read = read_scene
        self.at = AppTest.from_file(str(FRAME), default_timeout=60)
        for key, value in state.items():
            self.at.session_state[key] = value
        if link is not None:
            self.at.query_params["w"] = link
        self.at.run()
        if page:
            self.at.switch_page(page)
            self.at.run()
        self.check()

    def check(self):
        assert [exception.message for exception in self.at.exception] == []
        return self

    def open(self, *popovers):
        """Open popovers by their keys; what is in a closed one is not made."""
        return self.having(**dict.fromkeys(popovers, True))

    def close(self, *popovers):
        return self.having(**dict.fromkeys(popovers, False))

    def run(self):
        self.at.run()
        return self.check()

    def having(self, **state):
        """Put values into the session and run again."""
        for key, value in state.items():
            self.at.session_state[key] = value
        return self.run()

    def choose(self, key, value):
        """Set the widget with that key, of whatever kind it is."""
        next(widget for widget in self.widgets if widget.key == key).set_value(value).run()
        return self.check()

    def press(self, key):
        self.at.button(key=key).click().run()
        return self.check()

    def job(self, side):
        return self.at.session_state["kept/jobs"][side]

    def learned(self, side="function", to_the_end=False):
        """Wait for what a training first publishes (or for its end), stop it there, and look again."""
        job, deadline = self.job(side), time.monotonic() + 60
        while not (job.latest().problem or (job.finished if to_the_end else job.latest().assessment)):
            assert time.monotonic() < deadline, "the training comes to nothing"
            job.seen()
            time.sleep(0.02)
        job.pause()
        assert job.wait_until_it_rests(60)
        return self.run()

    def finish(self, queue):
        """Do all that is computed ``beside`` the page, as its runs ask for it."""
        while queue.waiting:
            queue.run_all()
            self.run()
        return self

    def leave(self):
        """Close the tab, and do not let a training run on beside the next test."""
        for job in self.at.session_state.get("kept/jobs", {}).values():
            job.cancel()

    def has(self, key):
        return any(widget.key == key for widget in [*self.widgets, *self.at.button])

    def box(self, name):
        """The key of a select box over a table: it has the table's digest in it."""
        (key,) = (widget.key for widget in self.widgets if widget.key.startswith(f"csv_{name}_"))
        return key

    @property
    def widgets(self):
        at = self.at
        kinds = (at.selectbox, at.slider, at.select_slider, at.toggle, at.button_group)
        return [widget for kind in (*kinds, at.number_input, at.text_area) for widget in kind]

    @property
    def planes(self):
        """What each plane shows, by its name; the header's groups are laid together."""
        scenes = map(self._read, self.messages)
        return {scene.pop("name"): dict(ChainMap(*scene.values())) for scene in scenes}

    @property
    def pictures(self):
        """The same without the plane that is drawn on, which some pages keep unseen."""
        return {name: scene for name, scene in self.planes.items() if name != "draw"}

    @property
    def messages(self):
        """What each plane was sent, to the byte."""
        components = self.at.get("bidi_component")
        return [component.proto.bytes for component in components if component.proto.bytes]

    @property
    def addresses(self):
        """What the browser is told of its address."""
        told = [json.loads(part.proto.json or "0") for part in self.at.get("bidi_component")]
        return [each for each in told if isinstance(each, dict)]

    @property
    def word(self):
        """What the page last put into the address."""
        return max(self.addresses, key=lambda told: told["version"])["word"]

    @property
    def text(self):
        """All words on the page, those of errors included."""
        at = self.at
        return "\n".join(str(part.value) for part in [*at.markdown, *at.caption, *at.error, *at.warning])

    @property
    def metrics(self):
        """The numbers: the function's four, then the distribution's four."""
        return [(metric.label, metric.value) for metric in self.at.metric]


def pytest_collection_modifyitems(items):
    """The page that computes most takes seconds to open: all but that it opens is left to the whole run."""
    for item in items:
        of = item.callspec.id if hasattr(item, "callspec") else ""
        if "sample/diffusion/page.py" in of and item.path.name != "test_every_page.py":
            item.add_marker(pytest.mark.slow)


@pytest.fixture(autouse=True, scope="session")
def no_search_for_other_components():
    """AppTest looks through all installed packages for components: four fifths of the time of a visit."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(BidiComponentManager, "discover_and_register_components", lambda *_, **__: None)
        yield


@pytest.fixture(autouse=True, scope="session")
def everything_imported():
    """As in the app: what is heavy is there before the first page, out of the garbage collector's sight."""
    registry.cards(), registry.samplers(), registry.presets()
    gc.collect()
    gc.freeze()


@pytest.fixture(autouse=True, scope="session")
def everything_at_once():
    """A run ends with its pages finished: what is computed beside them is done before they go on."""
    with pytest.MonkeyPatch.context() as patch:
        for name in ("fits", "experiments"):
            patch.setattr(lanes, name, lanes.Lane(AtOnce()))
        patch.setattr(lanes, "trainings", [lanes.Lane(ThreadPoolExecutor(2), [SameThread(), SameThread()])])
        yield


@pytest.fixture
def beside(monkeypatch, queue):
    """Nothing is done beside the pages until the test says so, and nothing is known beforehand."""
    monkeypatch.setattr(lanes, "fits", lanes.Lane(queue))
    monkeypatch.setattr(lanes, "experiments", lanes.Lane(queue))
    computing._under_way.clear(), computing._failed.clear()
    results.clear()
    return queue


@pytest.fixture
def visit(read_scene):
    """To visit as somebody new: ``visit()`` the playground, ``visit(page, **state)`` any other page."""
    visitors = []

    def arrive(page=None, **state):
        visitors.append(Visit(read_scene, page, **state))
        return visitors[-1]

    yield arrive
    for visitor in visitors:
        visitor.leave()


@pytest.fixture
def playground(visit):
    """The playground with everything open."""
    return visit().open("settings", "table", "function_model_controls", "distribution_model_controls")


@pytest.fixture
def density_page(visit):
    """With everything open, on other points than those of a first visit, which begin to teach at once."""
    return visit("imagine/density/page.py", spec=DatasetSpec(size=399)).open("settings", "table")


def layers(scene, kind):
    return [layer for layer in scene["layers"] if layer["kind"] == kind]


@pytest.fixture(name="layers")
def _layers():
    """``layers(scene, kind)``: the layers of a kind, in the order in which they are drawn."""
    return layers
