"""What comes from the browser is not trusted, and whatever it is, no drawing is lost."""

import base64

import numpy as np
import pytest

from pages.parts.workspace import origins, pointing, state
from paradigms import registry
from paradigms.bayes_rule import BayesRule
from paradigms.data import drawn_points
from paradigms.data.dataset_spec import DatasetSpec
from paradigms.data.tables.transform import Axis, Transform
from paradigms.data.tables.units import Units
from paradigms.data.tables.writing import write_csv
from paradigms.fits.assessment import assess
from paradigms.fits.point_reading import read_point
from paradigms.protocols import DensityModel


def snapshot(X, class_indices, commit="c1", revision=0, **more):
    packed = drawn_points.pack(np.array(X, dtype=float), np.array(class_indices))
    return {"points": {"revision": revision, "commit": commit, **drawn_points.encode(packed), **more}}


def test_a_pen_up_becomes_the_data_set(session):
    session["draw"] = snapshot([[1, 2], [-1, 0]], [0, 3])
    state.adopt_drawing()
    assert state.is_drawn() and state.commit() == "c1" and state.revision() == 1
    np.testing.assert_allclose(state.dataset().X, [[1, 2], [-1, 0]], atol=2e-4)
    assert state.dataset().y.tolist() == [0, 3]
    assert session.toasts == []


def test_the_same_commit_is_adopted_once(session):
    session["draw"] = snapshot([[1, 2]], [0])
    state.adopt_drawing()
    state.replace_data(DatasetSpec(preset="circles"))
    state.adopt_drawing()
    assert state.spec().preset == "circles", "an old commit does not come back over a preset"


def test_every_new_commit_counts_the_revision_up(session):
    revisions = []
    for number in range(3):
        session["draw"] = snapshot([[number, 0]], [0], commit=f"c{number}")
        state.adopt_drawing()
        revisions.append(state.revision())
    assert revisions == [1, 2, 3]


def test_a_restored_drawing_is_taken_only_by_a_fresh_session(session):
    session["draw"] = snapshot([[1, 1]], [0], restored=True)
    state.adopt_drawing()
    assert state.is_drawn()
    state.replace_data(DatasetSpec(preset="xor"))
    session["draw"] = snapshot([[2, 2]], [0], commit="c2", restored=True)
    state.adopt_drawing()
    assert state.spec().preset == "xor"


FORGED = {
    "not base64": {"xy": "%%%", "slots": "AA=="},
    "no points": {"slots": "AA=="},
    "numbers instead": {"xy": 7, "slots": [1, 2]},
    "other lengths": {"xy": base64.b64encode(b"12345").decode(), "slots": "AA=="},
    "unknown class": {"xy": base64.b64encode(bytes(4)).decode(), "slots": base64.b64encode(b"\x09").decode()},
    "too many": {
        "xy": base64.b64encode(bytes(4 * 5001)).decode(), "slots": base64.b64encode(bytes(5001)).decode(),
    },
    "enormous": {"xy": "A" * 10_000_000, "slots": "A"},
}  # fmt: skip
GOOD = drawn_points.encode(drawn_points.pack(np.ones((1, 2)), np.zeros(1, dtype=int)))


def drawn_once(session):
    session["draw"] = snapshot([[1, 2], [3, -3]], [0, 1], commit="mine")
    state.adopt_drawing()
    return state.spec()


@pytest.mark.parametrize("case", FORGED)
def test_a_forged_snapshot_loses_nothing(session, case):
    mine = drawn_once(session)
    session["draw"] = {"points": {"revision": 5, "commit": "forged", **FORGED[case]}}
    state.adopt_drawing()
    assert state.spec() == mine and state.revision() == 1 and state.commit() == "mine"
    assert len(session.toasts) == 1 and "the last one stays" in session.toasts[0]
    state.adopt_drawing()
    assert len(session.toasts) == 1, "it is said once"


@pytest.mark.parametrize("number", ["many", None, [], float("nan"), float("inf"), -5, 10**30, {}])
@pytest.mark.parametrize("name", ["revision", "origin"])
def test_numbers_from_the_browser_are_not_believed(session, name, number):
    drawn_once(session)
    session["draw"] = {"points": {"revision": 1, "commit": "next", **GOOD, name: number}}
    state.adopt_drawing()
    assert state.revision() == 2 and state.origin() == 0
    assert len(state.dataset()) == 1 and session.toasts == []


@pytest.mark.parametrize("points", ["text", 7, ["list"], {"commit": ["unhashable"]}])
def test_a_snapshot_of_another_shape_loses_nothing(session, points):
    mine = drawn_once(session)
    session["draw"] = {"points": points}
    state.adopt_drawing()
    assert state.spec() == mine


