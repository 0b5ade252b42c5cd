"""A workspace comes back from its link as it was, and nothing that a link says is believed."""

import base64
import json
import zlib

import numpy as np
import pytest

from pages.parts.text.story import words
from pages.parts.workspace import link, state
from pages.parts.workspace.link import BadLink
from pages.parts.workspace.pointing import PROBE
from pages.parts.workspace.workspace import Workspace
from paradigms.data import drawn_points
from paradigms.data.dataset_spec import DatasetSpec
from paradigms.data.tables.transform import Axis, Transform
from paradigms.data.tables.units import Units

UNITS = Units("petal length, cm", "größe", "species", Transform(Axis(5.8, 1.0285), Axis(3.0, 0.2, True)))


def drawn(n, n_classes=2, draw=0, **about):
    rng = np.random.default_rng(draw)
    packed = drawn_points.pack(rng.uniform(-4, 4, (n, 2)), rng.integers(0, n_classes, n))
    return DatasetSpec(None, drawn=packed, **about)


def some_value(setting, rng):
    if setting is PROBE:
        return setting.checked(rng.uniform(-4, 4, 2).tolist())
    if setting.choices:
        return setting.choices[rng.integers(len(setting.choices))]
    if isinstance(setting.default, bool):
        return bool(rng.integers(2))
    if isinstance(setting.default, int):
        return int(rng.integers(setting.low, setting.high + 1))
    return float(rng.uniform(setting.low, setting.high))


def random_workspace(declared, rng):
    """Any settings, all of them in the end, and points or none."""
    names = sorted(declared)
    some = rng.choice(names, rng.integers(0, len(names) + 1), replace=False)
    settings = {str(name): some_value(declared[name], rng) for name in some}
    spec = units = None
    if rng.integers(2):
        n_classes = int(rng.integers(1, 5))
        names = ("αβγ", "a,b;c", "setosa", "x" * 24)[:n_classes] if rng.integers(2) else ()
        seed = int(rng.integers(2) * rng.integers(2**31))
        spec = drawn(
            int(rng.integers(1, 600)), n_classes, int(rng.integers(999)), class_names=names, seed=seed
        )
        units = UNITS if rng.integers(2) else None
    page = str(rng.choice(["", "density", "langevin"]))
    return Workspace(settings, spec, units, page)


def test_any_workspace_comes_back_from_its_address(declared, session):
    rng = np.random.default_rng(0)
    for _ in range(60):
        made = random_workspace(declared, rng)
        back = Workspace.decode(made.encode())
        assert back == made and not back.left_out
        assert {name: type(value) for name, value in back.settings.items()} == {
            name: type(value) for name, value in made.settings.items()
        }


def test_what_is_applied_is_what_is_read(declared, session):
    rng = np.random.default_rng(1)
    for _ in range(40):
        session.clear()
        made = random_workspace(declared, rng)
        made.apply(on_arrival=True)
        read = Workspace.read(made.page)
        assert read.drawn == made.drawn and read.units == made.units and state.revision() == 0
        assert made.is_in_place()
        # A link names no setting that stands at its default.
        assert all(made.settings[name] == value for name, value in read.settings.items())
        twice = Workspace.decode(read.encode())
        session.clear()
        twice.apply(on_arrival=True)
        assert Workspace.read(made.page) == read
        assert state.spec() == (made.drawn or state.spec())


def test_an_untouched_app_has_an_address_without_a_word(session):
    assert Workspace.read("density").encode() == "density"
    assert Workspace.decode("density") == Workspace(page="density")
    assert Workspace.decode("density?embed=true&utm=1") == Workspace(page="density")


def test_a_patch_on_a_used_workspace_is_another_revision_that_undo_leads_back_from(declared, session):
    state.replace_data(DatasetSpec("circles"))
    Workspace({"preset": "xor", "size": 100, "sample_seed": 2}).apply()
    assert state.revision() == 2 and state.spec() == DatasetSpec("xor", size=100)
    assert session["sample_seed"] == 2, "what is asked of the new points is not forgotten with the old ones"
    Workspace({"anomaly_quantile": 5}).apply()
    assert state.revision() == 2 and session["anomaly_quantile"] == 5


@pytest.mark.parametrize("n_classes", [1, 2, 3, 4])
def test_400_points_take_2200_characters_at_most(session, n_classes):
    settings = {"function_model": "neural_network", "distribution_model": "gaussian_mixture", "truth": True}
    for seed in range(5):
        query = Workspace(settings, drawn(400, n_classes, seed)).encode()
        assert len(query) <= 2_200
        assert Workspace.decode(query).drawn.drawn == drawn(400, n_classes, seed).drawn


def test_points_that_are_too_many_stay_behind_and_the_rest_travels(session):
    many = Workspace({"preset": "spiral"}, drawn(5000), UNITS)
    assert len(many.word) > link.LONGEST
    assert many.fitting_a_link == Workspace({"preset": "spiral"})
    most = next(n for n in range(1600, 0, -1) if Workspace({}, drawn(n)).fitting_a_link.drawn)
    assert most > 1_400
    outside = DatasetSpec.of_points(np.full((3, 2), 7.0), np.zeros(3, dtype=int))
    assert Workspace({}, outside).fitting_a_link == Workspace()


def test_a_link_of_today_can_be_read_for_ever(declared, session):
    assert Workspace.of_word("1FTYiAA2DKofLFBdkAs0HSgAA") == Workspace({"preset": "spiral"})


