"""The framing, read back the way the browser reads it."""

import json
import struct

import numpy as np
import pytest

from paradigms.scene.message import framed
from paradigms.scene.quantised import Quantised

LEVELS = {np.uint8: 255, np.uint16: 65_535}


def parts(message):
    (length,) = struct.unpack_from("<I", message)
    return json.loads(message[4 : 4 + length]), message[4 + length :]


@pytest.mark.parametrize("dtype", LEVELS)
@pytest.mark.parametrize("shape", [(0,), (1,), (7, 2), (3, 5, 4), (2, 3, 5, 2)])
def test_quantised_values_come_back_within_half_a_step(dtype, shape, read_message):
    values = np.random.default_rng(0).uniform(-3, 11, size=shape)
    back = read_message(framed({"values": Quantised.of(values, -3, 11, dtype)}))["values"]
    assert back.shape == shape
    half_a_step = 14 / LEVELS[dtype] / 2
    np.testing.assert_allclose(back, values, rtol=0, atol=half_a_step * 1.0001)


def test_both_ends_of_the_range_are_exact_and_what_lies_outside_goes_to_them(read_message):
    values = np.array([-8.0, 8.0, -9.0, 1e300, -np.inf, np.inf])
    back = read_message(framed({"values": Quantised.of(values, -8, 8)}))["values"]
    np.testing.assert_allclose(back, [-8, 8, -8, 8, -8, 8], rtol=0, atol=1e-12)


def test_a_constant_field_keeps_its_value(read_message):
    back = read_message(framed({"values": Quantised.of(np.full((2, 2), 5.0), 5.0, 5.0)}))["values"]
    np.testing.assert_array_equal(back, np.full((2, 2), 5.0))


def test_arrays_stored_as_they_are_come_back_as_they_were(read_message):
    rng = np.random.default_rng(1)
    arrays = {
        "bytes": rng.integers(0, 256, 5).astype(np.uint8),
        "words": rng.integers(0, 65_536, (3, 3)).astype(np.uint16),
        "reals": rng.normal(size=(4, 2)).astype(np.float32),
        "transposed": np.arange(6, dtype=np.uint8).reshape(2, 3).T,
    }
    back = read_message(framed(arrays))
    for name, array in arrays.items():
        np.testing.assert_array_equal(back[name], array)


def test_every_array_is_aligned_to_eight_bytes_and_none_overlap():
    header, body = parts(framed({"arrays": [np.arange(n, dtype=np.uint8) for n in (1, 8, 9, 0, 13)]}))
    ends = 0
    for n, descriptor in zip((1, 8, 9, 0, 13), header["arrays"], strict=True):
        assert descriptor["offset"] % 8 == 0
        assert descriptor["offset"] >= ends
        ends = descriptor["offset"] + n
        assert body[descriptor["offset"] : ends] == bytes(range(n))
    assert len(body) % 8 == 0


def test_the_header_length_counts_bytes_not_letters(read_message):
    back = read_message(framed({"alt": "Größe σ ≤ 2 – “ä”", "values": np.array([3], dtype=np.uint8)}))
    assert back["alt"] == "Größe σ ≤ 2 – “ä”"
    assert back["values"].tolist() == [3]


def test_a_header_that_json_cannot_say_is_refused():
    with pytest.raises(ValueError):
        framed({"levels": [float("nan")]})


def test_equal_scenes_are_equal_bytes():
    def message():
        return framed({"values": Quantised.of(np.linspace(0, 1, 9), 0, 1)})

    assert message() == message()
