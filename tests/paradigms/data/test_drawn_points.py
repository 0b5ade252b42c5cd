"""The plane's snapshot: there and back, and nothing untrue gets through."""

import base64

import numpy as np
import pytest

from paradigms.data import drawn_points
from paradigms.data.bad_data import BadData


def _text(array):
    return base64.b64encode(array.tobytes()).decode()


def test_a_snapshot_comes_back_to_the_bit():
    rng = np.random.default_rng(0)
    xy = rng.integers(16384, 49152, (500, 2)).astype("<u2")
    class_indices = rng.integers(0, 4, 500).astype(np.uint8)
    snapshot = {"xy": _text(xy), "slots": _text(class_indices)}
    packed = drawn_points.decode(snapshot | {"revision": 3, "commit": "c"})
    X, y = drawn_points.unpack(packed)
    np.testing.assert_array_equal(drawn_points.quantise(X), xy)
    np.testing.assert_array_equal(y, class_indices)
    assert drawn_points.encode(packed) == snapshot
    assert drawn_points.pack(X, y) == packed


def test_known_values_of_the_quantisation():
    # q = round((v + 8) / 16 · 65535), the plane's own formula
    X = np.array([[-8.0, 8.0], [0.0, 1.0], [-99.0, 99.0]])
    assert drawn_points.quantise(X).tolist() == [[0, 65535], [32768, 36863], [0, 65535]]
    np.testing.assert_allclose(drawn_points.restore(drawn_points.quantise(X[:2])), X[:2], atol=8 / 65535)


def test_no_points_are_legal():
    X, y = drawn_points.unpack(drawn_points.decode({"xy": "", "slots": ""}))
    assert X.shape == (0, 2) and y.shape == (0,)


def _one(*xy):
    return {"xy": _text(np.array([xy], "<u2")), "slots": _text(np.zeros(1, np.uint8))}


ONE = _one(32768, 32768)


def test_the_corners_of_the_plane_are_on_it():
    # Where the plane puts ±4: round((±4 + 8)/16 · 65535)
    for x, y in [(16384, 49151), (49151, 16384)]:
        X, _ = drawn_points.unpack(drawn_points.decode(_one(x, y)))
        np.testing.assert_allclose(np.abs(X), 4, atol=1e-4)
        assert drawn_points.quantise(4 * np.sign(X)).tolist() == [[x, y]]


@pytest.mark.parametrize(
    "snapshot",
    [
        None,
        [],
        {},
        {"xy": ONE["xy"]},
        ONE | {"xy": 7},
        ONE | {"xy": "%%%%"},
        ONE | {"xy": "é"},
        ONE | {"xy": ONE["xy"][:-1]},
        ONE | {"xy": base64.b64encode(b"123").decode()},
        ONE | {"xy": base64.b64encode(b"12345").decode()},
        ONE | {"slots": ""},
        ONE | {"slots": _text(np.array([4], np.uint8))},
        {"xy": _text(np.full((5001, 2), 32768, "<u2")), "slots": _text(np.zeros(5001, np.uint8))},
        {"xy": "A" * 10**7, "slots": ""},
        _one(16383, 32768),
        _one(32768, 49152),
        _one(0, 0),
    ],
)
def test_a_damaged_snapshot_is_one_sentence(snapshot):
    with pytest.raises(BadData, match=r"^[A-Z][^\n]+\.$"):
        drawn_points.decode(snapshot)


@pytest.mark.parametrize(
    ("X", "class_indices"),
    [([[np.nan, 0]], [0]), ([[0, np.inf]], [0]), ([[0, 0]], [4]), ([[0, 0]], [-1]), ([[0, 0]], [0, 0])],
)
def test_points_that_cannot_be_packed(X, class_indices):
    with pytest.raises(BadData):
        drawn_points.pack(X, class_indices)


def test_packed_bytes_are_checked_too():
    for packed in (b"1234", b"\0\0\0\0\x09"):
        with pytest.raises(BadData):
            drawn_points.unpack(packed)