@pytest.mark.parametrize("more", [{}, {"commit": None}, {"commit": 7}, {"commit": ["a"]}])
def test_a_commit_that_is_no_text_does_no_harm(session, more):
    drawn_once(session)
    session["draw"] = {"points": {"revision": 5, **GOOD, **more}}
    state.adopt_drawing()
    assert isinstance(state.commit(), str) and len(state.dataset()) in (1, 2)


def test_a_cleared_canvas_is_an_empty_data_set(session):
    session["draw"] = snapshot(np.zeros((0, 2)), np.zeros(0, dtype=int))
    state.adopt_drawing()
    assert state.is_drawn() and len(state.dataset()) == 0


def test_names_of_imported_classes_stay_when_one_draws_on(session):
    state.replace_data(DatasetSpec.of_points(np.ones((4, 2)), np.array([0, 1, 0, 1]), ("cat", "dog")))
    session["draw"] = snapshot([[0, 0], [1, 1]], [0, 1])
    state.adopt_drawing()
    assert state.dataset().class_names[:2] == ("cat", "dog")


TABLE = DatasetSpec.of_points(np.ones((4, 2)), np.array([0, 1, 0, 1]), ("cat", "dog"))
METRES = Units("height", "width", "kind", Transform(Axis(100.0, 10.0), Axis(50.0, 10.0)))


def names_and_units():
    """The names of the first two classes, and where the first point lies in the units of a download."""
    x, y = write_csv(state.dataset(), state.units()).splitlines()[1].split(",")[:2]
    return state.dataset().class_names[:2], (round(float(x), 2), round(float(y), 2))


def test_names_and_units_follow_undo_and_redo_across_an_import(session):
    drawn_once(session)
    state.replace_data(TABLE, METRES)
    assert names_and_units() == (("cat", "dog"), (110.0, 60.0))
    found = []
    for commit, origin in (("drawn on", 2), ("undone", 0), ("redone", 2)):
        session["draw"] = snapshot([[1, 2], [3, -3]], [0, 1], commit=commit, origin=origin)
        state.adopt_drawing()
        found.append(names_and_units())
    cats, letters = (("cat", "dog"), (110.0, 70.0)), (("A", "B"), (1.0, 2.0))
    assert found == [cats, letters, cats]


def test_a_preset_after_an_import_has_its_own_names_and_units_and_undo_the_tables(session):
    state.replace_data(TABLE, METRES)
    state.replace_data(DatasetSpec(preset="circles"))
    assert state.units() is None and state.dataset().class_names[0] == "A"
    session["draw"] = snapshot([[1, 2]], [0], commit="undone", origin=1)
    state.adopt_drawing()
    assert names_and_units()[1] == (110.0, 70.0)
    assert state.dataset().class_names[0] == "cat"


def test_an_origin_that_is_long_forgotten_does_no_harm(session):
    state.replace_data(TABLE, METRES)
    for _ in range(origins.MOST_ORIGINS):
        state.replace_data(DatasetSpec(preset="circles"))
    session["draw"] = snapshot([[1, 2]], [0], commit="undone", origin=1)
    state.adopt_drawing()
    assert state.is_drawn() and state.units() is None
    assert len(session["origins"]) == origins.MOST_ORIGINS


@pytest.mark.parametrize("names", ["text", 7, [1, None, {}], ["x"] * 99, [["nested"]], ["", " "]])
def test_forged_names_of_a_restored_drawing_do_no_harm(session, names):
    session["draw"] = snapshot([[1, 2], [3, -3]], [0, 1], restored=True, class_names=names)
    state.adopt_drawing()
    found = state.dataset().class_names
    assert 2 <= len(found) <= 4 and all(isinstance(name, str) and name for name in found)


def test_names_of_a_restored_drawing_come_back_and_stay_through_undo(session):
    session["draw"] = snapshot([[1, 2], [3, -3]], [0, 1], restored=True, class_names=["cat", "dog"], origin=7)
    state.adopt_drawing()
    assert state.dataset().class_names[:2] == ("cat", "dog")
    restored_on = state.origin()
    session["draw"] = snapshot([[0, 0], [1, 1]], [0, 1], commit="drawn on", origin=restored_on)
    state.adopt_drawing()
    assert state.dataset().class_names[:2] == ("cat", "dog")
    state.replace_data(DatasetSpec(preset="circles"))
    assert state.dataset().class_names == ("A", "B")
    session["draw"] = snapshot([[0, 0], [1, 1]], [0, 1], commit="undone", origin=restored_on)
    state.adopt_drawing()
    assert state.dataset().class_names[:2] == ("cat", "dog")


def test_only_a_restored_drawing_brings_names(session):
    session["draw"] = snapshot([[1, 2], [3, -3]], [0, 1], class_names=["cat", "dog"])
    state.adopt_drawing()
    assert state.dataset().class_names[:2] == ("A", "B")


