"""The log cannot be flooded, and a failure can be found in it by the name that its visitor was given."""

import logging
import re

import pytest

from benchmarks.bare_websocket import Tab
from server.repeated_records import MOST_NAMED, HoldBackRepeated
from server.visitors import visitor


class Minute:
    """In the place of a timer: what is to be done when a minute is over."""

    def __init__(self):
        self.waiting = []

    def __call__(self, call):
        self.waiting.append(call)

    def passes(self):
        waiting, self.waiting = self.waiting, []
        for call in waiting:
            call()


@pytest.fixture
def minute():
    return Minute()


@pytest.fixture
def log(minute):
    """A logger behind the filter, and what came through it."""
    logger, came = logging.Logger("two_souls.test"), []

    class Kept(logging.Handler):
        def emit(self, record):
            came.append(self.format(record))

    held_back = HoldBackRepeated(minute)
    logger.addFilter(held_back)
    logger.addHandler(Kept())
    # The count is told by the logger of that name.
    logging.root.manager.loggerDict["two_souls.test"] = logger
    yield logger, came
    del logging.root.manager.loggerDict["two_souls.test"]


def fail(logger, error, message="A page failed"):
    try:
        raise error
    except type(error) as problem:
        logger.error(message, exc_info=problem)


def test_of_a_thousand_alike_one_is_told_with_its_place_and_then_their_number(log, minute):
    logger, came = log
    for number in range(1000):
        fail(logger, ValueError(f"problem {number}"))
    assert len(came) == 1 and "problem 0" in came[0] and "Traceback" in came[0]
    minute.passes()
    assert came[1:] == ["999 more like this within a minute: A page failed"]


def test_each_minute_begins_anew(log, minute):
    logger, came = log
    for _ in range(3):
        for _ in range(5):
            logger.warning("once more")
        minute.passes()
    assert came == ["once more", "4 more like this within a minute: once more"] * 3
    logger.warning("once more")
    minute.passes()
    minute.passes()
    assert came[6:] == ["once more"]  # nothing is said of no more


def test_another_error_at_the_same_place_and_another_place_are_of_another_kind(log):
    logger, came = log
    for error in (ValueError("a"), KeyError("b"), ValueError("c")):
        fail(logger, error)
    logger.warning("here")
    logger.warning("there")
    assert len(came) == 4


def test_what_any_visitor_can_provoke_has_no_traceback(minute):
    from streamlit.runtime.media_file_storage import MediaFileStorageError

    logger = logging.Logger("streamlit.runtime.backend_operation_handler")
    records, hold_back = [], HoldBackRepeated(minute)
    logger.addFilter(lambda record: hold_back.filter(record) and not records.append(record))
    fail(logger, MediaFileStorageError("no such file"))
    fail(logger, OSError("a defect of ours"))
    assert [bool(record.exc_info) for record in records] == [False, True]


def test_outside_of_a_session_nobody_is_named():
    assert visitor() == "" and MOST_NAMED < 100


APP = """
import streamlit as st
from app import apologise, lifespan
app = st.App("page.py", lifespan=lifespan, on_script_error=apologise)
"""
PAGE = """
import streamlit as st
if st.button("Fail", key="fail"):
    raise RuntimeError("a defect of ours")
"""


def test_a_failure_is_told_to_the_visitor_and_to_the_log_by_the_same_name(serve, tmp_path):
    (tmp_path / "broken.py").write_text(APP)
    (tmp_path / "page.py").write_text(PAGE)
    with serve(script=tmp_path / "broken.py") as server:
        names = []
        for _ in range(3):
            tab = Tab(server)
            tab.rerun()
            (button,) = tab.widgets
            for _ in range(10):
                tab.press(button)
            (name,) = re.findall(r"it happened to visitor (\w{8})\.", tab.words)
            names.append(name)
            tab.close()
        assert len(set(names)) == 3
        said = server.said
        assert said.count("Traceback") == 1 and said.count("RuntimeError: a defect of ours") == 1
        assert f"A page failed for visitor {names[0]}" in said
