"""Tables that people paste: what can be read is offered, what cannot gets one sentence; points are kept."""

import re

import numpy as np
import pytest

MANY = "x,y,label\n" + "\n".join(
    f"{x:.4f},{y:.4f},{i % 3}" for i, (x, y) in enumerate(np.random.default_rng(0).normal(size=(20_000, 2)))
)
GOOD = "x1,x2,label\n" + "\n".join(
    f"{i / 10},{(i * 7 % 11) / 5},{'cat' if i % 2 else 'dog'}" for i in range(40)
)
REFUSED = {
    "empty but for spaces": "   \n \n",
    "header only": "x1,x2,label\n",
    "one column": "x\n1\n2\n3\n",
    "only text": "name,colour\nfoo,red\nbar,blue\n",
    "only NaN": "x,y\nNaN,NaN\nNaN,NaN\n",
    "one number a row": "x,label\n1,a\n2,b\n3,a\n",
    "out of range throughout": "x,y\n1e308,1e308\n-1e308,1e308\n1e200,-1e308\n",
    "larger than 5 MB": "x,y\n" + "1.5,2.5\n" * 700_000,
}
READ = {
    "as it should be": (GOOD, 40),
    "NaN in some rows": ("x,y\n" + "1,2\n2,3\n3,1\nNaN,4\n5,nan\n", 3),
    "text in some rows": ("x,y\n1,2\nfoo,3\n3,bar\n4,4\n5,1\n", 3),
    "1e308 in some rows": ("x,y\n1,2\n2,3\n3,1\n1e308,4\n4,-1e308\n", 3),
    "a byte-order mark": ("\ufeffx1,x2,label\n1,2,a\n2,3,b\n3,4,a\n", 3),
    "semicolons": ("x1;x2;label\n1;2;a\n2;3;b\n3;4;a\n", 3),
    "semicolons and decimal commas": ("x1;x2\n1,5;2,25\n2,5;3,75\n3,5;4\n", 3),
    "tabs": ("x1\tx2\n1\t2\n2\t3\n3\t4\n", 3),
    "no header": ("1,2\n2,3\n3,4\n", 3),
    "a row of another length": ("x,y,label\n1,2,a\n2,3,b\n9\n3,4,a,extra\n5,6,b\n", 4),
    "all in one place": ("x,y\n" + "2,2\n" * 10, 10),
    "huge units": ("x,y\n1e100,2e100\n3e100,1e100\n2e100,5e100\n", 3),
    "20,000 rows": (MANY, 5000),
    "an open quotation": ('x,y\n"1,2\n3,4\n' + "5,6\n" * 40_000, 5000),
    "seven classes": ("x,y,label\n" + "\n".join(f"{i},{i * i % 13},k{i % 7}" for i in range(70)), 40),
    "names with markup": ("x,y,label\n" + "\n".join(f"{i},{i % 5},<b>$x$|{i % 2}" for i in range(20)), 20),
}


def plain_text(visitor):
    return visitor.text.replace("\\", "")


@pytest.mark.parametrize("case", REFUSED)
def test_what_cannot_be_read_gets_one_sentence_and_the_points_are_kept(playground, case):
    before = playground.at.session_state["spec"]
    playground.choose("csv_text", REFUSED[case])
    assert playground.at.session_state["spec"] == before
    assert not playground.has("csv_use")
    (error,) = playground.at.error
    sentence, kept = error.value.replace("\\", "").rsplit(". ", 1)
    assert kept == "Your points are kept."
    assert re.fullmatch(r"[A-Z][^\n]{5,200}", sentence) and "Error" not in sentence
    assert len(playground.planes) == 3


@pytest.mark.parametrize("case", READ)
def test_what_can_be_read_is_offered_and_taken_when_asked(playground, case, layers):
    text, n = READ[case]
    before = playground.at.session_state["spec"]
    playground.choose("csv_text", text)
    assert playground.at.session_state["spec"] == before, "not before the button is pressed"
    assert not playground.at.error
    playground.press("csv_use")
    shown = layers(playground.planes["draw"], "points")[0]
    assert len(shown["xy"]) == n
    assert np.abs(shown["xy"]).max() <= 8
    assert playground.planes["draw"]["revision"] == 1
    assert not playground.at.error


@pytest.mark.parametrize(
    "case, words",
    [
        ("20,000 rows", "sample of 5,000 of the 20,000"),
        ("NaN in some rows", "2 rows"),
        ("seven classes", "7 classes"),
        ("huge units", "shifted and scaled"),
        ("an open quotation", "never closed"),
    ],
)
def test_what_was_left_out_is_said(playground, case, words):
    playground.choose("csv_text", READ[case][0])
    assert words in plain_text(playground)


def test_the_guessed_columns_are_shown_and_can_be_changed(playground, layers):
    rows = "\n".join(f"{i / 3},{i % 2},{i % 7 / 2},{'ab'[i % 2]}" for i in range(30))
    playground.choose("csv_text", f"height,flag,width,kind\n{rows}")
    boxes = [playground.at.selectbox(key=playground.box(name)) for name in ("x", "y", "label")]
    assert [box.value for box in boxes] == [0, 2, 3]
    playground.choose(playground.box("label"), 1).press("csv_use")
    assert playground.planes["draw"]["class_names"][:2] == ["0", "1"]
    assert layers(playground.planes["draw"], "points")[0]["slots"].tolist() == [0, 1] * 15


def test_two_columns_may_not_be_the_same_or_do_no_harm(playground):
    playground.choose("csv_text", GOOD)
    playground.choose(playground.box("x"), 1).choose(playground.box("y"), 1).press("csv_use")
    assert not playground.at.error and "400" not in playground.planes["draw"]["alt"]


def test_a_label_column_of_coordinates_does_no_harm(playground):
    playground.choose("csv_text", GOOD)
    playground.choose(playground.box("label"), 0).press("csv_use")
    assert not playground.at.error and playground.planes["draw"]["revision"] == 1


def test_a_column_of_text_as_coordinate_gets_one_sentence(playground):
    playground.choose("csv_text", GOOD)
    playground.choose(playground.box("x"), 2)
    assert len(playground.at.error) == 1 and "Your points are kept." in playground.at.error[0].value


def test_imported_names_reach_the_planes(playground):
    playground.choose("csv_text", GOOD).press("csv_use")
    names = playground.planes["draw"]["class_names"]
    assert names[:2] == ["cat", "dog"]
    assert "cat with 20 points" in playground.planes["draw"]["alt"]


def test_another_table_begins_with_what_is_guessed_of_it(playground):
    playground.choose("csv_text", GOOD).choose(playground.box("x"), 1)
    playground.choose("csv_text", GOOD + "\n5,5,cat")
    assert playground.at.selectbox(key=playground.box("x")).value == 0


def test_what_was_used_is_offered_no_more_and_its_popover_closes(playground):
    playground.choose("csv_text", GOOD).press("csv_use")
    assert playground.at.session_state["table"] is False
    assert not playground.open("table").has("csv_use")


def test_a_large_table_is_read_beside_the_page(visit, beside):
    visitor = visit().finish(beside).open("table").choose("csv_text", GOOD)
    assert "Reading" in visitor.text or "turn" in visitor.text
    assert not visitor.has("csv_use")
    visitor.finish(beside)
    assert visitor.has("csv_use") and "Reading" not in visitor.text
    visitor.choose("csv_text", REFUSED["one column"]).finish(beside)
    assert len(visitor.at.error) == 1 and not visitor.has("csv_use")
