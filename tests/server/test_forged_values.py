"""Values that no browser sends, for every widget of every page: each is refused, the page stays as it was."""

import base64
import json

import numpy as np
import pytest
from streamlit.proto.Common_pb2 import (
    ChatInputValue,
    FileUploaderState,
    StringTriggerValue,
    UploadedFileInfo,
)

from benchmarks.bare_websocket import APOLOGY, Tab, state
from pages import chapters
from paradigms import registry

PAGES = [page.address for page in chapters.PAGES]
# What a widget of that kind does send; everything else is forged.
OWN = {
    "button": "trigger_value",
    "download_button": "trigger_value",
    "checkbox": "bool_value",
    "popover": "bool_value",
    "text_area": "string_value",
}
FILE = UploadedFileInfo(file_id="nowhere", name="../../etc/passwd", size=10)
FORGED = [
    ("bool_value", True),
    ("trigger_value", True),
    *(("double_value", value) for value in (float("nan"), float("-inf"), 1e308, -1.0)),
    *(("int_value", value) for value in (2**62, -(2**62), -1)),
    *(("string_value", value) for value in ("", "no such model", "\0", "__class__", "x" * 100_000)),
    *(("double_array_value", value) for value in ([], [float("nan")], [1e300], [-5.0], [0.5] * 3)),
    ("double_array_value", [0.0] * 9999),
    *(("int_array_value", value) for value in ([], [-1], [2**40])),
    *(("string_array_value", value) for value in ([], ["no such option"], [""], ["a", "b"] * 500)),
    ("bytes_value", b"\x00\xff"),
    ("string_trigger_value", StringTriggerValue(data="x")),
    ("chat_input_value", ChatInputValue(data="x")),
    ("file_uploader_state_value", FileUploaderState(uploaded_file_info=[FILE])),
    *(("json_trigger_value", text) for text in ('[{"event": "points"}]', "{broken", "[[[]]]")),
    *(("json_value", text) for text in ("null", "[1, 2]", "7", '"text"', "{broken", "", "NaN")),
    ("json_value", "[" * 50_000 + "]" * 50_000),
    ("json_value", '{"points":' * 5_000 + "1" + "}" * 5_000),
    ("json_value", json.dumps({"points": {"commit": "x", "xy": "A" * 250_000, "slots": "AA=="}})),
]


def drawn(xy, class_indices, **more):
    """What the plane sends after a pen-up."""
    parts = {"xy": np.asarray(xy, "<u2").tobytes(), "slots": np.asarray(class_indices, np.uint8).tobytes()}
    return {name: base64.b64encode(part).decode() for name, part in parts.items()} | more


FEW = drawn(np.random.default_rng(0).integers(20_000, 45_000, (40, 2)), [0, 1] * 20, commit="a pen-up")
TOO_MANY = drawn(np.zeros((5_001, 2)), np.zeros(5_001), commit="too many")
NO_SUCH_CLASS = drawn([[1, 2]], [7], commit="no such class")
DAMAGED = [
    {"points": points}
    for points in (
        [], 7, {}, {"commit": 1}, {"commit": {"a": []}, "xy": 3, "slots": None}, TOO_MANY, NO_SUCH_CLASS,
        {"commit": "b", "xy": "!!", "slots": "AA=="}, {"commit": "c", "xy": "AAAA", "slots": "AAAA"},
        {"commit": "d", "xy": "A" * 150_000, "slots": "AA=="}, {"commit": "e", "xy": "é", "slots": "AA=="},
    )
] + [
    {"probe": probe}
    for probe in (
        [], "x", {}, {"id": []}, {"id": 1, "x": "one", "y": None}, {"id": {}, "x": float("nan"), "y": 0},
        {"id": 2, "x": 1e999, "y": -1e999}, {"id": 3, "x": 10**400, "y": 0}, {"id": 4, "x": [1], "y": {}},
    )
]  # fmt: skip


ROUNDS = 6


def forged(widgets, turn):
    """For each widget a value that it cannot have, another one each turn."""
    for number, (widget, kind) in enumerate(widgets.items()):
        field, value = FORGED[(5 * number + 7 * turn) % len(FORGED)]
        if OWN.get(kind) != field:
            yield state(widget, **{field: value})


def genuine(tab, key, **value):
    """The value for the widget with that key."""
    (widget,) = (widget for widget in tab.widgets if widget.endswith(f"-{key}"))
    return state(widget, **value)


