"""Points of a table: its names and numbers on every page, through undo, a reload and a long visit."""

import re

import numpy as np
import pytest

from pages import chapters
from pages.parts.workspace import origins, state
from paradigms.data import drawn_points
from paradigms.data.dataset_spec import DatasetSpec
from paradigms.data.tables.transform import Axis, Transform
from paradigms.data.tables.units import Units

RNG = np.random.default_rng(0)
X = np.vstack([RNG.normal([-1, 0], 0.6, (60, 2)), RNG.normal([1, 0.5], 0.6, (60, 2))])
CLASS_INDICES = np.repeat([0, 1], 60)
NAMES = ("cat", "dog")
TABLE = DatasetSpec.of_points(X, CLASS_INDICES, NAMES)
UNITS = Units("length", "in<b>come", "kind", Transform(Axis(100.0, 10.0), Axis(4.0, 0.4, True)))
INCHES = Units("inches", "height", None, Transform(Axis(40.0, 4.0), Axis(0.0, 2.0)))
OWN = {"spec": TABLE, "revision": 1, "origin": 1, "origins": {0: (("A", "B"), None), 1: (NAMES, UNITS)}}


@pytest.fixture
def session(monkeypatch):
    held = {}
    monkeypatch.setattr(state.st, "session_state", held)
    monkeypatch.setattr(state.st, "toast", lambda text: None)
    return held


def drawing(commit, names=("cat", "dog", "C", "D"), units=UNITS, **more):
    packed = drawn_points.pack(X, CLASS_INDICES)
    told = {"class_names": list(names), "units": units and units.to_json()}
    return {"points": {"revision": 1, "commit": commit, **drawn_points.encode(packed), **told, **more}}


# Undo, reload, and a long visit


def test_a_reload_brings_names_and_units_back_and_undo_leads_to_the_presets_own(session):
    session["draw"] = drawing("restored", restored=True, origin=7)
    state.adopt_drawing()
    assert state.units() == UNITS and state.dataset().class_names[:2] == NAMES
    restored_on = state.origin()
    session["draw"] = drawing("undone", ("A", "B", "C", "D"), None, origin=0)
    state.adopt_drawing()
    assert state.units() is None and state.dataset().class_names[:2] == ("A", "B")
    session["draw"] = drawing("redone", origin=restored_on)
    state.adopt_drawing()
    assert state.units() == UNITS and state.dataset().class_names[:2] == NAMES


def test_what_is_known_here_is_not_told_by_the_browser(session):
    state.replace_data(TABLE, UNITS)
    session["draw"] = drawing("drawn on", ("E", "F"), INCHES, origin=1)
    state.adopt_drawing()
    assert state.units() == UNITS and state.dataset().class_names == NAMES


@pytest.mark.parametrize("kept", [UNITS, None])
def test_points_whose_origin_is_long_forgotten_bring_their_own_units(session, kept):
    state.replace_data(TABLE, UNITS)
    for _ in range(origins.MOST_ORIGINS + 5):
        state.replace_data(TABLE, INCHES)
    assert 1 not in session["origins"] and len(session["origins"]) == origins.MOST_ORIGINS
    session["draw"] = drawing("undone", units=kept, origin=1)
    state.adopt_drawing()
    assert state.units() == kept and state.dataset().class_names[:2] == NAMES
    assert len(session["origins"]) == origins.MOST_ORIGINS


def test_the_origin_of_what_is_shown_is_never_forgotten(session):
    state.replace_data(TABLE, UNITS)
    for number in range(origins.MOST_ORIGINS + 5):
        session["draw"] = drawing(f"drawn {number}", origin=1)
        state.adopt_drawing()
        session["draw"] = drawing(f"of another session {number}", units=INCHES, origin=-1)
        state.adopt_drawing()
        assert state.units() == INCHES
        session["draw"] = drawing(f"undone {number}", origin=1)
        state.adopt_drawing()
        assert state.units() == UNITS


FORGED = [
    "text", 7, [], {}, {"x": "a"}, {**UNITS.to_json(), "transform": None},
    {**UNITS.to_json(), "transform": {"x": {"shift": 0, "scale": 0}, "y": {"shift": 0, "scale": 1}}},
    {**UNITS.to_json(), "transform": {"x": {"shift": "nan", "scale": 1}, "y": {"shift": 0, "scale": "inf"}}},
]  # fmt: skip


@pytest.mark.parametrize("units", FORGED)
def test_forged_units_lose_no_point_and_are_none(session, units):
    session["draw"] = drawing("restored", restored=True)
    session["draw"]["points"]["units"] = units
    state.adopt_drawing()
    assert len(state.dataset()) == len(X) and state.units() is None
    assert state.dataset().class_names[:2] == NAMES