@pytest.mark.parametrize(
    "pointed",
    [
        {"x": "far", "y": 1},
        {"y": 1},
        {"x": None, "y": 0},
        {"x": float("nan"), "y": 0},
        {"x": 1, "y": float("inf")},
    ],
)
def test_a_forged_probe_is_ignored(session, pointed):
    session["probe_at"] = (1.0, 1.0)
    session["function"] = {"probe": {"id": "new", **pointed}}
    assert not pointing.adopt_probe("function")
    assert pointing.probe() == (1.0, 1.0)


@pytest.mark.parametrize("probe", ["text", 7, ["list"]])
def test_a_probe_of_another_shape_is_ignored(session, probe):
    session["function"] = {"probe": probe}
    assert not pointing.adopt_probe("function")
    assert pointing.probe() is None


def test_a_probe_is_heard_once_and_kept_on_the_plane(session):
    session["function"] = {"probe": {"id": "a", "x": 99, "y": -1.5}}
    assert pointing.adopt_probe("function")
    assert not pointing.adopt_probe("function")
    assert pointing.probe() == pytest.approx((4.0, -1.5), abs=drawn_points.STEP / 2)
    session["distribution"] = {"probe": {"id": "a", "x": 0, "y": 0}}
    assert pointing.adopt_probe("distribution"), "each plane has its own ids"


@pytest.mark.parametrize("x, y", [(1.0, 0.0), (-3.9999, 0.3), (4, -4), (1.0001, 2.7182)])
def test_a_probe_is_where_a_point_drawn_there_is(session, x, y):
    session["function"] = {"probe": {"id": "a", "x": x, "y": y}}
    assert pointing.adopt_probe("function")
    assert [list(pointing.probe())] == DatasetSpec.of_points([[x, y]], [0]).dataset().X.tolist()


@pytest.mark.parametrize("name", registry.that_can(DensityModel))
def test_who_points_at_a_place_that_many_points_lie_on_finds_it_familiar(session, name):
    """However narrow a density is: 30 of 70 points, 12 of them held out, have the coordinates pointed at."""
    X, y = np.repeat([[-1, 0], [1, 0]], [40, 30], axis=0), np.repeat([0, 1], [40, 30])
    data = DatasetSpec.of_points(X, y).dataset()
    model = registry.create(name)
    if "n_steps" in model.get_params():
        model.set_params(n_steps=60)
    model = (BayesRule(model) if name in registry.lifted() else model).fit(*data.train)
    distribution = assess(model, data, resolution=10)
    session["function"] = {"probe": {"id": "a", "x": 1.0, "y": 0.0}}
    assert pointing.adopt_probe("function")
    assert read_point(None, distribution, pointing.probe()).familiarity >= (1 + 12) / (28 + 1)


def test_the_whole_page_lives_through_a_forged_snapshot(playground, layers):
    X = np.random.default_rng(0).normal(size=(30, 2))
    playground.having(draw=snapshot(X, np.repeat([0, 1], 15), commit="mine"))
    assert len(layers(playground.planes["distribution"], "points")[0]["xy"]) == 30
    playground.having(draw={"points": {"revision": 9, "commit": "forged", "xy": "%", "slots": ""}})
    assert len(layers(playground.planes["distribution"], "points")[0]["xy"]) == 30
    assert any("the last one stays" in toast.value for toast in playground.at.toast)


def names_on_the_plane(visitor):
    return visitor.planes["draw"]["class_names"]


def test_the_whole_page_follows_undo_across_an_import(playground):
    rows = "\n".join(f"{1000 + 10 * i},{500 + 70 * (i % 5)},{('cat', 'dog')[i % 2]}" for i in range(20))
    playground.choose("csv_text", f"x,y,kind\n{rows}").press("csv_use")
    scene = playground.planes["draw"]
    assert (scene["revision"], scene["origin"], scene["drawn"]) == (1, 1, True)
    drawing = snapshot([[1, 2], [3, -3]], [0, 1], commit="undone", origin=0)
    playground.having(draw=drawing)
    scene = playground.planes["draw"]
    assert (scene["revision"], scene["origin"], scene["commit"]) == (2, 0, "undone")
    assert names_on_the_plane(playground)[:2] == ["A", "B"]
    drawing = snapshot([[1, 2], [3, -3]], [0, 1], commit="redone", origin=1)
    playground.having(draw=drawing)
    assert names_on_the_plane(playground)[:2] == ["cat", "dog"]
    assert {scene["origin"] for scene in playground.planes.values()} == {1}


def test_the_whole_page_knows_the_names_after_a_reload(visit):
    X = np.random.default_rng(0).normal(size=(20, 2))
    drawing = snapshot(X, np.repeat([0, 1], 10), restored=True, class_names=["cat", "dog"])
    visitor = visit().having(draw=drawing)
    assert names_on_the_plane(visitor)[:2] == ["cat", "dog"]
    assert "cat with 10 points" in visitor.planes["draw"]["alt"]
    assert "dog only" in visitor.at.selectbox(key="sample_class").options
