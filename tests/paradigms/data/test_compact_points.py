"""Points in few bytes come back bit for bit, in their order; other bytes are refused."""

import numpy as np
import pytest

from paradigms.data import drawn_points
from paradigms.data.bad_data import BadData
from paradigms.data.compact_points import compressed, expanded

CORNERS = np.array([[-4, -4], [4, 4], [-4, 4], [0, 0], [-0.0, 1e-9]], dtype=float)


def drawn(n, n_classes, seed=0):
    rng = np.random.default_rng(seed)
    return drawn_points.pack(rng.uniform(-4, 4, (n, 2)), rng.integers(0, n_classes, n))


@pytest.mark.parametrize("n_classes", [1, 2, 3, 4])
@pytest.mark.parametrize("n", [0, 1, 2, 3, 7, 8, 400, 5000])
def test_they_come_back_bit_for_bit(n, n_classes):
    for seed in range(3):
        packed = drawn(n, n_classes, seed)
        assert expanded(compressed(packed)) == packed


def test_every_place_of_the_plane_s_lattice_comes_back():
    lowest, highest = drawn_points.quantise([-4.0, 4.0]).astype(int)
    every = np.arange(lowest, highest + 1)
    for start in range(0, len(every), 5000):
        some = every[start : start + 5000]
        xy = np.stack([some, some[::-1]], axis=1).astype("<u2").tobytes()
        packed = xy + (some % 4).astype(np.uint8).tobytes()
        assert expanded(compressed(packed)) == packed


def test_the_corners_come_back():
    packed = drawn_points.pack(CORNERS, np.array([3, 0, 1, 2, 3]))
    assert expanded(compressed(packed)) == packed


@pytest.mark.parametrize(("n_classes", "bits"), [(1, 30), (2, 31), (3, 32), (4, 32)])
def test_a_point_takes_no_more_bits_than_it_must(n_classes, bits):
    assert len(compressed(drawn(400, n_classes))) == 1 + 400 * bits / 8


@pytest.mark.parametrize("place", [[4.001, 0], [0, -4.001], [8, 8], [-8, 0]])
def test_a_point_outside_the_plane_is_refused(place):
    with pytest.raises(BadData, match="outside the plane"):
        compressed(drawn_points.pack(np.array([place], dtype=float), np.zeros(1, dtype=int)))


def test_no_bytes_at_all_can_put_a_point_outside_the_plane():
    rng = np.random.default_rng(0)
    for width in (0, 1, 2):
        X, class_indices = drawn_points.unpack(expanded(bytes([width]) + rng.bytes(15 * (30 + width))))
        assert np.abs(X).max() <= 4 and class_indices.max(initial=0) < 4


@pytest.mark.parametrize(
    "forged", [b"", b"\x03" + bytes(4), b"\xff", b"\x02" + bytes(5), b"\x00\x01", b"\x01\xff", bytes(20_002)]
)
def test_bytes_that_are_no_points_are_refused(forged):
    with pytest.raises(BadData):
        expanded(forged)