def test_names_and_scales_that_are_told_are_cleaned(session):
    told = UNITS.to_json() | {"x": "a\nb\u202e" + 99 * "c"}
    session["draw"] = drawing("restored", restored=True)
    session["draw"]["points"]["units"] = told
    state.adopt_drawing()
    assert state.units().x == "a b" + 21 * "c"


# Every page


def planes_of(visitor):
    return {name: [axis["name"] for axis in plane["axes"]] for name, plane in visitor.planes.items()}


@pytest.mark.parametrize("page", [page.path for page in chapters.PAGES if page.data_bar == "plane"])
def test_every_plane_of_own_data_has_its_axes(visit, page):
    visitor = visit(page)
    assert set(map(tuple, planes_of(visitor).values())) == {("x₁", "x₂")}
    visitor.leave()
    visitor.having(**OWN, walk_target="fitted", distribution_model="gaussian_mixture")
    assert set(map(tuple, planes_of(visitor).values())) == {("length", "in<b>come")}
    target = visitor.pictures if visitor.has("walk_target") else {}  # which has no classes
    with_classes = [plane for name, plane in visitor.planes.items() if name not in target]
    names = {tuple(plane["class_names"]) for plane in with_classes}
    assert names == {("cat", "dog", "C", "D")}


@pytest.mark.parametrize("page", ["sample/why/page.py", "sample/langevin/page.py"])
def test_a_formula_has_no_units(visit, page):
    visitor = visit(page).having(**OWN)
    pictures = {name: axes for name, axes in planes_of(visitor).items() if name != "draw"}
    assert len(pictures) > 1 and set(map(tuple, pictures.values())) == {("x₁", "x₂")}


def plain(text):
    return re.sub(r"[\\\u2060]", "", text)


def test_a_place_is_answered_in_the_tables_numbers(visit):
    visitor = visit().having(**OWN, probe_at=(-1.0, 0.0))
    assert "At (length 90.0, in<b>come 10\u202f000) the :orange[function] says cat" in plain(visitor.text)
    assert "in<b>come" not in visitor.text


def test_watching_slices_goes_along_the_column(visit):
    visitor = visit().having(**OWN).press("watch_slices")
    timeline = visitor.planes["animation"]["timeline"]
    assert timeline["time_label"] == "length"
    assert timeline["curve"]["label"] == "p(length) on the plane, per plane unit"
    assert 60 <= timeline["times"][0] < 90 < 110 < timeline["times"][-1] <= 140


def charts(visitor):
    return [chart.proto.spec for chart in visitor.at.get("plotly_chart")]


def test_curves_over_a_coordinate_have_the_columns_name(visit):
    visitor = visit("sample/why/page.py").having(
        **OWN, walk_target="fitted", distribution_model="gaussian_mixture"
    )
    *own, curse = charts(visitor)
    assert len(own) == 3 and all("length" in spec and "x₁" not in spec for spec in own)
    assert "length" not in curse
    captions = [text for _, text in visitor.planes["inverse"]["timeline"]["captions"]]
    assert captions == ["length from its own F", "in<b>come from the F of its slice"]
    low, high = re.search(r"between (\d+\.\d) and (\d+\.\d)", visitor.text).groups()
    assert 60 < float(low) < float(high) < 140


def test_histograms_of_chains_have_the_columns_names(visit):
    visitor = visit("sample/langevin/page.py", **OWN, walk_target="fitted")
    visitor.having(distribution_model="gaussian_mixture")
    first, second = [spec for spec in charts(visitor) if "density" in spec]
    assert "length" in first and "in&lt;b&gt;come" in second and '"type":"log"' in second
    told = plain(visitor.text)
    mean = re.search(r"Mean and deviation of length: truth (\d+\.\d) ± (\d+\.\d)", told)
    assert abs(float(mean[1]) - 100) < 6 and 5 < float(mean[2]) < 20
    assert re.search(r"Mean and deviation of log₁₀ in<b>come: truth 4\.\d+ ± 0\.\d+", told)


def test_a_coordinate_is_filled_in_in_the_tables_numbers(visit):
    visitor = visit("sample/diffusion/page.py", **OWN)
    slider = visitor.at.select_slider(key="known")
    assert plain(slider.label) == "length"
    assert slider.options[0] == "70.0" and slider.options[-1] == "130.0"
    assert re.search(r"Mean and deviation of log₁₀ in<b>come: \d\.\d+ ± 0\.\d+", plain(visitor.text))