WHOLE = link.encoded({"s": {"preset": "spiral"}}, b"\x01" + bytes(31))
BROKEN = {
    "foreign": "hello", "another alphabet": "1AAA+/==", "no version": WHOLE[1:], "empty body": "1",
    "half a newer one": "2" + WHOLE[1:30],
    "zero": "0" + WHOLE[1:], "spaces": "1 " + WHOLE[2:], "another script": "1" + "я" * 30,
    "markup": "<script>",
}  # fmt: skip


@pytest.mark.parametrize("case", BROKEN)
def test_a_broken_link_is_refused_in_one_sentence(case):
    with pytest.raises(BadLink) as refused:
        Workspace.of_word(BROKEN[case])
    assert str(refused.value) == words("link", "broken")


def test_a_link_that_was_cut_anywhere_is_refused():
    for length in range(1, len(WHOLE)):
        with pytest.raises(BadLink):
            Workspace.of_word(WHOLE[:length])


def test_a_link_with_one_wrong_letter_is_refused():
    for place in range(1, len(WHOLE) - 1):
        other = "A" if WHOLE[place] != "A" else "B"
        with pytest.raises(BadLink):
            Workspace.of_word(WHOLE[:place] + other + WHOLE[place + 1 :])


@pytest.mark.parametrize("version", "23456789")
def test_a_newer_link_says_that_it_is_newer(version):
    with pytest.raises(BadLink, match="newer version"):
        Workspace.of_word(version + WHOLE[1:])


def test_an_endless_link_is_not_even_looked_at():
    with pytest.raises(BadLink, match="longer than any"):
        Workspace.of_word("1" + "A" * link.LONGEST)


def word_of(body):
    """A word with the right checksum, whatever stands in it."""
    checksum = zlib.crc32(body).to_bytes(4)[:3]
    return "1" + base64.urlsafe_b64encode(checksum + body).decode().rstrip("=")


def forged(details, points=b""):
    deflater = zlib.compressobj(9, wbits=-15, zdict=link._COMMON)
    packed = deflater.compress(details) + deflater.flush()
    return word_of(len(packed).to_bytes(2) + packed + points)


@pytest.mark.parametrize(
    "word",
    [
        word_of(b""), word_of(b"\x00"), word_of(b"\xff\xff" + b"A" * 20), word_of(b"\x00\x04abcd"),
        forged(b"[" * 10_000), forged(b"[1]"), forged(b"7"), forged(b"null"), forged(b"{broken"),
        forged(b" " * 5_000_000), forged(b"\xff\xfe"), forged(b"{}" + b" " * 30_000),
        forged(b"{}", b"\x07abc"),
        forged(b"{}", b"\x00\x01"), forged(b'{"r":"x"}', b"\x00"), forged(b'{"r":true}', b"\x00"),
        forged(b'{"r":1e999}', b"\x00"), forged(b'{"s":{"size":NaN}'),
    ],
)  # fmt: skip
def test_a_forged_link_with_the_right_checksum_is_refused_all_the_same(word):
    with pytest.raises(BadLink):
        Workspace.of_word(word)


FORGED = {
    "walk_target": "__class__", "sample_seed": -1, "anomaly_quantile": 99, "preset": "no such preset",
    "function_model": "gaussian_mixture", "size": 10**9, "noise": "much", "seed": None, "truth": "yes",
    "balance": 10**400, "probe_at": [1e999, 0], "walk_exact": 1, "known": 0.1,
    "nearest_neighbours_n_neighbours": 0, "spec": {"preset": "moons"}, "revision": 7, "origins": {},
    "jobs": [], "draw": {"points": {}},
}  # fmt: skip


@pytest.mark.parametrize("name", FORGED)
def test_a_setting_that_is_forged_is_left_out_alone(declared, session, name):
    told = {name: FORGED[name]} | ({} if name == "size" else {"size": 100})
    found = Workspace.of_word(forged(json.dumps({"s": told}).encode()))
    assert found.left_out == (name,) and found.settings == ({} if name == "size" else {"size": 100})
    found.apply(on_arrival=True)
    assert name == "spec" or name not in session or name == "origins"


@pytest.mark.parametrize("settings", [[], 7, "text", None, [["size", 100]]])
def test_settings_of_another_shape_are_none(declared, settings):
    assert Workspace.of_word(forged(json.dumps({"s": settings}).encode())).settings == {}


def test_what_a_later_version_tells_beside_is_left_out_with_a_word(declared):
    found = Workspace.of_word(forged(b'{"s":{"size":100},"h":["size"]}'))
    assert found.settings == {"size": 100} and found.left_out == ("h",)


@pytest.mark.parametrize("names", [7, "text", [1, None], ["a", "a"], ["", " "], ["x" * 999] * 9, {"a": 1}])
def test_forged_class_names_become_letters(declared, names):
    points = b"\x01" + bytes(31)
    found = Workspace.of_word(forged(json.dumps({"n": names}).encode(), points))
    assert all(isinstance(name, str) and 0 < len(name) <= 24 for name in found.drawn.class_names)
    assert len(set(found.drawn.class_names)) == len(found.drawn.class_names) <= 4


@pytest.mark.parametrize("units", [7, "text", [], {"x": 1}, {"transform": None}, {"transform": {"x": {}}}])
def test_forged_units_are_none(declared, units):
    found = Workspace.of_word(forged(json.dumps({"u": units}).encode(), b"\x01" + bytes(31)))
    assert found.units is None and len(found.drawn.dataset()) == 8