def open_everything(tab, page):
    """A page with the visitor's own few points, and all that popovers hide."""
    tab.rerun(page_name=page)
    tab.rerun(genuine(tab, "draw", json_value=json.dumps({"points": FEW})), page_name=page)
    tab.keep(*(state(widget, bool_value=True) for widget, kind in tab.widgets.items() if kind == "popover"))
    tab.rerun(page_name=page)
    tab.keep(genuine(tab, "csv_text", string_value="a,b,c\n1,2,x\n3,4,y"))
    tab.rerun(page_name=page)
    words = tab.settled(page_name=page).words
    assert APOLOGY not in words and any(widget.endswith("-csv_use") for widget in tab.widgets)
    return words


def test_the_pages_are_those_of_the_app(tab):
    assert tab.rerun().pages == PAGES


@pytest.mark.parametrize("page", PAGES)
def test_every_forged_value_is_refused_and_leaves_the_page_as_it_was(tab, page):
    words = open_everything(tab, page)
    for turn in range(ROUNDS):
        states = list(forged(tab.widgets, turn))
        assert APOLOGY not in tab.rerun(*states, page_name=page).words, states
        assert tab.settled(words, page_name=page).words == words, states


@pytest.mark.parametrize("page", PAGES)
def test_what_a_plane_cannot_have_sent_is_refused(tab, page):
    words, planes = open_everything(tab, page), tab.planes
    components = [widget for widget, kind in tab.widgets.items() if kind == "bidi_component"]
    for content in DAMAGED if page == "" else DAMAGED[::5]:
        tab.rerun(*(state(widget, json_value=json.dumps(content)) for widget in components), page_name=page)
        assert APOLOGY not in tab.words, str(content)[:80]
        assert tab.settled(words, page_name=page).words == words, str(content)[:80]
        assert tab.planes == planes


def test_the_controls_of_every_model_refuse_what_they_cannot_hold(tab):
    open_everything(tab, "")
    usual = {"function_model": "Logistic regression", "distribution_model": "Naive Bayes"}
    for key, others in (("function_model", "generative"), ("distribution_model", "discriminative")):
        for card in registry.cards().values():
            if card.paradigm not in (others, "regression"):
                assert APOLOGY not in tab.rerun(genuine(tab, key, string_value=card.title)).words, card.title
    controls = sum(len(card.controls) for card in registry.cards().values() if card.paradigm != "regression")
    assert len(tab.widgets) > controls
    tab.keep(*(genuine(tab, key, string_value=title) for key, title in usual.items()))
    words = tab.settled().words
    for turn in range(ROUNDS):
        states = list(forged(tab.widgets, turn))
        assert APOLOGY not in tab.rerun(*states).words, states
    assert tab.settled(words).words == words


@pytest.mark.parametrize("page", PAGES)
def test_forged_values_that_come_before_their_widgets_are_refused(server, tab, page):
    """As a tab does that is connected again: it sends what it has to a session that knows none of it."""
    tab.rerun(page_name=page)
    for turn in range(4):
        early = Tab(server)
        states = list(forged(tab.widgets, turn))
        assert APOLOGY not in early.rerun(*states, page_name=page).words and early.planes, states
        assert APOLOGY not in early.rerun(page_name=page).words and early.planes, states
        early.close()


@pytest.mark.parametrize("number", [{"int_value": 7}, {"double_value": 7.0}])
def test_a_number_comes_as_either_kind(tab, number):
    open_everything(tab, "")
    (seed,) = (widget for widget in tab.widgets if widget.endswith("-seed"))
    before = tab.words  # of a drawing: another seed is the preset anew, even if its own value is left out
    assert tab.rerun(state(seed, **number)).words != before and APOLOGY not in tab.words


def test_names_in_the_session_are_not_for_messages_to_set(tab):
    words = open_everything(tab, "")
    names = "spec revision origin commit origins jobs probe_at sample_seed preset evil"
    names += " kept/seen_probes kept/motion kept/given_table"
    for turn in range(ROUNDS):
        states = list(forged(dict.fromkeys(names.split()), turn))
        assert APOLOGY not in tab.rerun(*states).words, states
        assert tab.rerun().words == words, states


@pytest.mark.parametrize("names", [[1, None, {}], ["x" * 20_000] * 9, [["A"], "A"], ["\u202e", "", "</b>"]])
def test_class_names_that_a_reloaded_tab_made_up(tab, names):
    tab.rerun()
    restored = FEW | {"restored": True, "class_names": names, "commit": "y" * 1000}
    tab.rerun(genuine(tab, "draw", json_value=json.dumps({"points": restored})))
    assert APOLOGY not in tab.words and "x" * 1000 not in tab.rerun().words and tab.planes == 3
